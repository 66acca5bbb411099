import type { Condition, Operand } from "./condition.ts";
import type { Column, Table } from "./table.ts";

/** Whether no two rows of a table can meet a condition: it holds a unique key fast by values that are there and not null. */
export function fixesOneRow(condition: Condition, { uniqueKeys }: Table): boolean {
  const fixed = new Set(fixedColumns(condition));
  return uniqueKeys.some((key) => key.every((column) => fixed.has(column)));
}

/** The columns that must equal one value each. */
export function fixedColumns(condition: Condition): readonly Column[] {
  return fixedValues(condition).map(({ column }) => column);
}

/** The columns that must equal one value each, and that value. */
export function fixedValues(condition: Condition): readonly { readonly column: Column; readonly value: Operand }[] {
  if (condition.kind === "all") return condition.of.flatMap(fixedValues);
  if (condition.kind !== "compare" || condition.op !== "eq" || condition.left.kind !== "column") return [];
  const { right } = condition;
  const held =
    (right.kind === "constant" && right.value !== null) ||
    right.kind === "now" ||
    (right.kind === "argument" && !right.optional && !right.of.nullable) ||
    ((right.kind === "step" || right.kind === "item") && !right.of.nullable);
  return held ? [{ column: condition.left.column, value: right }] : [];
}

/** A table's unique keys in words: `id`, or `slug`, or `shopId and number`. */
export function keysText({ uniqueKeys }: Table): string {
  return uniqueKeys.map((key) => key.map(({ name }) => `"${name}"`).join(" and ")).join(", or ");
}
