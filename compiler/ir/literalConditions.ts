import type { Condition } from "./condition.ts";

/**
 * Whether a condition compares columns of the row with literals and one another. SQLite takes neither sub-selects nor the time in the
 * condition of an index; a named condition may hold both.
 */
export function holdsLiteralsOnly(condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.every(holdsLiteralsOnly);
    case "not":
      return holdsLiteralsOnly(condition.of);
    case "compare":
    case "match":
      return condition.right.kind !== "argument" && condition.right.kind !== "now";
    case "in":
      return condition.list.kind === "constant";
    case "isNull":
      return true;
    case "related":
    case "includes":
    case "element":
    case "near":
    case "search":
      return false;
  }
}
