import type { Rule } from "./rule.ts";

/** D1's limit (https://developers.cloudflare.com/d1/platform/limits/). */
const MOST_COLUMNS = 100;

/** A table of more columns than the database takes. What is counted when it is asked for is no column there. */
export const tableWidths: Rule = ({ tables }, report) => {
  for (const { columns, place } of tables.values()) {
    const stored = [...columns.values()].filter(({ measured }) => !measured).length;
    if (stored > MOST_COLUMNS) report("table/too-many-columns", place, [stored, MOST_COLUMNS], { at: "key" });
  }
};
