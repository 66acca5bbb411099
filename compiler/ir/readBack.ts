import type { Assignment } from "./assignment.ts";
import type { Condition } from "./condition.ts";
import { everyPart, operandsOf } from "./conditionParts.ts";
import { type Caller, rowsReadableBy } from "./heldBy.ts";
import { anything, implies, type Likeness } from "./implies.ts";
import type { Body } from "./operation.ts";
import { conditionData } from "./serializeTable.ts";
import type { Column, Relation, Rule, RuleVerb, Table } from "./table.ts";

type Write = Extract<Body, { kind: "insert" | "update" | "upsert" | "delete" }>;

/**
 * Whether a write may answer with the key of a row alone: its callers may perhaps not read the row as the write left it. They may where
 * the form of the rules shows it: who may create a row may read it, and no update changes what reading hangs on.
 */
export function mayReturnKeyAlone(body: Write, caller: Caller): boolean {
  if (body.kind === "delete" || rowsReadableBy(body.table, caller) === "always") return false;
  if (body.kind === "update") return changesReading(body, body.assignments);
  if (!createdIsRead(body.table)) return true;
  if (body.kind === "insert") return body.nested !== undefined && body.nested.length > 0;
  return changesReading(body, body.set ?? body.assignments);
}

function changesReading({ table, ...body }: Write, assignments: readonly Assignment[]): boolean {
  const asked = new Set([...(table.tenant ? [table.tenant.column] : []), ...askedParts(table).flatMap(columnsIn)]);
  const isWritten = (column: Column) =>
    column.onUpdate || column.version || assignments.some((assignment) => assignment.column === column);
  const linked = "links" in body ? (body.links ?? []).flatMap(({ relation }) => relation.near.columns) : [];
  return [...asked].some((column) => isWritten(column) || linked.includes(column) || column.computed?.kind === "expr");
}

/** Whether each way to create a row is a way to read it. */
function createdIsRead(table: Table): boolean {
  if (!table.rules) return true;
  const { create, read } = table.rules;
  const whenOf = ({ when = anything }: Rule): Condition => when;
  const ways: Condition = { kind: "any", of: read.grants.map(whenOf) };
  const isDenied = (denial: Rule) => create.denials.some((other) => alike.isSame(whenOf(other), whenOf(denial)));
  return (
    create.grants.every((rule) => implies(whenOf(rule), ways, alike)) &&
    read.denials.every(isDenied) &&
    !askedParts(table).some((part) => asksRowsOf(table, part))
  );
}

/** Whether what a condition says of a row may hang on what other rows of a table there are. */
function asksRowsOf(table: Table, part: Condition): boolean {
  const counted = operandsOf(part).flatMap((operand) =>
    operand.kind === "column" ? (operand.column.measured?.relation ?? []) : [],
  );
  const relations = part.kind === "related" ? [part.relation, ...counted] : counted;
  return relations.some((relation) => relation.to === table || ("junction" in relation && relation.junction === table));
}

const alike: Likeness = {
  isSame: (one, other) => one === other || JSON.stringify(conditionData(one)) === JSON.stringify(conditionData(other)),
  isSameRelation: (one, other) => one === other,
};

/** All that is asked of a row that may be read, of other tables by `may` too. */
function askedParts(table: Table, verb: RuleVerb = "read", seen = new Set<string>()): readonly Condition[] {
  const own = `${table.name}.${verb}`;
  if (seen.has(own)) return [];
  seen.add(own);
  const { grants = [], denials = [] } = table.rules?.[verb] ?? {};
  const parts = [...grants, ...denials].flatMap(({ when }) => (when ? everyPart(when) : []));
  return [...parts, ...parts.flatMap((part) => (part.kind === "may" ? askedParts(part.table, part.verb, seen) : []))];
}

/** The columns that a condition looks at, those of relations too. */
function columnsIn(part: Condition): readonly Column[] {
  if (part.kind === "related") return keysOf(part.relation);
  return operandsOf(part).flatMap((operand) => {
    if (operand.kind !== "column") return [];
    const { column } = operand;
    return [column, ...(column.measured ? keysOf(column.measured.relation) : [])];
  });
}

function keysOf(relation: Relation): readonly Column[] {
  switch (relation.kind) {
    case "one":
      return [...relation.columns, ...relation.references];
    case "manyToMany":
      return [...keysOf(relation.near), ...keysOf(relation.far)];
    default:
      return keysOf(relation.inverse);
  }
}
