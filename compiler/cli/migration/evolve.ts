import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { App } from "../../ir/app.ts";
import { describeChanges } from "../../migrate/describe.ts";
import type { SchemaObject } from "../../migrate/facts.ts";
import { isGenerated } from "../../migrate/files.ts";
import { obstacles, reportObstacles } from "../../migrate/report.ts";
import type { DatabaseSchema } from "../../migrate/schema.ts";
import { printSnapshot, readSnapshot, sameDatabase } from "../../migrate/snapshot.ts";
import type { Span } from "../../source/span.ts";
import {
  appliedMigrations,
  type Migrated,
  migrationNames,
  reason,
  recordApplied,
  runMigrations,
} from "../localDatabase.ts";
import { countRows } from "./count.ts";
import { drift } from "./drift.ts";
import { selectObjects } from "./memory.ts";
import { type MigrationPlan, planMigration } from "./plan.ts";

/*
 * The local database follows the manifest, ahead of the migrations where it has to: it is changed in place, and keeps in a table of its
 * own what it looks like while no file says so. When `appflare migrate` has written the file, the database is told that it has run.
 */

/** Where a local database shall come to. */
export interface Goal {
  readonly app: App;
  readonly beginning: Span;
  readonly database: DatabaseSchema;
  /** what the migrations lead to; undefined where nothing tells */
  readonly snapshot: DatabaseSchema | undefined;
  /** the folder of the migrations */
  readonly folder: string;
  readonly allowDestructive: boolean;
}

export interface Evolved {
  /** migrations that have run, and changes that no migration holds yet, as a person reads them */
  readonly applied: readonly string[];
  readonly changed: readonly string[];
  /** what stood in the way; the database is as it was, except for `applied` */
  readonly problem?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** Brings a local database to what the manifest says, or tells what stands in the way. Nothing is lost unless that is allowed. */
export async function evolve(database: D1Database, goal: Goal): Promise<Evolved> {
  const done = await appliedMigrations(database);
  const pending = migrationNames(goal.folder).filter((name) => !done.includes(name));
  const drifted = await driftOf(database, goal.folder);
  if (drifted !== undefined) return { applied: [], changed: [], problem: drifted };
  const ahead = await readRecord(database);
  if (ahead) return leap(database, goal, ahead, pending);
  const { applied, problem } = await runMigrations(database, goal.folder, pending);
  if (problem !== undefined || !goal.snapshot)
    return { applied, changed: [], ...(problem !== undefined && { problem }) };
  return { ...(await leap(database, goal, goal.snapshot, [])), applied };
}

/**
 * Changes the database straight to what the manifest says. Migrations that appflare wrote meanwhile lead there too, so that they count as
 * run; those that were written by hand run afterwards.
 */
async function leap(
  database: D1Database,
  goal: Goal,
  before: DatabaseSchema,
  pending: readonly string[],
): Promise<Evolved> {
  const plan = await planMigration(before, goal.database, await objectsOf(database));
  if (plan.problem !== undefined)
    return { applied: [], changed: [], problem: `The change does not run: ${plan.problem}` };
  const found = obstacles(await countRows(database, plan.changes.findings), { ...goal, anywhere: false });
  const diagnostics = reportObstacles(goal.app, plan.changes, found, goal.beginning);
  if (diagnostics.length > 0) return { applied: [], changed: [], diagnostics };
  const generated = pending.filter((name) => isGenerated(readFileSync(join(goal.folder, name), "utf8")));
  const refused = await leapAtOnce(database, goal, plan, generated);
  if (refused !== undefined) return { applied: [], changed: [], problem: refused };
  const changed = describeChanges(plan.changes);
  const byHand: Migrated = await runMigrations(
    database,
    goal.folder,
    pending.filter((name) => !generated.includes(name)),
  );
  return { ...byHand, applied: [...generated, ...byHand.applied], changed: generated.length > 0 ? [] : changed };
}

/** In one transaction, with what the database tells of itself. */
async function leapAtOnce(
  database: D1Database,
  { database: after, snapshot }: Goal,
  { statements }: MigrationPlan,
  generated: readonly string[],
): Promise<string | undefined> {
  const isAhead = snapshot === undefined || !sameDatabase(snapshot, after);
  const record = isAhead
    ? [
        database.prepare('CREATE TABLE IF NOT EXISTS "_af_schema" ("snapshot" TEXT NOT NULL)'),
        database.prepare('DELETE FROM "_af_schema"'),
        database.prepare('INSERT INTO "_af_schema" ("snapshot") VALUES (?)').bind(printSnapshot(after)),
      ]
    : [database.prepare('DROP TABLE IF EXISTS "_af_schema"')];
  const applied = generated.map((name) => database.prepare(recordApplied).bind(name));
  try {
    await database.batch([...statements.map((sql) => database.prepare(sql)), ...record, ...applied]);
    return undefined;
  } catch (error) {
    return `The change failed, and nothing of it was done: ${reason(error)}`;
  }
}

/** Tells in what a local database is not what made it. */
export async function driftOf(database: D1Database, folder: string): Promise<string | undefined> {
  const done = await appliedMigrations(database);
  return drift(await objectsOf(database), await readRecord(database), folder, done);
}

/** What the database looks like where it is ahead of the migrations. */
async function readRecord(database: D1Database): Promise<DatabaseSchema | undefined> {
  const isThere = await database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_af_schema'").all();
  if (isThere.results.length === 0) return undefined;
  const { results } = await database.prepare('SELECT "snapshot" FROM "_af_schema"').all<{ snapshot: string }>();
  return readSnapshot(results[0]?.snapshot);
}

async function objectsOf(database: D1Database): Promise<SchemaObject[]> {
  const { results } = await database.prepare(selectObjects).all<SchemaObject>();
  return results.filter(({ name }) => name !== "d1_migrations" && name !== "_af_schema");
}
