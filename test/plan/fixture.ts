import type { App } from "../../compiler/ir/app.ts";
import type { Condition, Operand } from "../../compiler/ir/condition.ts";
import type { Argument, Body, ColumnTerm, Operation, Selection } from "../../compiler/ir/operation.ts";
import type {
  Column,
  Index,
  InverseRelation,
  ManyToManyRelation,
  OneRelation,
  Table,
} from "../../compiler/ir/table.ts";
import type { Constant, Type, TypeKind, Value } from "../../compiler/ir/type.ts";
import { Place } from "../../compiler/manifest/place.ts";

/*
 * Fragments of an App built by hand: plans are about every App there can be, also those that no manifest of a few lines leads to.
 */

export const place = Place.root({
  locate: () => {
    throw new Error("A fragment has no text");
  },
});

type Plain = Exclude<TypeKind, "decimal" | "enum" | "array" | "object">;

export function type(kind: Plain): Type {
  return { kind };
}

export const decimal = (scale: number): Type => ({ kind: "decimal", scale });

export function column(name: string, of: Type | Plain, more: Partial<Column> = {}): Column {
  const own = typeof of === "string" ? type(of) : of;
  return { name, sqlName: name, type: own, nullable: false, unique: false, place, ...more };
}

export function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  const primaryKey = more.primaryKey ?? [columns[0]!];
  const unique = columns.filter((each) => each.unique).map((each) => [each]);
  return {
    name,
    sqlName: name,
    columns: new Map(columns.map((each) => [each.name, each])),
    relations: new Map(),
    indexes: [],
    checks: [],
    conditions: new Map(),
    searchable: [],
    uniqueKeys: [primaryKey, ...unique],
    place,
    ...more,
    primaryKey,
  };
}

export function index(sqlName: string, parts: readonly Column[], more: Partial<Index> = {}): Index {
  return { sqlName, parts: parts.map((on) => ({ on, descending: false })), unique: false, place, ...more };
}

function add<R extends { name: string; from: Table }>(relation: R): R {
  (relation.from.relations as Map<string, unknown>).set(relation.name, relation);
  return relation;
}

export function one(
  from: Table,
  name: string,
  to: Table,
  columns: string[],
  more: Partial<OneRelation> = {},
): OneRelation {
  const own = columns.map((each) => from.columns.get(each)!);
  const optional = own.some((each) => each.nullable);
  const actions = { onDelete: "restrict", onUpdate: "restrict" } as const;
  return add({
    kind: "one",
    name,
    from,
    to,
    columns: own,
    references: to.primaryKey,
    optional,
    ...actions,
    place,
    ...more,
  });
}

export function many(inverse: OneRelation, name: string, kind: "many" | "hasOne" = "many"): InverseRelation {
  return add({ kind, name, from: inverse.to, to: inverse.from, inverse, place });
}

export function manyToMany(near: OneRelation, far: OneRelation, name: string): ManyToManyRelation {
  return add({ kind: "manyToMany", name, from: near.to, to: far.to, junction: near.from, near, far, place });
}

export function app(...tables: readonly Table[]): App {
  return {
    name: "fragment",
    database: { binding: "DB", defaultLimit: 100, maxLimit: 1000, maxRows: 1_000_000 },
    worker: { compatibilityDate: "2026-01-01", maxBodyBytes: 1024, wrangler: {} },
    rateLimits: new Map(),
    cors: { origins: [] },
    enums: new Map(),
    types: new Map(),
    tables: new Map(tables.map((each) => [each.name, each])),
    operations: new Map(),
    places: { name: place, database: place, worker: place, cors: place },
  };
}

export function columnIn(from: Table, name: string): Column {
  const found = from.columns.get(name);
  if (!found) throw new Error(`No column ${name}`);
  return found;
}

export const col = (of: Column): Operand => ({ kind: "column", column: of, of });
export const constant = (value: Constant, of: Type | Value): Operand => ({
  kind: "constant",
  value,
  of: "kind" in of ? { type: of, nullable: value === null } : of,
});
export const arg = (name: string, of: Value, optional = false): Operand => ({
  kind: "argument",
  path: name.split("."),
  of,
  optional,
});

export const compare = (left: Operand, op: "eq" | "ne" | "gt" | "gte" | "lt" | "lte", right: Operand): Condition => ({
  kind: "compare",
  left,
  op,
  right,
});
export const all = (...of: Condition[]): Condition => ({ kind: "all", of });
export const any = (...of: Condition[]): Condition => ({ kind: "any", of });
export const not = (of: Condition): Condition => ({ kind: "not", of });

export const order = (of: Column, descending = false, nulls?: "first" | "last"): ColumnTerm => ({
  column: of,
  descending,
  ...(nulls && { nulls }),
});

/** All columns, and what is nested. */
export function rows(of: Table, nested: Selection["with"] = [], columns?: readonly string[]): Selection {
  const listed = columns ? columns.map((name) => columnIn(of, name)) : [...of.columns.values()];
  return { table: of, columns: listed, with: nested };
}

export const limit = (count: number): Operand => constant(count, { type: { kind: "integer" }, nullable: false });

export function operation(
  body: Body,
  args: { readonly [name: string]: Value & { optional?: boolean } } = {},
): Operation {
  const named = Object.entries(args).map(([name, value]): [string, Argument] => [
    name,
    { optional: false, ...value, name, place },
  ]);
  const kind = body.kind === "get" || body.kind === "list" || body.kind === "page" ? "query" : "mutation";
  return { kind, name: "test", auth: "public", args: new Map(named), errors: new Map(), body, place };
}

export const list = (selection: Selection, more: Partial<Extract<Body, { kind: "list" }>> = {}): Body => ({
  kind: "list",
  selection,
  orderBy: selection.table.primaryKey.map((each) => order(each)),
  limit: limit(1000),
  distinct: false,
  ...more,
});
