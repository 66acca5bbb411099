import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closeConnections, send } from "./http.ts";
import { type SpecServer, startSpec } from "./specServer.ts";

/* `Idempotency-Key` in workerd, on the entries of kitchen-sink: single writes and handlers. */

let server: SpecServer;
beforeAll(async () => {
  server = await startSpec("kitchen-sink", "idempotency");
});
afterAll(async () => {
  closeConnections();
  await server?.stop();
});
beforeEach(() =>
  server.data.reset({
    entries: [
      { id: 1, title: "one", amount: "10.00" },
      { id: 2, title: "two", amount: "0.00" },
    ],
  }),
);

async function call(operation: string, args: object, key?: string) {
  const headers = key === undefined ? {} : { "idempotency-key": key };
  const path = `/mutations/${operation}`;
  const answer = await send(server.url, { method: "POST", path, headers, body: JSON.stringify(args) });
  const { [`idempotency-replayed`]: replayed } = answer.headers;
  return { status: answer.status, body: JSON.parse(answer.text), replayed: replayed === "true" };
}

async function scalar(sql: string): Promise<unknown> {
  const { results } = await server.database.prepare(`SELECT (${sql}) AS value`).all<{ value: unknown }>();
  return results[0]!.value;
}

const entries = () => scalar("SELECT count(*) FROM entries");
const keys = () => scalar("SELECT count(*) FROM _af_idempotency");
const conflict = { error: expect.objectContaining({ code: "conflict" }) };

describe.each([
  ["a write", "entries/create", { title: "new" }, { title: "other" }, 3],
  ["a write with a guard", "entries/create", { title: "g", parentId: 1 }, { title: "g", parentId: 2 }, 3],
  ["a handler", "entries/seed", { count: 2 }, { count: 3 }, 4],
])("%s", (_, operation, args, others, after) => {
  test("is not run again, and answered as it was", async () => {
    const first = await call(operation, args, "k1");
    expect(first).toMatchObject({ status: 200, replayed: false });
    expect(await call(operation, args, "k1")).toEqual({ ...first, replayed: true });
    expect(await entries()).toBe(after);
    expect(await call(operation, args, "k2")).toMatchObject({ status: 200, replayed: false });
    expect(await entries()).toBe(after * 2 - 2);
  });

  test("is refused with other arguments", async () => {
    await call(operation, args, "k1");
    expect(await call(operation, others, "k1")).toMatchObject({ status: 409, body: conflict });
    expect(await entries()).toBe(after);
  });

  test("runs once where twenty come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(operation, args, "k1")));
    expect(await entries()).toBe(after);
    const good = answers.filter(({ status }) => status === 200);
    expect(good.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { body } of good) expect(body).toEqual(good[0]!.body);
    for (const { status, body } of answers) if (status !== 200) expect([status, body]).toEqual([409, conflict]);
  });
});

test("without a key nothing is kept", async () => {
  await call("entries/create", { title: "new" });
  expect(await keys()).toBe(0);
});

test("a key belongs to its operation", async () => {
  await call("entries/create", { title: "new" }, "k1");
  expect(await call("entries/seed", { count: 1 }, "k1")).toMatchObject({ status: 200, replayed: false });
});

test("arguments are compared as values", async () => {
  const first = await call("entries/create", { title: "t", amount: "1.5", at: "2026-01-01T01:00:00+01:00" }, "k1");
  const again = await call("entries/create", { at: "2026-01-01T00:00:00.000Z", amount: "1.50", title: "t" }, "k1");
  expect(again).toEqual({ ...first, replayed: true });
});

describe("a failure is not kept", () => {
  test.each([
    ["bad arguments", "entries/create", { title: "" }, 400],
    ["a broken foreign key", "entries/create", { title: "x", parentId: 77 }, 409],
    ["a declared error", "entries/transfer", { from: 1, to: 2, amount: "99" }, 409],
    ["a handler that breaks", "entries/fail", { how: "throw" }, 500],
    ["a row that is not there", "entries/remove", { id: 77 }, 404],
  ])("%s", async (_, operation, args, status) => {
    expect((await call(operation, args, "k1")).status).toBe(status);
    expect(await keys()).toBe(0);
  });

  test("and the key serves the next try", async () => {
    const args = { from: 2, to: 1, amount: "5.00" };
    expect((await call("entries/transfer", args, "k1")).body.error.code).toBe("insufficient_funds");
    await server.database.prepare("UPDATE entries SET amount = 500 WHERE id = 2").run();
    const done = await call("entries/transfer", args, "k1");
    expect(done).toEqual({ status: 200, body: { from: "0.00", to: "15.00" }, replayed: false });
    expect(await call("entries/transfer", args, "k1")).toEqual({ ...done, replayed: true });
  });
});

test("a call without an answer holds its key", async () => {
  await call("entries/create", { title: "new" }, "k1");
  await server.database.prepare("UPDATE _af_idempotency SET answer = NULL").run();
  expect(await call("entries/create", { title: "new" }, "k1")).toMatchObject({ status: 409, body: conflict });
  expect(await entries()).toBe(3);
});

test("after a day the key is free, and what has expired is removed by later claims", async () => {
  await call("entries/create", { title: "new" }, "k1");
  await call("entries/create", { title: "new" }, "k2");
  const left = (await scalar("SELECT min(expires_at) FROM _af_idempotency")) as number;
  expect(left - Date.now()).toBeGreaterThan(24 * 3_600_000 - 60_000);
  await server.database.prepare("UPDATE _af_idempotency SET expires_at = ?").bind(Date.now()).run();
  expect(await call("entries/create", { title: "later" }, "k1")).toMatchObject({ status: 200, replayed: false });
  expect([await entries(), await keys()]).toEqual([5, 1]);
});

test.each([
  ["empty", ""],
  ["too long", "k".repeat(256)],
  ["with a control character", "a\tb"],
])("a key that is %s is refused", async (_, key) => {
  const { status, body } = await call("entries/create", { title: "new" }, key);
  expect([status, body.error.code]).toEqual([400, "invalid_arguments"]);
  expect(await entries()).toBe(2);
});

test("the longest key is taken", async () => {
  expect((await call("entries/create", { title: "new" }, "k".repeat(255))).status).toBe(200);
});
