import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { App } from "../ir/app.ts";
import type { Span } from "../source/span.ts";
import { compareDatabases, type Obstacle } from "./changes.ts";
import type { DatabaseSchema } from "./schema.ts";
import { readSnapshot, snapshotPath } from "./snapshot.ts";

interface Existing {
  /** the text of `snapshot.json`, if it is there */
  readonly snapshot: string | undefined;
  /** names of the migrations that exist */
  readonly migrations: readonly string[];
}

/**
 * What the migrations that exist cannot lead to: one warning for each change that is more than adding.
 *
 * @param beginning the place of what the manifest no longer has
 * @param startOver what to do where the data does not matter
 */
export function migrationWarnings(
  app: App,
  database: DatabaseSchema,
  { snapshot, migrations }: Existing,
  beginning: Span,
  startOver: string,
): Diagnostic[] {
  if (migrations.length === 0) return [];
  const before = snapshot === undefined ? undefined : readSnapshot(snapshot);
  const extras = { severity: "warning", hint: startOver } as const;
  if (!before) return [diagnostic("migration/no-snapshot", beginning, [snapshotPath], extras)];
  return compareDatabases(before, database).obstacles.map((obstacle) => {
    const { what, span } = describe(app, obstacle, beginning);
    return diagnostic("migration/not-additive", span, [what], extras);
  });
}

/** An obstacle in the manifest's names, as far as the manifest still has them. */
function describe(app: App, { table: sqlName, column, what }: Obstacle, beginning: Span): { what: string; span: Span } {
  const table = [...app.tables.values()].find((candidate) => candidate.sqlName === sqlName);
  if (!table) return { what: `Table "${sqlName}" ${what}`, span: beginning };
  if (column === undefined) return { what: `Table "${table.name}" ${what}`, span: table.place.keySpan };
  const known = [...table.columns.values()].find((candidate) => candidate.sqlName === column);
  return { what: `Column "${table.name}.${known?.name ?? column}" ${what}`, span: (known ?? table).place.keySpan };
}
