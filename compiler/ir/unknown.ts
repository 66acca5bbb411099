import { nearest } from "../diagnostics/suggest.ts";
import type { Place } from "../manifest/place.ts";
import { listed, quoted } from "../manifest/words.ts";
import type { Lowering } from "./draft.ts";
import { isResultTable } from "./measure.ts";
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
  const said = isResultTable({ name: table })
    ? (["aggregate/unknown-result", [name]] as const)
    : (["reference/unknown-column", [table, name]] as const);
  return report(said[0], place, said[1] as never, {
    ...extras,
    ...(extras.hint === undefined && suggestion()),
  });

  /** Results are few: where none is near, all are told. */
  function suggestion(): ReportExtras {
    const known = [...candidates];
    if (!isResultTable({ name: table }) || nearest(name, known)) return { suggest: [name, known, written] };
    return { hint: `There is ${listed(quoted(known))}.` };
  }
}
