import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";

/** wrangler's own table, so that `wrangler d1 migrations apply` and this agree on what has run. */
const createApplied =
  "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, " +
  "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

/** What was applied; `problem` tells why one was not, and then none behind it was. */
export interface Migrated {
  readonly applied: readonly string[];
  readonly problem?: string;
}

/** Applies the migrations of a folder that have not run yet, each whole or not at all. */
export async function migrate(database: D1Database, folder: string): Promise<Migrated> {
  const { unstable_splitSqlQuery: split } = await import("wrangler");
  await database.prepare(createApplied).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const done = new Set(results.map(({ name }) => name));
  const applied: string[] = [];
  for (const name of migrationNames(folder).filter((name) => !done.has(name))) {
    const statements = split(readFileSync(join(folder, name), "utf8")).map((sql) => database.prepare(sql));
    const record = database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name);
    try {
      await database.batch([...statements, record]);
    } catch (error) {
      return { applied, problem: `Migration ${name} failed: ${reason(error)}` };
    }
    applied.push(name);
  }
  return { applied };
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
