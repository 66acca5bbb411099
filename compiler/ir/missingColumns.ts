import type { Place } from "../manifest/place.ts";
import type { Assignment } from "./assignment.ts";
import type { BodyContext } from "./context.ts";
import type { Column, Table } from "./table.ts";

/**
 * Whether a new row lacks what it must have. Says so.
 *
 * @param filled columns that a relation fills
 * @param place where the row is written
 */
export function missesColumns(
  table: Table,
  assignments: readonly Assignment[],
  filled: readonly Column[],
  place: Place,
  { report }: BodyContext,
): boolean {
  const missing = [...table.columns.values()].filter(
    (column) => !filled.includes(column) && isMissing(column, assignments),
  );
  if (missing.length === 0) return false;
  const optional = missing.filter((column) => assignments.some((assignment) => assignment.column === column));
  const names = missing.map(({ name }) => name);
  const hint = optional.length > 0 ? "An argument that may be absent is not enough." : undefined;
  report("write/missing-column", place, [names, table.name], { at: "key", hint });
  return true;
}

/** Whether an insert may leave a column without a value that it must have. */
function isMissing(column: Column, assignments: readonly Assignment[]): boolean {
  if (column.nullable || column.default !== undefined || column.computed) return false;
  const value = assignments.find((assignment) => assignment.column === column)?.value;
  return value === undefined || (value.kind === "argument" && value.optional);
}
