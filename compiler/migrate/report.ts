import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { nearest } from "../diagnostics/suggest.ts";
import type { App } from "../ir/app.ts";
import type { Place } from "../manifest/place.ts";
import type { Span } from "../source/span.ts";
import { type Changes, compareDatabases } from "./changes.ts";
import { describeChanges } from "./describe.ts";
import type { Finding } from "./finding.ts";
import type { DatabaseSchema } from "./schema.ts";
import { printSnapshot, readSnapshot, snapshotPath } from "./snapshot.ts";

/** What the migrations that exist do not lead to yet, or why that cannot be told: a warning where `compile` writes none. */
export function migrationWarnings(
  database: DatabaseSchema,
  snapshot: string | undefined,
  migrations: readonly string[],
  beginning: Pick<Place, "span">,
): Diagnostic[] {
  if (migrations.length === 0 || snapshot === printSnapshot(database)) return [];
  const before = readSnapshot(snapshot);
  if (!before) return [diagnostic("migration/no-snapshot", beginning.span, [snapshotPath], { severity: "warning" })];
  const changes = describeChanges(compareDatabases(before, database));
  return changes.length === 0
    ? []
    : [diagnostic("migration/behind", beginning.span, [changes], { severity: "warning" })];
}

/** A finding, and how many rows it concerns; undefined where no database could be asked. */
export interface Counted {
  readonly finding: Finding;
  readonly rows: number | undefined;
}

/** What stands in the way of a migration. */
export interface Allowance {
  /** a file that may run anywhere, not just this one database whose rows were counted */
  readonly anywhere: boolean;
  readonly allowDestructive: boolean;
}

/** The findings that forbid a migration. Where it is for one database alone, what concerns no row of it is none. */
export function obstacles(found: readonly Counted[], { anywhere, allowDestructive }: Allowance): Counted[] {
  return found.filter(({ finding: { kind }, rows }) => {
    if (kind === "wrong") return true;
    if (kind === "loss" && allowDestructive) return false;
    return kind === "unfit" || !anywhere ? (rows ?? 0) > 0 : true;
  });
}

/** Obstacles as errors, at what the manifest says of them now. */
export function reportObstacles(app: App, changes: Changes, found: readonly Counted[], beginning: Span): Diagnostic[] {
  return found.map(({ finding, rows }) => {
    const { kind, table, column, what } = finding;
    const known = app.tables.get(table);
    const span = (known?.columns.get(column ?? "") ?? known)?.place.keySpan ?? beginning;
    const name = column === undefined ? `Table "${table}"` : `Column "${table}.${column}"`;
    const hint = kind === "loss" ? lossHint(changes, finding) : undefined;
    return diagnostic(`migration/${kind}`, span, [`${name} ${what}`, rows], hint === undefined ? {} : { hint });
  });
}

/** Perhaps it was only renamed. */
function lossHint({ added, dropped, pairs }: Changes, { table, column }: Finding): string | undefined {
  const columns = pairs.find(({ after }) => after.label === table)?.columns;
  const isTable = column === undefined && dropped.some(({ label }) => label === table);
  const candidates = isTable
    ? added.map(({ label }) => label)
    : (columns?.dropped.some(({ label }) => label === column) ? columns.added : []).map(({ label }) => label);
  const name = column ?? table;
  const likely = candidates.length === 1 ? candidates[0] : nearest(name, candidates);
  return likely === undefined ? undefined : `If it is called "${likely}" now, say "renamedFrom: ${name}" there.`;
}
