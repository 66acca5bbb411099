import type { Condition } from "./condition.ts";

/** The conditions that a condition is made of, one step down. */
export function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of;
    case "not":
    case "element":
      return [condition.of];
    case "related":
      return condition.of ? [condition.of] : [];
    default:
      return [];
  }
}

/** A condition and all that it is made of. */
export function everyPart(condition: Condition): readonly Condition[] {
  return [condition, ...partsOf(condition).flatMap(everyPart)];
}
