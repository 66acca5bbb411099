import type { Shape } from "../../runtime/wire/shape.ts";
import type { Selection } from "../ir/operation.ts";
import { isToMany } from "../ir/relationKinds.ts";
import type { Type, Value } from "../ir/type.ts";

/** What a codec must know of a type. */
export function shapeOf(type: Type): Shape {
  switch (type.kind) {
    case "integer":
    case "number":
      return "number";
    case "boolean":
    case "bigint":
    case "timestamp":
    case "bytes":
    case "json":
      return type.kind;
    case "decimal":
      return { decimal: type.scale };
    case "array":
      return { array: shapeOf(type.items.type) };
    case "object":
      return { object: shapesOf(type.properties) };
    default:
      return "string";
  }
}

/** The shapes of named values. */
export function shapesOf(values: ReadonlyMap<string, Value>): { readonly [name: string]: Shape } {
  return Object.fromEntries([...values].map(([name, { type }]) => [name, shapeOf(type)]));
}

/** The shape of a row with the rows nested in it. */
export function rowShape({ columns, with: nested, aggregates = [] }: Selection): Shape {
  return {
    object: Object.fromEntries([
      ...columns.map(({ name, type }) => [name, shapeOf(type)] as const),
      ...nested.map(
        ({ name, relation, selection }) => [name, repeated(rowShape(selection), !isToMany(relation))] as const,
      ),
      ...aggregates.map(({ name, selection }) => [name, rowShape(selection)] as const),
    ]),
  };
}

/** The plan's `hex`: where a row's JSON holds bytes, which SQLite writes in hexadecimal. */
export function hexOf(selection: Selection): { readonly hex?: Shape } {
  const hex = bytesShape(selection);
  return hex ? { hex } : {};
}

function bytesShape({ columns, with: nested }: Selection): Shape | undefined {
  const own = columns.filter(({ type }) => type.kind === "bytes").map(({ name }) => [name, "bytes"] as const);
  const below = nested.flatMap(({ name, relation, selection }) => {
    const shape = bytesShape(selection);
    return shape ? [[name, repeated(shape, !isToMany(relation))] as const] : [];
  });
  const found: readonly (readonly [string, Shape])[] = [...own, ...below];
  return found.length === 0 ? undefined : { object: Object.fromEntries(found) };
}

function repeated(shape: Shape, once: boolean): Shape {
  return once ? shape : { array: shape };
}
