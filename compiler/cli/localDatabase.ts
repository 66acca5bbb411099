import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { isEmpty } from "../migrate/files.ts";

/** wrangler's own table, so that `wrangler d1 migrations apply` and this agree on what has run. */
const createApplied =
  "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, " +
  "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

/** Marks a migration as applied. */
export const recordApplied = "INSERT INTO d1_migrations (name) VALUES (?)";

/** What was applied; `problem` tells why one was not, and then none behind it was. */
export interface Migrated {
  readonly applied: readonly string[];
  readonly problem?: string;
}

/** Applies the migrations of a folder that have not run yet, each whole or not at all. One that holds no SQL yet waits until it does. */
export async function migrate(database: D1Database, folder: string): Promise<Migrated> {
  const done = new Set(await appliedMigrations(database));
  return runMigrations(
    database,
    folder,
    migrationNames(folder).filter((name) => !done.has(name)),
  );
}

/** Applies some migrations of a folder, one after another. */
export async function runMigrations(database: D1Database, folder: string, names: readonly string[]): Promise<Migrated> {
  const applied: string[] = [];
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    if (isEmpty(text)) continue;
    const statements = (await splitStatements(text)).map((sql) => database.prepare(sql));
    const record = database.prepare(recordApplied).bind(name);
    try {
      await database.batch([...statements, record]);
    } catch (error) {
      return { applied, problem: `Migration ${name} failed, and nothing of it was done: ${reason(error)}` };
    }
    applied.push(name);
  }
  return { applied };
}

/** Names of the migrations that have run in a database, in the order of that; its list is made where there is none. */
export async function appliedMigrations(database: D1Database): Promise<string[]> {
  await database.prepare(createApplied).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** The statements of a file, as wrangler splits it. */
export async function splitStatements(text: string): Promise<string[]> {
  const { unstable_splitSqlQuery: split } = await import("wrangler");
  return split(text).filter((statement) => !isEmpty(statement));
}

/** The SQL files of a migrations folder, oldest first. */
export function migrationNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
}

/** D1 says the same thing twice: `D1_ERROR: no such table: x: SQLITE_ERROR`. */
export function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^D1_ERROR: /, "").replace(/: SQLITE_\w+.*$/, "");
}
