import { cursorText } from "../ir/jsonSchema.ts";
import type { Argument, Body, Operation, Selection } from "../ir/operation.ts";
import { resultOf } from "../ir/result.ts";
import type { Property, TypeOf, Value } from "../ir/type.ts";
import { type Code, raw, scalar, ts } from "./ts/code.ts";
import { documented, union } from "./ts/lines.ts";
import { property, typeBody } from "./ts/list.ts";
import type { Module } from "./ts/module.ts";

/**
 * Who has the values: a `caller` sends arguments (one with a default may be left out, lists may be readonly), a `receiver` is given
 * them complete, and a `reader` gets results.
 */
export type Side = "caller" | "receiver" | "reader";

/** Prints types of the manifest as types of TypeScript, for one file. */
export class TypePrinter {
  readonly #module: Module;
  readonly #runtime: string;
  readonly #enums: string | undefined;

  /**
   * @param runtime the module that has `JsonValue` and `Page`: `appflare/client` or `appflare/server`
   * @param enums the module that declares the enums, when it is not this file
   */
  constructor(module: Module, runtime: string, enums?: string) {
    this.#module = module;
    this.#runtime = runtime;
    this.#enums = enums;
  }

  /** A value's type. Enums are declared types. */
  value({ type, nullable }: Value, side: Side): Code {
    const code = this.#nonNull(type, side);
    return nullable ? union([code, raw("null")]) : code;
  }

  /** The object type of an operation's arguments; `page` adds those that a page takes by itself. */
  args({ args, body }: Operation, side: Side): Code {
    const members = [...args.values()].map((argument) => this.#argument(argument, side));
    if (body.kind === "page" && side === "caller") {
      members.push(
        documented(cursorText(body), property("cursor", raw("string | null | undefined"), { optional: true })),
        documented(
          `Rows to read, ${body.size.max} at most.`,
          property("size", raw("number | undefined"), { optional: true }),
        ),
      );
    }
    return typeBody(members, { expand: true });
  }

  /** The type of a row with what is loaded beside it. */
  row({ properties }: TypeOf<"object">): Code {
    return typeBody(
      [...properties].map(([name, value]) => this.#property(name, value, "reader")),
      { expand: true },
    );
  }

  /** The type of what an operation answers, from the type of its rows. */
  result(operation: Operation, row: Code): Code {
    const { body } = operation;
    switch (body.kind) {
      case "get":
        return union([row, raw("null")]);
      case "list":
        return ts`${row}[]`;
      case "page":
        return this.#page(body, row);
      case "aggregate":
        return body.groupBy ? ts`${row}[]` : row;
      case "insert":
      case "upsert":
        return body.each ? ts`${row}[]` : row;
      case "update":
      case "delete":
        return body.single ? row : ts`${row}[]`;
      case "steps":
      case "sql":
      case "handler": {
        const result = resultOf(operation);
        return result ? this.value(result, "reader") : raw("null");
      }
    }
  }

  #page({ bothWays, total }: Extract<Body, { kind: "page" }>, row: Code): Code {
    const of = (name: string) => ts`${this.#module.type(name, this.#runtime)}<${row}>`;
    if (bothWays && total) return ts`${of("TwoWayPage")} & ${of("CountedPage")}`;
    return of(bothWays ? "TwoWayPage" : total ? "CountedPage" : "Page");
  }

  #argument(argument: Argument, side: Side): Code {
    const hasDefault = argument.default !== undefined;
    const optional = argument.optional && !(side === "receiver" && hasDefault);
    return this.#property(argument.name, { ...argument, optional }, side);
  }

  /** Who sends may say undefined where absence is meant. */
  #property(name: string, { optional, description, ...value }: Property, side: Side): Code {
    const type = this.value(value, side);
    const written = optional && side === "caller" ? union([type, raw("undefined")]) : type;
    return documented(description, property(name, written, { optional }));
  }

  #nonNull(type: Value["type"], side: Side): Code {
    switch (type.kind) {
      case "integer":
      case "number":
        return raw("number");
      case "boolean":
      case "bigint":
        return raw(type.kind);
      case "timestamp":
        return this.#module.global("Date");
      case "bytes":
        return this.#module.global("Uint8Array");
      case "json":
        return this.#module.type("JsonValue", this.#runtime);
      case "enum":
        return this.#enums === undefined ? raw(type.enum.name) : this.#module.type(type.enum.name, this.#enums);
      case "array": {
        const item = this.value(type.items, side);
        const element = type.items.nullable ? ts`(${item})` : item;
        return side === "caller" ? ts`readonly ${element}[]` : ts`${element}[]`;
      }
      case "object":
        return typeBody([...type.properties].map(([name, value]) => this.#property(name, value, side)));
      default:
        return raw("string");
    }
  }
}

/** What an operation's rows are made of; undefined where its result is not about the rows of one table. */
export function rowsOf({ body }: Operation): Selection | undefined {
  if (body.kind === "handler" || body.kind === "sql" || body.kind === "steps") return undefined;
  return "returns" in body ? body.returns : body.selection;
}

/** The members of an enum, or any words, as a union of literals. */
export function literals(members: readonly string[]): Code {
  return members.length === 0 ? raw("never") : union(members.map(scalar));
}
