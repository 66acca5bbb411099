import type { Place } from "../manifest/place.ts";
import { absence, allOf, anyOf, type Lowered } from "./combine.ts";
import { lowerComparison } from "./comparisons.ts";
import type { Quantifier } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { nativeJoint } from "./foreignConditions.ts";
import { lowerMay } from "./may.ts";
import { isResultTable } from "./measure.ts";
import { lowerNear } from "./near.ts";
import { isToMany } from "./relationKinds.ts";
import { isReference, lowerReference, type Scope } from "./scopes.ts";
import { lowerSearch } from "./search.ts";
import { strayKey } from "./strayNames.ts";
import type { Relation, Table } from "./table.ts";
import { unknownColumn } from "./unknown.ts";

/**
 * A condition over a table's rows: a map is AND, a list is OR, a text is the name of one. Says all that is wrong in it.
 *
 * @param written a value of the manifest, or of a handler
 */
export function lowerCondition(
  written: unknown,
  table: Table,
  place: Place,
  scope: Scope,
  context: BodyContext,
): Lowered {
  if (typeof written === "string" && !isResultTable(table)) return context.condition(table, written, place);
  if (Array.isArray(written))
    return anyOf(written.map((item, index) => lowerCondition(item, table, place.at(index), scope, context)));
  if (!isMap(written)) return context.report("condition/form", place, [show(written)]);
  return allOf(
    Object.entries(written).map(([key, value]) => lowerEntry(key, value, table, place.at(key), scope, context)),
  );
}

function lowerEntry(
  key: string,
  value: unknown,
  table: Table,
  place: Place,
  scope: Scope,
  context: BodyContext,
): Lowered {
  if (value === undefined) return absence(place, scope, context);
  if (key === "all" || key === "any") return lowerList(key, value, table, place, scope, context);
  if (key === "not") return negated(lowerCondition(value, table, place, scope, context));
  if (key === "near") return lowerNear(value, table, place, scope, context);
  if (key === "search") return lowerSearch(value, table, place, scope, context);

  const column = table.columns.get(key);
  if (column) {
    const left = { kind: "column", column, of: { type: column.type, nullable: column.nullable } } as const;
    return lowerComparison({ left, table, scope, context }, value, place);
  }
  if (table.aggregates?.has(key)) {
    const measures = table.aggregates.get(key);
    return measures && lowerCondition(value, measures, place, scope, context);
  }
  const relation = table.relations.get(key);
  if (relation) return lowerRelated(relation, value, place, scope, context);
  if (isReference(key, context)) {
    const left = lowerReference(key, place, scope, context, "key");
    return left && lowerComparison({ left, table, scope, context }, value, place);
  }
  if (key === "may") return lowerMay(value, table, place, context);
  if (context.failed.has(`${table.name}.${key}`)) return;
  if (key === "can" && table.rules)
    return unknownColumn(context.report, table.name, key, [], place, {
      at: "key",
      hint: 'It is called "may" here.',
      replace: "may",
    });
  const joint = nativeJoint(key);
  if (joint)
    return unknownColumn(context.report, table.name, key, [], place, {
      at: "key",
      hint: `It is called "${joint}" here.`,
      replace: joint,
    });
  const hint = quantifiers.includes(key) ? "Only a relation to many rows takes it." : strayKey(key, table);
  const candidates = [...table.columns.keys(), ...table.relations.keys()];
  return unknownColumn(context.report, table.name, key, candidates, place, { at: "key", hint });
}

function lowerList(
  kind: "all" | "any",
  value: unknown,
  table: Table,
  place: Place,
  scope: Scope,
  context: BodyContext,
): Lowered {
  if (!Array.isArray(value)) return context.report("condition/not-a-list", place, [show(value)]);
  const conditions = value.map((item, index) => lowerCondition(item, table, place.at(index), scope, context));
  return kind === "all" ? allOf(conditions) : anyOf(conditions);
}

const negated = (condition: Lowered): Lowered =>
  typeof condition === "object" ? { kind: "not", of: condition } : condition;

function lowerRelated(relation: Relation, value: unknown, place: Place, scope: Scope, context: BodyContext): Lowered {
  if (isToMany(relation)) return lowerQuantified(relation, value, place, scope, context);
  if (value === null) return { kind: "related", relation, quantifier: "none" };
  if (isReference(value, context) && relation.kind === "one") {
    const [column] = relation.columns;
    const hint = `"${relation.name}" is a relation; its column is compared: \`${column!.name}: ${value}\`.`;
    return context.report("condition/form", place, [show(value)], { hint });
  }
  return related(relation, "some", value, place, scope, context);
}

const quantifiers: readonly string[] = ["some", "every", "none"] satisfies Quantifier[];

/** How other tools ask how many rows there are. */
const counts: ReadonlySet<string> = new Set(["count", "_count", "length", "size"]);

/** A to-many relation says which of its rows must meet the condition. */
function lowerQuantified(
  relation: Relation,
  value: unknown,
  place: Place,
  scope: Scope,
  context: BodyContext,
): Lowered {
  if (!isMap(value) || Object.keys(value).length === 0)
    return context.report("condition/no-quantifier", place, [relation.name], { at: "key" });
  const wrong = Object.keys(value).find((key) => !quantifiers.includes(key));
  if (wrong !== undefined) {
    const hint = counts.has(wrong)
      ? `How many there are is a column: \`{ type: integer, count: ${relation.name} }\`.`
      : undefined;
    return context.report("condition/no-quantifier", place, [relation.name], { at: "key", hint });
  }
  const entries = Object.entries(value) as [Quantifier, unknown][];
  return allOf(
    entries.map(([quantifier, condition]) =>
      condition === undefined
        ? absence(place.at(quantifier), scope, context)
        : related(relation, quantifier, condition, place.at(quantifier), scope, context),
    ),
  );
}

function related(
  relation: Relation,
  quantifier: Quantifier,
  value: unknown,
  place: Place,
  scope: Scope,
  context: BodyContext,
): Lowered {
  const of = lowerCondition(value, relation.to, place, scope, context);
  if (typeof of !== "object") return of;
  const any = isMap(value) && Object.keys(value).length === 0;
  return { kind: "related", relation, quantifier, ...(!(any && quantifier !== "every") && { of }) };
}
