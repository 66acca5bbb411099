import type { D1Database } from "@cloudflare/workers-types";
import { readSeed, type SeedRow } from "../../compiler/cli/seedRows.ts";
import { resetRows } from "../../compiler/cli/test/resetRows.ts";
import type { App } from "../../compiler/ir/app.ts";
import type { Rows } from "./scenario.ts";

/** The rows of a served spec. */
export interface Data {
  /** Leaves nothing but these rows, in tables that count from the beginning. */
  reset(rows: Rows): Promise<void>;
  /** The same with rows that are read already. */
  begin(rows: readonly SeedRow[]): Promise<void>;
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
  const begin = resetRows(app, database);
  return {
    begin,
    async reset(rows) {
      const key = JSON.stringify(rows);
      const read = seeds.get(key) ?? readRows(app, rows);
      seeds.set(key, read);
      await begin(read);
    },
  };
}
