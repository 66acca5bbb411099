import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unstable_splitSqlQuery } from "wrangler";
import { MemoryDatabase, selectObjects } from "../../compiler/cli/migration/memory.ts";
import { planMigration } from "../../compiler/cli/migration/plan.ts";
import { check } from "../../compiler/compile.ts";
import { conversion } from "../../compiler/migrate/convert.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { describeChanges } from "../../compiler/migrate/describe.ts";
import { factsOf, type SchemaObject } from "../../compiler/migrate/facts.ts";
import { migrationFile } from "../../compiler/migrate/files.ts";
import type { DatabaseSchema } from "../../compiler/migrate/schema.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";
import { chains, type Target, walk } from "../migrate/chain.ts";
import { conversionCases } from "../migrate/conversions.ts";
import { specFolder } from "./scenario.ts";
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

/** The database of a spec, and the same where every table has one check more, which only building anew can add. */
function specSchemas(spec: string): [DatabaseSchema, DatabaseSchema] {
  const read = (path: string) =>
    existsSync(join(specFolder(spec), path)) ? readFileSync(join(specFolder(spec), path)) : undefined;
  const { app } = check("appflare.yaml", read);
  const before = databaseOf(app!);
  const always = { name: "always; END", sql: "'; --' <> ''" };
  return [
    before,
    { ...before, tables: before.tables.map((table) => ({ ...table, checks: [...table.checks, always] })) },
  ];
}

test.each(["taskboard", "places", "kitchen-sink", "hostile-names", "workspace"])(
  "%s: every table is built anew on D1 from the file that is written",
  async (spec) => {
    const [before, after] = specSchemas(spec);
    await withD1(async (target) => {
      await target.batch(createDatabase(before));
      const objects = async () => (await target.all(selectObjects)) as unknown as SchemaObject[];
      const { changes, statements, problem } = await planMigration(before, after, await objects());
      expect(problem).toBeUndefined();
      expect(changes.rebuilt).toHaveLength(before.tables.length);
      const { contents } = migrationFile(["0001_init.sql"], "anew", describeChanges(changes), statements);
      await target.batch(unstable_splitSqlQuery(contents));
      const fresh = await MemoryDatabase.open(createDatabase(after));
      expect(factsOf(await objects())).toEqual(factsOf(fresh.objects()));
    });
  },
);

test("values convert on D1, or are told apart from those that do not", async () => {
  const literal = (value: string | number) =>
    typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
  await withD1(async (target) => {
    for (const { from, to, kept, refused = [] } of conversionCases) {
      const name = `${from.kind} to ${to.kind}`;
      const { sql, fits = () => "1" } = conversion(from, to)!;
      const values = [...kept.map(([value]) => value), ...refused].map((value) => `(${literal(value)})`).join(", ");
      const rows = await target.all(
        `WITH v(x) AS (VALUES ${values}) SELECT ${fits("x")} AS fits, CASE WHEN ${fits("x")} THEN ${sql("x")} END AS became FROM v`,
      );
      expect(rows.slice(0, kept.length), name).toEqual(kept.map(([, became]) => ({ fits: 1, became })));
      for (const [at, { fits }] of rows.slice(kept.length).entries()) {
        // NOT (fits) has to hold as well: null would slip through both
        expect(fits, `${name}: ${refused[at]}`).toBe(0);
      }
    }
  });
});
