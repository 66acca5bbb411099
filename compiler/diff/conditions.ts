import type { Condition } from "../ir/condition.ts";
import { anything, implies, type Likeness } from "../ir/implies.ts";
import { conditionText, type Naming, unmarked } from "./conditionText.ts";

/** What a condition lets through beside an earlier one. `looser`: all that it did, and perhaps more. */
export type Grant = "same" | "looser" | "tighter" | "other";

export interface ConditionChange {
  readonly grant: Grant;
  /** `no longer asks for done = false` */
  readonly words: string;
}

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
  if (implies(before, after, alike(name))) return "looser";
  return implies(after, before, alike(name)) ? "tighter" : "other";
}

/** Whether the form of two conditions shows that whatever meets the first meets the second. */
export const isWithin = (one: Condition, other: Condition, name: Naming): boolean => implies(one, other, alike(name));

/** Conditions of two Apps read alike. An argument that may be absent asks for less than one that must be there. */
function alike(name: Naming): Likeness {
  return {
    isSame(one, other) {
      const [text, otherText] = [conditionText(one, name), conditionText(other, name)];
      return text === otherText || text === unmarked(otherText);
    },
    isSameRelation: (one, other) => name(one) === name(other),
  };
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
