import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { constraintsOf } from "../../compiler/plan/constraints.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { Args } from "../../runtime/server/args.ts";
import { type D1Binding, d1 } from "../../runtime/server/d1.ts";
import type { Database } from "../../runtime/server/database.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { BatchOperation } from "../../runtime/server/plan.ts";
import { closeConnections, send } from "./http.ts";
import { type SpecServer, startSpec } from "./specServer.ts";

/* What no single call shows: steps under many callers at once, and batches that break off anywhere. */

let server: SpecServer;
beforeAll(async () => {
  server = await startSpec("shop", "steps");
});
afterAll(async () => {
  closeConnections();
  await server?.stop();
});

const post = async (path: string, args: Args) => {
  const { status, text } = await send(server.url, {
    method: "POST",
    path: `/mutations/${path}`,
    body: JSON.stringify(args),
  });
  return { status, body: JSON.parse(text) };
};

test("many callers at once never overdraw, and every cent is booked", async () => {
  await server.data.reset({ wallets: [{ id: "alice", balance: "10.00" }, { id: "bob" }] });
  const transfer = { from: "alice", to: "bob", amount: "0.30" };
  const answers = await Promise.all(Array.from({ length: 50 }, () => post("wallets/transfer", transfer)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(17);
  for (const { status, body } of refused) expect([status, body.error.code]).toEqual([422, "no_funds"]);
  const left = answers.flatMap(({ status, body }) => (status === 200 ? [Number(body.debit.balance)] : []));
  expect(left.sort((a, b) => b - a)).toEqual(Array.from({ length: 33 }, (_, index) => (970 - index * 30) / 100));
  const { text } = await send(server.url, { method: "GET", path: "/queries/wallets/list" });
  expect(JSON.parse(text)).toEqual([
    { id: "alice", balance: "0.10", movements: 33 },
    { id: "bob", balance: "9.90", movements: 33 },
  ]);
});

test("many callers at once never sell what is not there", async () => {
  await server.data.reset({ stock: [{ id: 1, sku: "A-1", quantity: 5 }] });
  const order = (number: number) => ({ number, buyer: "Ann", lines: [{ sku: "A-1", quantity: 2 }] });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => post("orders/place", order(number))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  const { text } = await send(server.url, { method: "GET", path: "/queries/stock/list" });
  expect(JSON.parse(text)).toEqual([{ sku: "A-1", quantity: 1, reserved: 4 }]);
});

test("what fails afterwards is said in the log, with the request's id", async () => {
  await server.data.reset({ stock: [{ id: 1, sku: "A-1", quantity: 5 }] });
  const order = {
    number: 1,
    buyer: "A name that is longer than a notice may be long",
    lines: [{ sku: "A-1", quantity: 1 }],
  };
  const { status } = await send(server.url, {
    method: "POST",
    path: "/mutations/orders/place",
    headers: { "x-request-id": "afterwards-1" },
    body: JSON.stringify(order),
  });
  expect(status).toBe(200);
  await expect
    .poll(() => server.log.filter((line) => line.includes("afterwards-1")).join("\n"))
    .toContain("notices/add, which runs after request afterwards-1, failed");
});

describe("a batch that breaks off leaves the database as it was, wherever that happens", () => {
  const order = "01900000-0000-7000-8000-000000000001";
  const rows = {
    stock: [
      { id: 1, sku: "A-1", quantity: 5 },
      { id: 2, sku: "B-1", quantity: 5 },
    ],
    orders: [{ id: order, number: 1, buyer: "Ann" }],
    orderLines: [
      { id: 1, orderId: order, sku: "A-1", quantity: 1, price: "1.00" },
      { id: 2, orderId: order, sku: "B-1", quantity: 1, price: "1.00" },
    ],
    wallets: [{ id: "alice", balance: "10.00" }, { id: "bob" }],
  };
  const calls: readonly (readonly [operation: string, args: Args])[] = [
    [
      "orders/place",
      {
        number: 2,
        buyer: "Bob",
        lines: [
          { sku: "A-1", quantity: 1 },
          { sku: "B-1", quantity: 2, price: "1" },
        ],
      },
    ],
    ["orders/cancel", { id: order }],
    ["orders/copy", { id: order, number: 3 }],
    ["wallets/transfer", { from: "alice", to: "bob", amount: "1.00" }],
    [
      "stock/receive",
      {
        items: [
          { sku: "A-1", quantity: 1 },
          { sku: "N-1", quantity: 1 },
          { sku: "A-1", quantity: 2 },
        ],
      },
    ],
  ];
  const stop = { sql: `INSERT INTO "_af_guard" ("code") VALUES ('_af:conflict:here')`, params: [] };

  /** Everything in the database, the runtime's own tables too. */
  async function contents(): Promise<string> {
    const tables = await server.database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name")
      .all<{ name: string }>();
    const all = tables.results
      .filter(({ name }) => !name.startsWith("_cf_"))
      .map(({ name }) => server.database.prepare(`SELECT * FROM "${name}"`));
    return JSON.stringify((await server.database.batch(all)).map(({ results }) => results));
  }

  test.each(calls)("%s", async (name, args) => {
    await server.data.reset(rows);
    const { app } = server;
    const run = executor(planOperation(app.operations.get(name)!, app) as BatchOperation);
    const real = d1(server.database as unknown as D1Binding);
    const call = (database: Database) =>
      run({ args, now: 0, generated: new Map(), database, constraints: constraintsOf(app) });
    const before = await contents();
    let size = 0;
    for (let at = 0; at === 0 || at <= size; at += 1) {
      const broken: Database = {
        ...real,
        batch: (statements) => {
          size = statements.length;
          return real.batch([...statements.slice(0, at), stop, ...statements.slice(at)]);
        },
      };
      await expect(call(broken), `broken off before statement ${at}`).rejects.toMatchObject({ code: "conflict" });
      expect(await contents(), `broken off before statement ${at}`).toBe(before);
    }
    expect(size).toBeGreaterThan(2);
    await call(real);
    expect(await contents()).not.toBe(before);
    const kept = await server.database.prepare('SELECT * FROM "_af_steps"').all();
    expect(kept.results, "nothing is kept beyond the batch").toEqual([]);
  });
});
