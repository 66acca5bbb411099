import type { Lowering } from "./draft.ts";
import { snakeCase } from "./names.ts";
import { lowerSql } from "./sqlExpressions.ts";

/** Gives every table its checks. */
export function lowerChecks({ unfinished, report, failed }: Lowering): void {
  for (const { table, manifest } of unfinished.values()) {
    for (const [name, written] of Object.entries(manifest.checks ?? {})) {
      const place = table.place.at("checks").at(name);
      const sql = lowerSql(written, table, place, report, failed);
      if (sql !== undefined) table.checks.push({ name, sqlName: `${table.sqlName}_${snakeCase(name)}`, sql, place });
    }
  }
}
