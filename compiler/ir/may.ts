import type { Place } from "../manifest/place.ts";
import type { Condition } from "./condition.ts";
import { show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { nativeVerb } from "./foreignRules.ts";
import { isResultTable } from "./measure.ts";
import type { RuleVerb, Table } from "./table.ts";

const ruleVerbs: readonly RuleVerb[] = ["read", "create", "update", "delete"];

/** `may: read`: the caller may do that to the row, by the rules of its table. Says where there are none to ask. */
export function lowerMay(value: unknown, table: Table, place: Place, { report }: BodyContext): Condition | undefined {
  const verb = ruleVerbs.find((known) => known === value);
  if (verb === undefined) {
    if (typeof value !== "string") return report("may/verb", place, [show(value)]);
    const native = nativeVerb(value);
    return report("may/verb", place, [show(value)], {
      ...(native
        ? { hint: `It is called "${native}" here.`, replace: native }
        : { suggest: [value, ruleVerbs] as const }),
    });
  }
  if (!table.rules || isResultTable(table))
    return report("may/no-rules", place, [table.name], {
      at: "key",
      hint: `Give the table "rules", or write {} for any row.`,
    });
  if (table.rules[verb].grants.length === 0) return report("may/never", place, [table.name, verb]);
  return { kind: "may", table, verb };
}
