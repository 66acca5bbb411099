import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { longest } from "../../compiler/limits/statements.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { RowsOperation } from "../../runtime/server/plan.ts";
import { type RunningWorker, startWorker } from "../conformance/workerd.ts";
import { appOf } from "../plan/manifest.ts";

/* What D1 would refuse when an operation is called is refused when it is compiled, and what it takes is not. */

const columns = Array.from({ length: 90 }, (_, n) => `c${n}`);
const select = (names: readonly string[]) => `select: [${names.join(", ")}]`;
const nest = (depth: number, names: readonly string[]): string =>
  depth === 0
    ? `{ ${select(names)} }`
    : `{ ${select(names)}, limit: 1, with: { children: ${nest(depth - 1, names)}, parent: true } }`;
const narrow = (depth: number) =>
  `{ list: nodes, limit: 1, select: [id], with: { children: ${nest(depth, ["id", "price"])} } }`;
const wide = (depth: number) => `{ list: nodes, limit: 1, select: [id], with: { children: ${nest(depth, columns)} } }`;
const summed = (terms: number) =>
  `{ update: nodes, where: { id: 1 }, set: { amount: { expr: "${Array(terms).fill("amount").join(" + ")}" } } }`;
const compared = (times: number) =>
  `{ args: { id: integer }, list: nodes, where: { any: [${Array(times).fill("{ amount: $args.id }").join(", ")}] } }`;

const manifest = (operations: string) => `
tables:
  nodes:
    columns: { id: integer, price: decimal?, amount: integer, ${columns.map((name) => `${name}: boolean?`).join(", ")} }
    relations: { parent: { one: nodes, optional: true, index: true }, children: { many: nodes } }
${operations}`;

function refusals(operations: string): readonly string[] {
  const text = `appflare: 1\nname: limits\ndefaults: { auth: public }\n${manifest(operations)}`;
  const { diagnostics, generated } = compile("appflare.yaml", () => new TextEncoder().encode(text), {
    existing: () => undefined,
    migrations: [],
    fromManifest: "generated",
    toManifest: "..",
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(generated === undefined).toBe(errors.length > 0);
  return errors.map(({ code, span: { source, start, end } }) => `${code} at ${source.text.slice(start, end)}`);
}

describe("nests", () => {
  let worker: RunningWorker;
  const depths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14];
  const queries = depths.flatMap((depth) => [`  narrow${depth}: ${narrow(depth)}`, `  wide${depth}: ${wide(depth)}`]);
  const app = appOf(manifest(`queries:\n${queries.join("\n")}`));

  beforeAll(async () => {
    worker = await startWorker("export default { fetch: () => new Response(null) };", {
      compatibility_date: "2026-10-01",
      d1_databases: [{ binding: "DB" }],
    });
    for (const statement of createDatabase(databaseOf(app))) await worker.database.prepare(statement).run();
  });
  afterAll(() => worker?.stop());

  test.each(["narrow", "wide"])("that are %s are refused where D1 refuses them", async (name) => {
    const d1: D1Database = worker.database;
    const verdicts = depths.map(async (depth) => {
      const { sql } = planOperation(app.operations.get(`${name}${depth}`)!, app) as RowsOperation;
      const { text, values } = longest(sql);
      const taken = d1
        .prepare(text)
        .bind(...Array(values).fill(1))
        .all();
      return taken.then(
        () => "taken",
        () => "refused",
      );
    });
    const said = depths.map((depth) => {
      const query = name === "narrow" ? narrow(depth) : wide(depth);
      return refusals(`queries:\n  nodes/of: ${query}`).length === 0 ? "taken" : "refused";
    });
    expect(said).toEqual(await Promise.all(verdicts));
    expect(new Set(said)).toEqual(new Set(["taken", "refused"]));
  });
});

test("a formula of more than a hundred terms is too deep, and one of ninety is not", () => {
  expect(refusals(`mutations:\n  nodes/sum: ${summed(110)}`)).toEqual(["operation/too-deep at update"]);
  expect(refusals(`mutations:\n  nodes/sum: ${summed(90)}`)).toEqual([]);
});

test("a statement of more than 100 KB is too long", () => {
  expect(refusals(`queries:\n  nodes/of: ${wide(14)}`)).toEqual(["operation/too-long at list"]);
});

test("a statement takes a hundred values", () => {
  // the limit of rows stands in the text
  expect(refusals(`queries:\n  nodes/of: ${compared(101)}`)).toEqual(["operation/too-many-values at list"]);
  expect(refusals(`queries:\n  nodes/of: ${compared(100)}`)).toEqual([]);
});

test("what a step does is refused at the step", () => {
  expect(refusals(`mutations:\n  nodes/sum: { steps: { sum: ${summed(110)} } }`)).toEqual([
    "operation/too-deep at sum",
  ]);
});
