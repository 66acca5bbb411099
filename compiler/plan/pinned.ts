import type { Condition, Operand } from "../ir/condition.ts";
import type { Column, Table } from "../ir/table.ts";

/** Whether a condition can hold for one row at most: it fixes every column of a unique key. */
export function pinsOneRow(where: Condition | undefined, table: Table): boolean {
  const fixed = new Set(where ? fixedColumns(where) : []);
  return table.uniqueKeys.some((key) => key.every((column) => fixed.has(column)));
}

/** Columns that must equal one value; of nulls a unique key holds many. */
function fixedColumns(condition: Condition): readonly Column[] {
  if (condition.kind === "all") return condition.of.flatMap(fixedColumns);
  if (condition.kind !== "compare" || condition.op !== "eq") return [];
  const { left, right } = condition;
  return [fixedBy(left, right), fixedBy(right, left)].filter((column) => column !== undefined);
}

function fixedBy(side: Operand, value: Operand): Column | undefined {
  if (side.kind !== "column" || value.kind === "column") return undefined;
  const isNull = value.kind === "constant" ? value.value === null : value.of.nullable;
  const isOptional = value.kind === "argument" && value.optional;
  return isOptional || (isNull && side.column.nullable) ? undefined : side.column;
}
