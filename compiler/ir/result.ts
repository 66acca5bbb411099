import { type Caller, readableBy, rowsReadableBy } from "./heldBy.ts";
import type { Body, NestedAggregate, NestedSelection, Operation, Selection } from "./operation.ts";
import { isToMany } from "./relationKinds.ts";
import { isSingle, mayFindNone } from "./step.ts";
import type { Property, Type, Value } from "./type.ts";

/** What an operation answers, as a value of the language; undefined where it answers null: a handler or steps without `returns`. */
export function resultOf(operation: Operation): Value | undefined {
  const { body } = operation;
  const rowOf = (selection: Selection): Type => rowType(selection, operation);
  switch (body.kind) {
    case "get":
      return { type: rowOf(body.selection), nullable: true };
    case "list":
      return listOf(rowOf(body.selection));
    case "page":
      return { type: pageType(rowOf(body.selection), body), nullable: false };
    case "aggregate": {
      const type = rowOf(body.selection);
      return body.groupBy ? listOf(type) : { type, nullable: false };
    }
    case "insert":
    case "upsert":
      if (body.each) return listOf(rowOf(body.returns));
      return { type: rowOf(body.returns), nullable: false };
    case "update":
    case "delete":
      return body.single ? { type: rowOf(body.returns), nullable: false } : listOf(rowOf(body.returns));
    case "steps":
      return body.returns.size === 0 ? undefined : { type: stepsType(body, rowOf), nullable: false };
    case "sql":
    case "handler":
      return body.returns;
  }
}

/** What each step answers that is returned, under its name. */
function stepsType({ steps, returns }: Extract<Body, { kind: "steps" }>, rowOf: (selection: Selection) => Type): Type {
  const answers = Array.from(returns, ([name, selection]) => {
    const step = steps.find((candidate) => candidate.name === name)!;
    const row = { type: rowOf(selection), nullable: mayFindNone(step) };
    return [name, { ...(isSingle(step) ? row : listOf(row.type)), optional: false }] as const;
  });
  return { kind: "object", properties: new Map<string, Property>(answers) };
}

/** A row as it goes over the wire, as its callers may see it: its columns, then what was loaded beside them. */
export function rowType({ columns, with: nested, aggregates = [] }: Selection, caller: Caller): Type {
  const own = columns.map((column) => {
    const { name, type, nullable, description, computed } = column;
    const said = { ...(description !== undefined && { description }), ...(computed && { readOnly: true as const }) };
    return [name, { type, nullable, optional: readableBy(column, caller) !== "always", ...said }] as const;
  });
  const related = nested.map((selection) => [selection.name, nestedProperty(selection, caller)] as const);
  const reckoned = aggregates.map((each) => aggregateProperty(each, caller));
  return { kind: "object", properties: new Map<string, Property>([...own, ...related, ...reckoned]) };
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
