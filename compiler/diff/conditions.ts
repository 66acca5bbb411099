import type { Condition } from "../ir/condition.ts";
import { conditionText, type Naming } from "./conditionText.ts";

/** What a condition lets through beside an earlier one. `looser`: all that it did, and perhaps more. */
export type Grant = "same" | "looser" | "tighter" | "other";

/**
 * Compares what two conditions let through, as far as their form tells: one that asks for fewer things, or gives more ways to meet it, is
 * looser. Absent conditions let everything through.
 */
export function compareConditions(
  before: Condition | undefined,
  after: Condition | undefined,
  nameOfOld: Naming,
): Grant {
  const old = partsOf(before, "all", nameOfOld);
  const now = partsOf(after, "all", ownName);
  const lost = [...old.keys()].filter((text) => !now.has(text));
  const gained = [...now.keys()].filter((text) => !old.has(text));
  if (lost.length === 0 && gained.length === 0) return "same";
  if (gained.length === 0) return "looser";
  if (lost.length === 0) return "tighter";
  if (lost.length > 1 || gained.length > 1) return "other";
  return compareWays(old.get(lost[0]!)!, now.get(gained[0]!)!, nameOfOld);
}

/** Two conditions that are lists of ways: the one with more ways is looser. */
function compareWays(before: Condition, after: Condition, nameOfOld: Naming): Grant {
  const old = partsOf(before, "any", nameOfOld);
  const now = partsOf(after, "any", ownName);
  if ([...old.keys()].every((text) => now.has(text))) return "looser";
  return [...now.keys()].every((text) => old.has(text)) ? "tighter" : "other";
}

/** The parts of an AND or an OR by their text; a condition that is neither is its own only part. */
function partsOf(condition: Condition | undefined, kind: "all" | "any", name: Naming): ReadonlyMap<string, Condition> {
  if (condition === undefined) return new Map();
  const parts = condition.kind === kind ? condition.of : [condition];
  return new Map(parts.map((part) => [conditionText(part, name), part]));
}

export const ownName: Naming = (column) => column.name;
