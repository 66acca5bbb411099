import type { Measure } from "../ir/table.ts";
import { type Change, change, inNew } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { conditionText, type Naming } from "./conditionText.ts";
import { keyed, pair } from "./pairs.ts";

/** Measures that both have; what is measured on one side only is told of the result. */
export function measureChanges(
  before: readonly Measure[],
  after: readonly Measure[],
  subject: string,
  { after: operation, matching }: Comparison,
): readonly Change[] {
  const byName = (measures: readonly Measure[]) => keyed(measures, ({ column }) => column.name);
  return pair(byName(before), byName(after)).kept.flatMap(([was, is]) => {
    const [old, now] = [was, is].map((measure) => measureText(measure, matching.nameOf)) as [string, string];
    const inner = `${subject}.${is.column.name}`;
    return old === now ? [] : [change("operation/measure", inner, inNew(operation), [inner, old, now])];
  });
}

/** `sum points where done = false` */
function measureText({ fn, of, distinct, where }: Measure, name: Naming): string {
  const way = of ? [...of.rows, ...of.ones, ...(of.column ? [of.column] : [])].map(name).join(".") : "all";
  return `${fn} ${distinct ? "distinct " : ""}${way}${where ? ` where ${conditionText(where, name)}` : ""}`;
}
