import type { Condition } from "./condition.ts";
import type { Column, Table } from "./table.ts";

/** Whether no two rows of a table can meet a condition: it holds a unique key fast by values that are there and not null. */
export function fixesOneRow(condition: Condition, { uniqueKeys }: Table): boolean {
  const fixed = new Set(fixedColumns(condition));
  return uniqueKeys.some((key) => key.every((column) => fixed.has(column)));
}

/** The columns that must equal one value each. */
function fixedColumns(condition: Condition): readonly Column[] {
  if (condition.kind === "all") return condition.of.flatMap(fixedColumns);
  if (condition.kind !== "compare" || condition.op !== "eq" || condition.left.kind !== "column") return [];
  const { right } = condition;
  const held =
    (right.kind === "constant" && right.value !== null) ||
    right.kind === "now" ||
    (right.kind === "argument" && !right.optional && !right.of.nullable);
  return held ? [condition.left.column] : [];
}

/** A table's unique keys in words: `id`, or `slug`, or `shopId and number`. */
export function keysText({ uniqueKeys }: Table): string {
  return uniqueKeys.map((key) => key.map(({ name }) => `"${name}"`).join(" and ")).join(", or ");
}
