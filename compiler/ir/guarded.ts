import type { Place } from "../manifest/place.ts";
import { type Caller, readableBy } from "./heldBy.ts";
import type { ReportExtras } from "./report.ts";
import type { Column, Table } from "./table.ts";
import type { LiteralContext } from "./texts.ts";

/** Of whom nothing is known. */
const anybody: Caller = { auth: "public" };

/**
 * Whether a column may be used in a way that tells of it whatever row it is on: to order, to group, to reckon. Says that it has a guard,
 * unless all who call may read it.
 *
 * @param use what is not done with it: `ordered by`
 */
export function isOpen(
  column: Column,
  use: string,
  place: Place,
  { caller, report }: Pick<LiteralContext, "caller" | "report">,
  extras: ReportExtras = {},
): boolean {
  if (readableBy(column, caller ?? anybody) === "always") return true;
  report("guard/use", place, [column.name, use], {
    ...extras,
    hint: 'Let only roles call this that may always read it, or say "as: system" and "because".',
  });
  return false;
}

/** Whether nobody who calls may ever read a column, so that it is in no result. */
export function isHidden(column: Column, { caller }: Pick<LiteralContext, "caller">): boolean {
  return readableBy(column, caller ?? anybody) === "never";
}

/** What callers may read of a row, on some rows at least. */
export function visibleColumns({ columns }: Table, context: Pick<LiteralContext, "caller">): readonly Column[] {
  return [...columns.values()].filter((column) => !column.secret && !isHidden(column, context));
}
