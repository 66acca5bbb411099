import type { Shape } from "../wire/shape.ts";
import { type SqlValue, toSql, toSqlList } from "../wire/toSql.ts";
import type { Args } from "./args.ts";
import { boxSide } from "./box.ts";
import type { Caller } from "./caller.ts";
import type { CursorValues } from "./cursor.ts";
import { nanoid, uuidv7 } from "./ids.ts";
import { lookup } from "./lookup.ts";
import type { Bind } from "./plan.ts";
import { searchWords } from "./searchWords.ts";

/** What one run of an operation binds. */
export interface BindContext {
  /** validated, in wire form, defaults filled in */
  readonly args: Args;
  /** the request's time in milliseconds */
  readonly now: number;
  /** fresh ids by their key, made when first asked for */
  readonly generated: Map<string, string>;
  readonly cursor?: CursorValues;
  /** where in their lists the items at hand stand, the outermost list first */
  readonly items?: readonly number[];
  /** rows of a page */
  readonly size?: number;
  /** who is signed in */
  readonly caller?: Caller | undefined;
}

/** One parameter of a statement. */
export type Binder = (context: BindContext) => SqlValue;

/** The value at a path below the arguments; undefined where it was not sent. */
export function valueAt(args: Args, path: readonly string[]): unknown {
  let value: unknown = args;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Args)[name];
  }
  return value;
}

/** A path whose stars are the indexes of the items at hand. */
export function itemPath(path: readonly string[], items: readonly number[] = []): readonly string[] {
  let next = 0;
  return path.map((name) => (name === "*" ? String(items[next++]) : name));
}

function shapeAt(shapes: { readonly [name: string]: Shape }, path: readonly string[]): Shape {
  let shape: Shape = { object: shapes };
  for (const name of path) {
    const next: Shape | undefined = name === "*" ? itemShape(shape) : lookup(propertiesOf(shape), name);
    if (next === undefined) throw new Error(`The plan binds ${path.join(".")}, which is no argument.`);
    shape = next;
  }
  return shape;
}

function propertiesOf(shape: Shape): { readonly [name: string]: Shape } {
  return typeof shape === "object" && "object" in shape ? shape.object : {};
}

function read(path: readonly string[]): (context: BindContext) => unknown {
  const [name] = path;
  if (path.length === 1) return ({ args }) => lookup(args, name!);
  if (path.includes("*")) return ({ args, items }) => valueAt(args, itemPath(path, items));
  return ({ args }) => valueAt(args, path);
}

function argument(path: readonly string[], convert: (value: unknown) => SqlValue): Binder {
  const valueIn = read(path);
  return (context) => convert(valueIn(context));
}

function itemShape(shape: Shape): Shape {
  return typeof shape === "object" && "array" in shape ? shape.array : "json";
}

function generator(kind: "uuid" | "nanoid", key: string): Binder {
  const path = key.includes("*") ? key.split(".") : undefined;
  return ({ generated, now, items }) => {
    const own = path === undefined ? key : itemPath(path, items).join(".");
    let id = generated.get(own);
    if (id === undefined) {
      id = kind === "uuid" ? uuidv7(now) : nanoid();
      generated.set(own, id);
    }
    return id;
  };
}

/**
 * What a bind of a plan asks of a request, worked out once for each rendered text.
 *
 * @param shapes the operation's arguments
 * @throws Error where the plan binds an argument that the operation does not have
 */
export function binder(bind: Bind, shapes: { readonly [name: string]: Shape }): Binder {
  if ("arg" in bind) {
    const path = bind.arg.split(".");
    return argument(path, toSql(shapeAt(shapes, path)));
  }
  if ("list" in bind) {
    const path = bind.list.split(".");
    return argument(path, toSqlList(itemShape(shapeAt(shapes, path))));
  }
  if ("now" in bind) {
    return bind.now === "timestamp" ? ({ now }) => now : ({ now }) => new Date(now).toISOString().slice(0, 10);
  }
  if ("generate" in bind) return generator(bind.generate, bind.key);
  if ("item" in bind) return ({ items }) => String(items?.[bind.item]);
  if ("cursor" in bind) return ({ cursor }) => cursor?.[bind.cursor] ?? null;
  if ("size" in bind) return ({ size }) => size! + 1;
  if ("search" in bind) {
    const text = binder(bind.search, shapes);
    return (context) => searchWords(text(context));
  }
  if ("box" in bind) {
    const { latitude, longitude, within } = bind.box;
    const [at, beside, metres] = [latitude, longitude, within].map((part) => binder(part, shapes)) as [
      Binder,
      Binder,
      Binder,
    ];
    return (context) => boxSide(bind.side, at(context), beside(context), metres(context));
  }
  if ("user" in bind) return ({ caller }) => (caller && lookup(caller.user, bind.user)) ?? null;
  if ("session" in bind) return ({ caller }) => (caller && lookup(caller.session, bind.session)) ?? null;
  return () => bind.value;
}
