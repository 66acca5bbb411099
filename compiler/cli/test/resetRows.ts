import type { D1Database } from "@cloudflare/workers-types";
import type { App } from "../../ir/app.ts";
import { internalTables } from "../../migrate/internal.ts";
import { quoteName } from "../../plan/quote.ts";
import { seedDatabase } from "../seedDatabase.ts";
import type { SeedRow } from "../seedRows.ts";

/** Makes what leaves nothing but some rows in a database, in tables that count from the beginning. */
export function resetRows(app: App, database: D1Database): (rows: readonly SeedRow[]) => Promise<void> {
  const tables = [...app.tables.values()];
  const clear = [
    "PRAGMA defer_foreign_keys = on",
    ...[...tables.map(({ sqlName }) => sqlName), ...internalTables].map((name) => `DELETE FROM ${quoteName(name)}`),
  ].map((sql) => database.prepare(sql));
  if (tables.some(({ primaryKey }) => primaryKey[0]?.default?.kind === "count")) {
    clear.push(database.prepare("DELETE FROM sqlite_sequence WHERE name <> 'd1_migrations'"));
  }
  return async (rows) => {
    await database.batch(clear);
    await seedDatabase(database, rows);
  };
}
