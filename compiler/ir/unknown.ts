import type { Place } from "../manifest/place.ts";
import type { Lowering } from "./draft.ts";
import type { Report, ReportExtras } from "./report.ts";

/** Says that there is no such table. */
export function unknownTable({ report, unfinished }: Lowering, name: string, place: Place): undefined {
  return report("reference/unknown-table", place, [name], { suggest: [name, unfinished.keys()] });
}

/** Says that a table has no such column, nor anything else that could stand there. */
export function unknownColumn(
  report: Report,
  table: string,
  name: string,
  candidates: Iterable<string>,
  place: Place,
  { written, ...extras }: ReportExtras & { readonly written?: (candidate: string) => string } = {},
): undefined {
  return report("reference/unknown-column", place, [table, name], {
    ...(extras.hint === undefined && { suggest: [name, candidates, written] }),
    ...extras,
  });
}
