import { type Caller, readableBy, rowsReadableBy } from "./heldBy.ts";
import { isResultTable } from "./measure.ts";
import { rowsTypeName } from "./names.ts";
import type { Body, NestedAggregate, NestedSelection, Operation, Selection } from "./operation.ts";
import { mayReturnKeyAlone } from "./readBack.ts";
import { isToMany } from "./relationKinds.ts";
import { isSingle, mayFindNone } from "./step.ts";
import type { Table } from "./table.ts";
import type { Property, Type, TypeOf, Value, WholeRow } from "./type.ts";

/** What an operation answers, as a value of the language; undefined where it answers null: a handler or steps without `returns`. */
export function resultOf(operation: Operation): Value | undefined {
  const { body } = operation;
  const row = operationRow(operation);
  if (row) {
    if (body.kind === "get") return { type: row, nullable: true };
    if (body.kind === "page") return { type: pageType(row, body), nullable: false };
    return isList(body) ? listOf(row) : { type: row, nullable: false };
  }
  switch (body.kind) {
    case "steps":
      return body.returns.size === 0 ? undefined : { type: stepsType(body, operation), nullable: false };
    case "sql":
    case "handler":
      return body.returns;
    default:
      return undefined;
  }
}

/** What a row of an operation's answer is; undefined where the answer is not about the rows of one table. */
export function operationRow(operation: Operation): RowType | undefined {
  const { body } = operation;
  switch (body.kind) {
    case "steps":
    case "sql":
    case "handler":
      return undefined;
    case "insert":
    case "update":
    case "upsert":
    case "delete":
      return rowType(body.returns, operation, mayReturnKeyAlone(body, operation));
    default:
      return rowType(body.selection, operation);
  }
}

/** Whether an answer is a list of rows. */
function isList(body: Body): boolean {
  if (body.kind === "aggregate") return body.groupBy !== undefined;
  if ("single" in body) return !body.single;
  return body.kind === "list" || ("each" in body && body.each !== undefined);
}

/** What each step answers that is returned, under its name. */
function stepsType({ steps, returns }: Extract<Body, { kind: "steps" }>, caller: Caller): Type {
  const answers = Array.from(returns, ([name, selection]) => {
    const step = steps.find((candidate) => candidate.name === name)!;
    const { body } = step;
    const keyAlone = "returns" in body && mayReturnKeyAlone(body, caller);
    const row = { type: rowType(selection, caller, keyAlone), nullable: mayFindNone(step) };
    return [name, { ...(isSingle(step) ? row : listOf(row.type)), optional: false }] as const;
  });
  return { kind: "object", properties: new Map<string, Property>(answers) };
}

/**
 * A row as it goes over the wire, as its callers may see it: its columns, then what was loaded beside them.
 *
 * @param keyAlone perhaps nothing but the key is seen
 */
function rowType(
  { table, columns, with: nested, aggregates = [] }: Selection,
  caller: Caller,
  keyAlone = false,
): RowType {
  const own = columns.map((column) => {
    const { name, type, nullable, description, computed } = column;
    const said = { ...(description !== undefined && { description }), ...(computed && { readOnly: true as const }) };
    const optional = (keyAlone && !table.primaryKey.includes(column)) || readableBy(column, caller) !== "always";
    return [name, { type, nullable, optional, ...said }] satisfies Named;
  });
  const row = wholeRow(table, own);
  const related = nested.map((selection) => [selection.name, nestedProperty(selection, caller)] as const);
  const reckoned = aggregates.map((each) => aggregateProperty(each, caller));
  const properties = new Map<string, Property>([...own, ...related, ...reckoned]);
  return { kind: "object", properties, ...(row && { row }) };
}

type RowType = TypeOf<"object">;

type Named = readonly [string, Property];

/** The row without what was loaded beside it, where it is one of which nothing is left out. */
function wholeRow(table: Table, columns: readonly Named[]): WholeRow | undefined {
  const isWhole =
    table.columns.size === columns.length &&
    columns.every(([name, { optional }]) => table.columns.has(name) && !optional);
  return isWhole && !isResultTable(table) ? { name: rowsTypeName(table.name), columns: new Map(columns) } : undefined;
}

/**
 * A related row is null where there is none: where the key may be null, or may not be read, where the other side holds it, where `where`
 * drops it, or where the row may not be read.
 */
function nestedProperty({ relation, selection, where }: NestedSelection, caller: Caller): Property {
  const type = rowType(selection, caller);
  const described = relation.description === undefined ? {} : { description: relation.description };
  if (isToMany(relation)) return { ...listOf(type), optional: false, ...described };
  const always =
    relation.kind === "one" &&
    !relation.optional &&
    where === undefined &&
    rowsReadableBy(relation.to, caller) === "always" &&
    relation.columns.every((column) => readableBy(column, caller) === "always");
  return { type, nullable: !always, optional: false, ...described };
}

function aggregateProperty({ name, selection }: NestedAggregate, caller: Caller): readonly [string, Property] {
  return [name, { type: rowType(selection, caller), nullable: false, optional: false }];
}

const listOf = (type: Type): Value => ({ type: { kind: "array", items: { type, nullable: false } }, nullable: false });

function pageType(row: Type, { bothWays, total }: Extract<Body, { kind: "page" }>): Type {
  const properties = new Map<string, Property>([
    ["rows", { ...listOf(row), optional: false }],
    ["nextCursor", { type: { kind: "string" }, nullable: true, optional: false, description: "Null at the end." }],
    ["hasMore", { type: { kind: "boolean" }, nullable: false, optional: false }],
    ...(bothWays ? [["previousCursor", previousCursorProperty] as const] : []),
    ...(total ? [["total", totalProperty] as const] : []),
  ]);
  return { kind: "object", properties };
}

const previousCursorProperty: Property = {
  type: { kind: "string" },
  nullable: true,
  optional: false,
  description: "Null at the start.",
};

const totalProperty: Property = {
  type: { kind: "integer" },
  nullable: false,
  optional: false,
  description: "How many rows there are in all, whatever the page.",
};
