import type { Condition, Operand } from "./condition.ts";
import type { Caller } from "./heldBy.ts";
import type { Column, Table } from "./table.ts";
import { tenantOf } from "./tenants.ts";

/**
 * Whether no two rows of a table can meet a condition: it holds a unique key fast by values that are there and not null.
 *
 * @param caller who sees rows of one tenant only, unless it is the system
 */
export function fixesOneRow(condition: Condition, table: Table, caller?: Caller): boolean {
  const fixed = new Set([...fixedColumns(condition), ...tenantColumns(table, caller)]);
  return table.uniqueKeys.some((key) => key.every((column) => fixed.has(column)));
}

/** The column that has one value in all rows that callers see. */
export function tenantColumns(table: Table, caller: Caller | undefined): readonly Column[] {
  const tenant = caller && tenantOf(table, caller);
  return tenant ? [tenant.column] : [];
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
    ((right.kind === "step" || right.kind === "item" || right.kind === "user" || right.kind === "session") &&
      !right.of.nullable);
  return held ? [{ column: condition.left.column, value: right }] : [];
}

/** A table's unique keys in words: `id`, or `slug`, or `shopId and number`. */
export function keysText({ uniqueKeys }: Table): string {
  return uniqueKeys.map((key) => key.map(({ name }) => `"${name}"`).join(" and ")).join(", or ");
}
