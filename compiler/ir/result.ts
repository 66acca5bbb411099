import type { Body, NestedAggregate, NestedSelection, Operation, Selection } from "./operation.ts";
import { isToMany } from "./relationKinds.ts";
import { isSingle, mayFindNone } from "./step.ts";
import type { Property, Type, Value } from "./type.ts";

/** What an operation answers, as a value of the language; undefined where it answers null: a handler or steps without `returns`. */
export function resultOf({ body }: Operation): Value | undefined {
  switch (body.kind) {
    case "get":
      return { type: rowType(body.selection), nullable: true };
    case "list":
      return listOf(rowType(body.selection));
    case "page":
      return { type: pageType(rowType(body.selection), body), nullable: false };
    case "aggregate": {
      const type = rowType(body.selection);
      return body.groupBy ? listOf(type) : { type, nullable: false };
    }
    case "insert":
    case "upsert":
      if (body.each) return listOf(rowType(body.returns));
      return { type: rowType(body.returns), nullable: false };
    case "update":
    case "delete":
      return body.single ? { type: rowType(body.returns), nullable: false } : listOf(rowType(body.returns));
    case "steps":
      return body.returns.size === 0 ? undefined : { type: stepsType(body), nullable: false };
    case "sql":
    case "handler":
      return body.returns;
  }
}

/** What each step answers that is returned, under its name. */
function stepsType({ steps, returns }: Extract<Body, { kind: "steps" }>): Type {
  const answers = Array.from(returns, ([name, selection]) => {
    const step = steps.find((candidate) => candidate.name === name)!;
    const row = { type: rowType(selection), nullable: mayFindNone(step) };
    return [name, { ...(isSingle(step) ? row : listOf(row.type)), optional: false }] as const;
  });
  return { kind: "object", properties: new Map<string, Property>(answers) };
}

/** A row as it goes over the wire: its columns, then what was loaded beside them. */
export function rowType({ columns, with: nested, aggregates = [] }: Selection): Type {
  const own = columns.map(({ name, type, nullable, description, computed }) => {
    const said = { ...(description !== undefined && { description }), ...(computed && { readOnly: true as const }) };
    return [name, { type, nullable, optional: false, ...said }] as const;
  });
  const related = nested.map((selection) => [selection.name, nestedProperty(selection)] as const);
  return {
    kind: "object",
    properties: new Map<string, Property>([...own, ...related, ...aggregates.map(aggregateProperty)]),
  };
}

/** A related row is null where there is none: where the key may be null, where the other side holds it, or where `where` drops it. */
function nestedProperty({ relation, selection, where }: NestedSelection): Property {
  const type = rowType(selection);
  const described = relation.description === undefined ? {} : { description: relation.description };
  if (isToMany(relation)) return { ...listOf(type), optional: false, ...described };
  const always = relation.kind === "one" && !relation.optional && where === undefined;
  return { type, nullable: !always, optional: false, ...described };
}

function aggregateProperty({ name, selection }: NestedAggregate): readonly [string, Property] {
  return [name, { type: rowType(selection), nullable: false, optional: false }];
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
