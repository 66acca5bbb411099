import { join } from "node:path";
import type { Changes } from "../../migrate/changes.ts";
import { describeChanges } from "../../migrate/describe.ts";
import { type MigrationFile, migrationFile, titleOf } from "../../migrate/files.ts";
import type { DatabaseSchema } from "../../migrate/schema.ts";
import { printSnapshot, readSnapshot, sameDatabase, snapshotPath } from "../../migrate/snapshot.ts";
import type { WritePlan } from "../../write/plan.ts";
import { migrationNames } from "../localDatabase.ts";
import { type Project, planFiles, type Result, readText } from "../project.ts";
import { planMigration } from "./plan.ts";
import { replay } from "./replay.ts";

/** The migration that is missing: nothing, where the last one leads to what the manifest says. */
export interface Next {
  readonly changes?: Changes;
  /** not there where only names changed that SQL does not know */
  readonly file?: MigrationFile;
  readonly problem?: string;
}

/**
 * Plans the migration that leads from the last one to what the manifest says.
 *
 * @param before what the migrations that exist lead to
 */
export async function nextMigration(
  project: Project,
  before: DatabaseSchema,
  after: DatabaseSchema,
  name: string | undefined,
): Promise<Next> {
  if (sameDatabase(before, after)) return {};
  const folder = join(project.out, "migrations");
  const names = migrationNames(folder);
  const replayed = await replay(folder, names);
  if ("problem" in replayed) return replayed;
  const { changes, statements, problem } = await planMigration(before, after, replayed.objects);
  if (problem !== undefined) return { changes, problem: `The migration does not run: ${problem}` };
  if (statements.length === 0) return { changes };
  const file = migrationFile(names, name ?? titleOf(changes), describeChanges(changes), statements);
  return { changes, file };
}

/** What the migrations that exist lead to; undefined where there are none, or nothing tells. */
export function lastSnapshot({ out }: Project): DatabaseSchema | undefined {
  return readSnapshot(readText(join(out, snapshotPath)));
}

/** Everything generated, and the next migration with its snapshot. */
export function planWithMigration(project: Project, { generated, database }: Result, { file }: Next): WritePlan {
  const others = generated!.filter(({ path }) => path !== snapshotPath);
  const snapshot = { path: snapshotPath, contents: printSnapshot(database!) };
  return planFiles(project, [...others, snapshot, ...(file ? [{ ...file, once: true as const }] : [])]);
}
