import type { Condition } from "../ir/condition.ts";
import { conditionText, type Naming, unmarked } from "./conditionText.ts";

/** What a condition lets through beside an earlier one. `looser`: all that it did, and perhaps more. */
export type Grant = "same" | "looser" | "tighter" | "other";

export interface ConditionChange {
  readonly grant: Grant;
  /** `no longer asks for done = false` */
  readonly words: string;
}

const anything: Condition = { kind: "all", of: [] };

/** Compares what two conditions let through, as far as their form tells. Absent ones let everything through. */
export function compareConditions(
  before: Condition = anything,
  after: Condition = anything,
  name: Naming,
): ConditionChange {
  const lost = missingParts(before, after, name);
  const gained = missingParts(after, before, name);
  return { grant: grantOf(before, after, name), words: changeWords(lost, gained) };
}

function grantOf(before: Condition, after: Condition, name: Naming): Grant {
  if (conditionText(before, name) === conditionText(after, name)) return "same";
  if (implies(before, after, name)) return "looser";
  return implies(after, before, name) ? "tighter" : "other";
}

/**
 * Whether the form of two conditions shows that whatever meets the first meets the second: it asks for fewer things, or gives more ways to
 * meet it. An argument that may be absent asks for less than one that must be there.
 */
function implies(one: Condition, other: Condition, name: Naming): boolean {
  const [text, otherText] = [conditionText(one, name), conditionText(other, name)];
  if (text === otherText || text === unmarked(otherText)) return true;
  if (other.kind === "all") return other.of.every((part) => implies(one, part, name));
  if (one.kind === "any") return one.of.every((way) => implies(way, other, name));
  if (one.kind === "not" && other.kind === "not") return implies(other.of, one.of, name);
  if (one.kind === "related" && other.kind === "related") return relatedImplies(one, other, name);
  return (
    (one.kind === "all" && one.of.some((part) => implies(part, other, name))) ||
    (other.kind === "any" && other.of.some((way) => implies(one, way, name)))
  );
}

type Related = Extract<Condition, { kind: "related" }>;

function relatedImplies(one: Related, other: Related, name: Naming): boolean {
  if (name(one.relation) !== name(other.relation) || one.quantifier !== other.quantifier) return false;
  const [inner, otherInner] = [one.of ?? anything, other.of ?? anything];
  return one.quantifier === "none" ? implies(otherInner, inner, name) : implies(inner, otherInner, name);
}

/** What one condition asks for and another one does not. */
function missingParts(of: Condition, other: Condition, name: Naming): string {
  const known = new Set(partsOf(other).map((part) => conditionText(part, name)));
  const texts = partsOf(of).map((part) => conditionText(part, name));
  return texts.filter((text) => !known.has(text)).join(" and ");
}

const partsOf = (condition: Condition): readonly Condition[] => (condition.kind === "all" ? condition.of : [condition]);

function changeWords(lost: string, gained: string): string {
  if (gained === "") return `no longer asks for ${lost}`;
  return lost === "" ? `also asks for ${gained}` : `asks for ${gained} instead of ${lost}`;
}
