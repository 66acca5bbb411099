import type { Condition, Operand } from "./condition.ts";

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

/** The operands of an entry, and those within them; of other conditions none. */
export function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.kind) {
    case "compare":
    case "match":
      return [condition.left, condition.right].flatMap(within);
    case "in":
    case "includes":
      return [condition.left, condition.list].flatMap(within);
    case "isNull":
      return [condition.of, condition.is].flatMap(within);
    case "element":
      return within(condition.list);
    case "near": {
      const { latitude, longitude, within: metres, of } = condition;
      return [latitude, longitude, metres, ...of.map((column) => ({ kind: "column", column, of: column }) as const)];
    }
    case "search": {
      const columns = condition.table.searchable.map((column) => ({ kind: "column", column, of: column }) as const);
      return [condition.text, ...columns];
    }
    default:
      return [];
  }
}

function within(operand: Operand): readonly Operand[] {
  switch (operand.kind) {
    case "property":
      return [operand, ...within(operand.below)];
    case "length":
      return [operand, ...within(operand.list)];
    case "expression":
      return [operand, ...operand.sql.flatMap((part) => (typeof part === "string" ? [] : within(part)))];
    default:
      return [operand];
  }
}
