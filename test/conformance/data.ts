import type { D1Database } from "@cloudflare/workers-types";
import { seedDatabase } from "../../compiler/cli/seedDatabase.ts";
import { readSeed } from "../../compiler/cli/seedRows.ts";
import type { App } from "../../compiler/ir/app.ts";
import { internalTables } from "../../compiler/migrate/internal.ts";
import { quoteName } from "../../compiler/plan/quote.ts";
import type { Rows } from "./scenario.ts";

/** The rows of a served spec. */
export interface Data {
  /** Leaves nothing but these rows, in tables that count from the beginning. */
  reset(rows: Rows): Promise<void>;
}

/** Row by row as `appflare seed` writes them. */
function readRows(app: App, rows: Rows) {
  const bytes = new TextEncoder().encode(JSON.stringify(rows));
  const { rows: read, diagnostics } = readSeed(app, "seed", bytes);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return read;
}

export function dataOf(app: App, database: D1Database): Data {
  const seeds = new Map<string, ReturnType<typeof readRows>>();
  const tables = [...app.tables.values()];
  const clear = [
    "PRAGMA defer_foreign_keys = on",
    ...[...tables.map(({ sqlName }) => sqlName), ...internalTables].map((name) => `DELETE FROM ${quoteName(name)}`),
  ].map((sql) => database.prepare(sql));
  if (tables.some(({ primaryKey }) => primaryKey[0]?.default?.kind === "count")) {
    clear.push(database.prepare("DELETE FROM sqlite_sequence WHERE name <> 'd1_migrations'"));
  }
  return {
    async reset(rows) {
      const key = JSON.stringify(rows);
      const read = seeds.get(key) ?? readRows(app, rows);
      seeds.set(key, read);
      await database.batch(clear);
      await seedDatabase(database, read);
    },
  };
}
