import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";
import { constraintsOf } from "../../compiler/plan/constraints.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { Database, Row } from "../../runtime/server/database.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { RowsOperation } from "../../runtime/server/plan.ts";
import { appOf } from "../plan/manifest.ts";
import { type RunningWorker, startWorker } from "./workerd.ts";

/*
 * What D1 allows and SQLite elsewhere does not ask for: expressions at most 100 deep, where those within sub-selects add up; functions of at
 * most 32 arguments. Nests of a size that a person writes have to stay below.
 */

const nest = (depth: number): string =>
  depth === 0
    ? "{ select: [id, price, at], limit: 2 }"
    : `{ select: [id], limit: 2, with: { children: ${nest(depth - 1)}, parent: true } }`;
const quantifiers = ["some", "every", "none"];
const quantified = (depth: number): string =>
  depth === 0 ? "{ id: { gt: 0 } }" : `{ children: { ${quantifiers[depth % 3]}: ${quantified(depth - 1)} } }`;
const upwards = (depth: number): string => (depth === 0 ? "{ id: 1 }" : `{ parent: ${upwards(depth - 1)} }`);
const negated = (depth: number): string =>
  depth === 0 ? "{ id: 1 }" : `{ not: { any: [${negated(depth - 1)}, { id: 9 }] } }`;

const app = appOf(`
tables:
  nodes:
    columns: { id: integer, price: decimal?, at: timestamp?, done: boolean?, photo: bytes?, ${Array.from({ length: 90 }, (_, n) => `c${n}: boolean?`).join(", ")} }
    relations: { parent: { one: nodes, optional: true, index: true }, children: { many: nodes } }
queries:
  wide: { list: nodes }
  nested: { list: nodes, select: [id], with: { children: ${nest(8)} } }
  quantified: { list: nodes, select: [id], where: ${quantified(14)} }
  upwards: { list: nodes, select: [id], where: ${upwards(20)} }
  negated: { list: nodes, select: [id], where: ${negated(14)} }
  listed: { list: nodes, select: [id], where: { any: [${Array.from({ length: 300 }, (_, n) => `{ id: ${n}, done: null }`).join(", ")}] } }
`);

const idle = "export default { fetch: () => new Response(null) };";

describe("D1 takes", () => {
  let worker: RunningWorker;
  let database: Database;
  beforeAll(async () => {
    worker = await startWorker(idle, { compatibility_date: "2026-10-01", d1_databases: [{ binding: "DB" }] });
    const d1: D1Database = worker.database;
    for (const statement of createDatabase(databaseOf(app))) await d1.prepare(statement).run();
    await d1.prepare("INSERT INTO nodes (id, parent_id, price) VALUES (1, NULL, -5), (2, 1, NULL), (3, 2, NULL)").run();
    const run = async ({ sql, params }: { sql: string; params: readonly unknown[] }) =>
      (
        await d1
          .prepare(sql)
          .bind(...params)
          .all<Row>()
      ).results;
    database = { run, batch: (statements) => Promise.all(statements.map(run)) };
  });
  afterAll(() => worker?.stop());

  async function call(name: string) {
    const plan = planOperation(app.operations.get(name)!, app) as RowsOperation;
    const constraints = constraintsOf(app);
    return JSON.parse(await executor(plan)({ args: {}, now: 0, generated: new Map(), database, constraints }));
  }

  test("rows of nearly a hundred columns", async () => {
    const rows = await call("wide");
    expect(Object.keys(rows[0])).toHaveLength(96);
    expect(rows[0]).toMatchObject({ id: 1, price: "-0.05", c89: null, parentId: null });
  });

  test("rows nested ten deep", async () => {
    const [first] = await call("nested");
    expect(first).toMatchObject({
      id: 1,
      children: [{ id: 2, parent: { id: 1, price: "-0.05" }, children: [{ id: 3, children: [] }] }],
    });
  });

  test.each([
    ["quantified", [1, 3]],
    ["upwards", []],
    ["negated", [1]],
    ["listed", [1, 2, 3]],
  ])("conditions: %s", async (name, ids) => {
    expect((await call(name)).map(({ id }: { id: number }) => id)).toEqual(ids);
  });
});
