import type { Condition, Operand } from "./condition.ts";
import { isStored } from "./sqlExpressions.ts";

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
      return isOfRow(condition.left) && isOfRow(condition.right);
    case "in":
      return isOfRow(condition.left) && condition.list.kind === "constant";
    case "isNull":
      return isOfRow(condition.of);
    case "related":
    case "includes":
    case "element":
    case "near":
    case "search":
    case "may":
      return false;
  }
}

/** A literal, or what the row itself holds: rows that a column counts are others. */
function isOfRow(operand: Operand): boolean {
  switch (operand.kind) {
    case "constant":
      return true;
    case "column":
      return isStored(operand.column);
    case "property":
      return isOfRow(operand.below);
    case "length":
      return isOfRow(operand.list);
    default:
      return false;
  }
}
