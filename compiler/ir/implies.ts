import type { Condition } from "./condition.ts";
import type { Relation } from "./table.ts";

/** What is the same in two conditions, which may be of two Apps. */
export interface Likeness {
  readonly isSame: (one: Condition, other: Condition) => boolean;
  readonly isSameRelation: (one: Relation, other: Relation) => boolean;
}

/** Holds for every row. */
export const anything: Condition = { kind: "all", of: [] };

/** Whether the form of two conditions shows that whatever meets the first meets the second: it asks for fewer things, or gives more ways to meet it. */
export function implies(one: Condition, other: Condition, alike: Likeness): boolean {
  if (alike.isSame(one, other)) return true;
  if (other.kind === "all") return other.of.every((part) => implies(one, part, alike));
  if (one.kind === "any") return one.of.every((way) => implies(way, other, alike));
  if (one.kind === "not" && other.kind === "not") return implies(other.of, one.of, alike);
  if (one.kind === "related" && other.kind === "related") return relatedImplies(one, other, alike);
  return (
    (one.kind === "all" && one.of.some((part) => implies(part, other, alike))) ||
    (other.kind === "any" && other.of.some((way) => implies(one, way, alike)))
  );
}

type Related = Extract<Condition, { kind: "related" }>;

function relatedImplies(one: Related, other: Related, alike: Likeness): boolean {
  if (!alike.isSameRelation(one.relation, other.relation) || one.quantifier !== other.quantifier) return false;
  const [inner, otherInner] = [one.of ?? anything, other.of ?? anything];
  return one.quantifier === "none" ? implies(otherInner, inner, alike) : implies(inner, otherInner, alike);
}
