import type { Condition } from "../ir/condition.ts";
import { conditionText, type Naming, unmarked } from "./conditionText.ts";

/** What a condition lets through beside an earlier one. `looser`: all that it did, and perhaps more. */
export type Grant = "same" | "looser" | "tighter" | "other";

export interface ConditionChange {
  readonly grant: Grant;
  /** `no longer asks for done = false` */
  readonly words: string;
}

/**
 * Compares what two conditions let through, as far as their form tells: one that asks for fewer things, or gives more ways to meet it, is
 * looser. Absent conditions let everything through.
 */
export function compareConditions(
  before: Condition | undefined,
  after: Condition | undefined,
  nameOfOld: Naming,
): ConditionChange {
  const old = partsOf(before, "all", nameOfOld);
  const now = partsOf(after, "all", ownName);
  const lost = [...old].filter(([text]) => !now.has(text));
  const gained = [...now].filter(([text]) => !old.has(text));
  return { grant: grantOf(lost, gained, nameOfOld), words: changeWords(textOf(lost), textOf(gained)) };
}

type Part = readonly [text: string, condition: Condition];

function grantOf(lost: readonly Part[], gained: readonly Part[], nameOfOld: Naming): Grant {
  if (lost.length === 0) return gained.length === 0 ? "same" : "tighter";
  if (gained.length === 0) return "looser";
  if (lost.length > 1 || gained.length > 1) return "other";
  return compareWays(lost[0]![1], gained[0]![1], nameOfOld);
}

const textOf = (parts: readonly Part[]): string => parts.map(([text]) => text).join(" and ");

function changeWords(lost: string, gained: string): string {
  if (gained === "") return `no longer asks for ${lost}`;
  return lost === "" ? `also asks for ${gained}` : `asks for ${gained} instead of ${lost}`;
}

/** One that may be absent is looser. Of two lists of ways, the one with more ways is. */
function compareWays(before: Condition, after: Condition, nameOfOld: Naming): Grant {
  const texts = [conditionText(before, nameOfOld), conditionText(after, ownName)] as const;
  const isOneWay = before.kind !== "any" && after.kind !== "any";
  if (isOneWay && unmarked(texts[0]) === texts[1]) return "tighter";
  if (isOneWay && texts[0] === unmarked(texts[1])) return "looser";
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
