import fc from "fast-check";
import { expect, test } from "vitest";
import { chains, type Target, walk } from "../migrate/chain.ts";
import { startWorker } from "./workerd.ts";

const config = { compatibility_date: "2026-10-01", d1_databases: [{ binding: "DB" }] };
const script = "export default { fetch: () => new Response() }";

/** D1 in workerd, empty. */
async function withD1<T>(use: (target: Target) => Promise<T>): Promise<T> {
  const { database, stop } = await startWorker(script, config);
  try {
    return await use({
      all: async (sql) => (await database.prepare(sql).all()).results as Awaited<ReturnType<Target["all"]>>,
      batch: async (statements) => {
        if (statements.length > 0) await database.batch(statements.map((sql) => database.prepare(sql)));
      },
    });
  } finally {
    await stop();
  }
}

test("a chain of manifests on D1 keeps every row that it can keep, and ends as a fresh database would", async () => {
  let taken = 0;
  const property = fc.asyncProperty(chains(8), async (steps) => {
    taken += (await withD1((target) => walk(target, steps))).taken;
  });
  await fc.assert(property, { numRuns: Number(process.env.RUNS ?? 12), endOnFailure: true });
  expect(taken).toBeGreaterThan(10);
}, 300_000);
