import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Changes } from "../../migrate/changes.ts";
import { type Counted, obstacles, reportObstacles } from "../../migrate/report.ts";
import { snapshotPath } from "../../migrate/snapshot.ts";
import { applyWrites } from "../../write/apply.ts";
import type { Io } from "../io.ts";
import { compileProject, type Project, type Result, readText, shownPath } from "../project.ts";
import { showDiagnostics } from "../show.ts";
import { countRows } from "./count.ts";
import { driftOf } from "./evolve.ts";
import { withLocalDatabase } from "./localPlatform.ts";
import { lastSnapshot, type Next, nextMigration, planWithMigration } from "./next.ts";

/**
 * Compiles, and says what is wrong; that migrations are missing is no fault where they are about to be written.
 *
 * @param show errors alone, where the manifest is only read
 */
export function compileForMigration(project: Project, io: Io, show = showDiagnostics): Result | undefined {
  const compiled = compileProject(project);
  const diagnostics = withoutMissing(compiled);
  show(io, diagnostics);
  return diagnostics.some(({ severity }) => severity === "error") ? undefined : compiled;
}

/** Diagnostics where the database follows at once: a database that is behind is none, one that cannot be told is an error. */
export function withoutMissing({ diagnostics }: Result): Result["diagnostics"] {
  return diagnostics
    .filter(({ code }) => code !== "migration/behind")
    .map((found) => (found.code === "migration/no-snapshot" ? { ...found, severity: "error" } : found));
}

export interface Wish {
  /** what the file shall be called */
  readonly name?: string | undefined;
  readonly allowDestructive: boolean;
  /** where the local database is whose rows may be counted */
  readonly state?: string;
}

/** The next migration, if it may be written; says why not. */
export async function planNext(project: Project, compiled: Result, wish: Wish, io: Io): Promise<Next | undefined> {
  const before = lastSnapshot(project);
  if (!before) return {};
  const next = await nextMigration(project, before, compiled.database!, wish.name);
  const { problem, refused } = next.changes ? await refusals(project, compiled, next.changes, wish) : nothing;
  showDiagnostics(io, refused);
  for (const text of [next.problem, problem]) if (text !== undefined) io.err(`${text}\n`);
  return refused.length === 0 && next.problem === undefined && problem === undefined ? next : undefined;
}

interface Refusals {
  readonly problem?: string | undefined;
  readonly refused: Result["diagnostics"];
}

const nothing: Refusals = { refused: [] };

/** What stands in the way. The local database is asked for its rows where there is one, and whether it is what made it. */
async function refusals(
  project: Project,
  { app, beginning }: Result,
  changes: Changes,
  { allowDestructive, state }: Wish,
): Promise<Refusals> {
  const { findings } = changes;
  const report = (counted: readonly Counted[]): Result["diagnostics"] =>
    reportObstacles(app!, changes, obstacles(counted, { anywhere: true, allowDestructive }), beginning!);
  if (state === undefined || !existsSync(state) || !existsSync(join(project.folder, "wrangler.jsonc")))
    return { refused: report(findings.map((finding) => ({ finding, rows: undefined }))) };
  return withLocalDatabase(project, app!, state, async (database) => ({
    problem: await driftOf(database, join(project.out, "migrations")),
    refused: report(await countRows(database, findings)),
  }));
}

/**
 * Writes the next migration and all else that is generated, and has it applied. When that fails the migration is taken back: history
 * is made of those that ran.
 */
export async function writeAndApply(
  project: Project,
  compiled: Result,
  next: Next,
  io: Io,
  apply: () => Promise<boolean>,
): Promise<boolean> {
  const snapshot = join(project.out, snapshotPath);
  const before = readText(snapshot);
  applyWrites(planWithMigration(project, compiled, next), project.out);
  if (!next.file) return apply();
  const file = join(project.out, next.file.path);
  io.out(`wrote ${shownPath(project, file)}\n`);
  let isApplied = false;
  try {
    isApplied = await apply();
  } finally {
    if (!isApplied) {
      rmSync(file, { force: true });
      writeFileSync(snapshot, before!);
      io.err(`${shownPath(project, file)} was taken back.\n`);
    }
  }
  return isApplied;
}
