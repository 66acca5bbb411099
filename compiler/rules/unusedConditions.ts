import type { Condition } from "../ir/condition.ts";
import { partsOf } from "../ir/conditionParts.ts";
import type { Operation, Selection, Step } from "../ir/operation.ts";
import type { Rules } from "../ir/table.ts";
import type { Rule } from "./rule.ts";

/**
 * A named condition that no operation, rule, index or other condition names. It is shared by those who name it, so it is found again as the
 * same object. Handlers may name any: where there are some, nothing is said.
 */
export const unusedConditions: Rule = ({ tables, operations }, report) => {
  if ([...operations.values()].some(({ body }) => body.kind === "handler")) return;
  const all = [...tables.values()];
  const used = new Set<Condition>();
  for (const operation of operations.values()) for (const where of conditionsOf(operation)) gather(where, used);
  for (const { indexes, conditions, rules, columns } of all) {
    for (const { where } of indexes) if (where) gather(where, used);
    if (rules) for (const where of ruleConditions(rules)) gather(where, used);
    for (const { read, write } of columns.values()) for (const guard of [read, write]) if (guard) gather(guard, used);
    for (const condition of conditions.values()) for (const part of partsOf(condition)) gather(part, used);
  }
  for (const { name, conditions, place } of all) {
    for (const [condition, lowered] of conditions) {
      if (used.has(lowered)) continue;
      report("condition/unused", place.at("conditions").at(condition), [name, condition], {
        at: "key",
        severity: "warning",
      });
    }
  }
};

function ruleConditions(rules: Rules): readonly Condition[] {
  const all = Object.values(rules).flatMap(({ grants, denials }) => [...grants, ...denials]);
  return all.flatMap(({ when, then }) => [when, then].filter((condition) => condition !== undefined));
}

function conditionsOf({ body }: Pick<Operation, "body">): readonly Condition[] {
  if (body.kind === "steps") return body.steps.flatMap(stepConditions);
  const own = [
    ...("where" in body && body.where ? [body.where] : []),
    ...("each" in body && body.each?.kind === "list" ? whereOf(body.each) : []),
  ];
  if (body.kind === "aggregate") return [...own, ...body.measures.flatMap(whereOf)];
  return "selection" in body ? [...own, ...nestedConditions(body.selection)] : own;
}

function stepConditions({ body, each }: Step): readonly Condition[] {
  const items = each?.kind === "list" ? whereOf(each) : [];
  return [...items, ...(body.kind === "check" ? whereOf(body) : conditionsOf({ body }))];
}

function nestedConditions({ with: nested, aggregates = [] }: Selection): readonly Condition[] {
  return [
    ...nested.flatMap((each) => [...whereOf(each), ...nestedConditions(each.selection)]),
    ...aggregates.flatMap((each) => [...whereOf(each), ...each.measures.flatMap(whereOf)]),
  ];
}

const whereOf = ({ where }: { readonly where?: Condition }): readonly Condition[] => (where ? [where] : []);

function gather(condition: Condition, into: Set<Condition>): void {
  if (into.has(condition)) return;
  into.add(condition);
  for (const part of partsOf(condition)) gather(part, into);
}
