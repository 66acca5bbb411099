import { DatabaseSync } from "node:sqlite";
import type { D1Binding } from "../../runtime/server/d1.ts";

/** D1 answers with bytes as a list of numbers. */
const asD1 = (value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value);

/** A D1 binding over SQLite in memory, with errors that read as D1's do. */
export function fakeD1(schema: string): D1Binding & { readonly log: { sql: string; params: readonly unknown[] }[] } {
  const database = new DatabaseSync(":memory:");
  database.exec(schema);
  const log: { sql: string; params: readonly unknown[] }[] = [];
  const codes: { readonly [code: number]: string } = {
    275: "SQLITE_CONSTRAINT_CHECK",
    787: "SQLITE_CONSTRAINT_FOREIGNKEY",
    1299: "SQLITE_CONSTRAINT_NOTNULL",
    1811: "SQLITE_CONSTRAINT_TRIGGER",
  };

  function run(sql: string, params: readonly unknown[]): unknown[] {
    log.push({ sql, params });
    try {
      const bound = params.map((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value));
      return database.prepare(sql).all(...(bound as never[]));
    } catch (error) {
      const { message, errcode } = error as Error & { errcode: number };
      throw new Error(`D1_ERROR: ${message}: SQLITE_CONSTRAINT (extended: ${codes[errcode] ?? errcode})`);
    }
  }

  const prepare = (sql: string, params: readonly unknown[] = []) => ({
    sql,
    params,
    bind: (...values: readonly unknown[]) => prepare(sql, values),
    all: async () => ({ results: run(sql, params) }),
    run: async () => ({ results: run(sql, params) }),
    raw: async () => run(sql, params).map((row) => Object.values(row as object).map(asD1)),
  });

  return {
    log,
    prepare: prepare as D1Binding["prepare"],
    batch: async (statements) => {
      database.exec("BEGIN");
      try {
        const answers = (statements as unknown as { sql: string; params: readonly unknown[] }[]).map(
          ({ sql, params }) => ({
            results: run(sql, params),
          }),
        );
        database.exec("COMMIT");
        return answers;
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
  };
}
