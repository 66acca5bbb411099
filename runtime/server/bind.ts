import type { Shape } from "../wire/shape.ts";
import { type SqlValue, toSql, toSqlList } from "../wire/toSql.ts";
import type { Args } from "./args.ts";
import type { CursorValues } from "./cursor.ts";
import { nanoid, uuidv7 } from "./ids.ts";
import { lookup } from "./lookup.ts";
import type { Bind } from "./plan.ts";

/** What one run of an operation binds. */
export interface BindContext {
  /** validated, in wire form, defaults filled in */
  readonly args: Args;
  /** the request's time in milliseconds */
  readonly now: number;
  /** fresh ids by their key, made when first asked for */
  readonly generated: Map<string, string>;
  readonly cursor?: CursorValues;
  /** rows of a page */
  readonly size?: number;
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

function shapeAt(shapes: { readonly [name: string]: Shape }, path: readonly string[]): Shape {
  let shape: Shape = { object: shapes };
  for (const name of path) {
    const properties: { readonly [name: string]: Shape } =
      typeof shape === "object" && "object" in shape ? shape.object : {};
    const next = lookup(properties, name);
    if (next === undefined) throw new Error(`The plan binds ${path.join(".")}, which is no argument.`);
    shape = next;
  }
  return shape;
}

function read(path: readonly string[]): (args: Args) => unknown {
  const [name] = path;
  if (path.length === 1) return (args) => lookup(args, name!);
  return (args) => valueAt(args, path);
}

function argument(path: readonly string[], convert: (value: unknown) => SqlValue): Binder {
  const valueIn = read(path);
  return ({ args }) => convert(valueIn(args));
}

function itemShape(shape: Shape): Shape {
  return typeof shape === "object" && "array" in shape ? shape.array : "json";
}

function generator(kind: "uuid" | "nanoid", key: string): Binder {
  return ({ generated, now }) => {
    let id = generated.get(key);
    if (id === undefined) {
      id = kind === "uuid" ? uuidv7(now) : nanoid();
      generated.set(key, id);
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
  if ("cursor" in bind) return ({ cursor }) => cursor?.[bind.cursor] ?? null;
  if ("size" in bind) return ({ size }) => size! + 1;
  return () => bind.value;
}
