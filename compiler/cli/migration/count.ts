import type { D1Database } from "@cloudflare/workers-types";
import type { Finding } from "../../migrate/finding.ts";
import type { Counted } from "../../migrate/report.ts";

/** How many rows each finding concerns. A database that is not at the last version cannot tell. */
export async function countRows(database: D1Database, findings: readonly Finding[]): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const finding of findings) {
    const rows = await database
      .prepare(finding.count)
      .all<{ [column: string]: number }>()
      .then(
        ({ results }) => Object.values(results[0]!)[0],
        () => undefined,
      );
    counted.push({ finding, rows });
  }
  return counted;
}
