import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chains, type Target, walk } from "./chain.ts";

/** SQLite in memory, with foreign keys as D1 has them. */
function sqlite(): Target {
  const database = new DatabaseSync(":memory:", { enableForeignKeyConstraints: true });
  return {
    all: async (sql) => database.prepare(sql).all() as Awaited<ReturnType<Target["all"]>>,
    batch: async (statements) => {
      try {
        database.exec("BEGIN");
        for (const statement of statements) database.exec(statement);
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
  };
}

test("a chain of manifests keeps every row that it can keep, and ends as a fresh database would", async () => {
  const score = { taken: 0, refused: 0 };
  const property = fc.asyncProperty(chains(6), async (steps) => {
    const { taken, refused } = await walk(sqlite(), steps);
    score.taken += taken;
    score.refused += refused;
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 150) });
  expect(score.taken).toBeGreaterThan(score.refused);
  expect(score.refused).toBeGreaterThan(10);
}, 120_000);
