import { describe, expect, test } from "vitest";
import { createPlanner } from "../../compiler/plan/planner.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { Verb } from "../../runtime/server/planner.ts";
import { Memory, NOW } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
tables:
  users: { columns: { id: string, big: { type: bigint, default: 0 }, photo: bytes? }, relations: { notes: { many: notes } } }
  excluded: { columns: { id: string, count: integer } }
  notes:
    columns: { id: integer, title: string, price: { type: decimal, default: "0.00" }, at: timestamp?, tags: { type: array, items: string, default: [] } }
    relations: { user: { one: users } }
    conditions: { dear: { price: { gt: "100.00" } } }
`);
const planner = createPlanner(app.tables, { defaultLimit: 3, maxLimit: 10 });

async function call(memory: Memory, verb: Verb, table: string, options: object, page = {}): Promise<unknown> {
  const { operation } = planner.plan(verb, table, options);
  const constraints = { tables: {}, uniqueIndexes: {}, checks: {} };
  return JSON.parse(
    await executor(operation)({ args: {}, now: NOW, generated: new Map(), database: memory, constraints, ...page }),
  );
}

describe("what a handler asks", () => {
  test("is planned as a declared operation, with its values as parameters", async () => {
    const memory = new Memory(app);
    const big = "9223372036854775807";
    await call(memory, "insert", "users", { values: { id: "it's", big, photo: "AP8=" } });
    for (const [index, price] of ["1.00", "100.01", "200.00"].entries()) {
      await call(memory, "insert", "notes", {
        values: { title: `n${index}`, price, userId: "it's", at: "2026-01-02T03:04:05.006Z", tags: ["$x"] },
      });
    }
    expect(
      await call(memory, "get", "users", {
        where: { id: "it's", big },
        with: { notes: { select: ["title"], where: "dear", orderBy: ["-id"] } },
      }),
    ).toEqual({
      ...{ id: "it's", big, photo: "AP8=", notes: [{ title: "n2" }, { title: "n1" }] },
    });
    expect(memory.log.at(-1)!.sql).not.toContain("it's");
    expect(memory.log.at(-1)!.params).toContain("it's");
    const where = {
      price: { in: ["1.00", "200.00"] },
      at: { lte: "2026-01-02T03:04:05.006Z" },
      user: { photo: { ne: null } },
    };
    expect(await call(memory, "list", "notes", { where, select: ["id"] })).toEqual([{ id: 1 }, { id: 3 }]);
    expect(
      await call(memory, "update", "notes", {
        where: { id: 2 },
        set: { price: { increment: "0.99" }, tags: [] },
        expect: "one",
      }),
    ).toMatchObject({ price: "101.00", tags: [] });
    expect(await call(memory, "update", "notes", { where: { id: 2 }, set: {}, returns: ["id"] })).toEqual([{ id: 2 }]);
    expect(await call(memory, "list", "users", { select: [], with: { notes: { select: [] } } })).toEqual([
      { notes: [{}, {}, {}] },
    ]);
    expect(await call(memory, "page", "notes", { select: ["id"] }, { size: 2 })).toMatchObject({
      rows: [{ id: 1 }, { id: 2 }],
      hasMore: true,
    });
    expect(await call(memory, "page", "notes", { select: ["id"], bothWays: true })).toEqual({
      rows: [{ id: 1 }, { id: 2 }, { id: 3 }],
      nextCursor: null,
      hasMore: false,
      previousCursor: null,
    });
    expect(await call(memory, "delete", "notes", { all: true, returns: ["id"] })).toHaveLength(3);
  });

  test("upserts by a unique key", async () => {
    const memory = new Memory(app);
    const save = (values: object, more: object = {}) =>
      call(memory, "upsert", "users", { conflict: ["id"], values, returns: ["id", "big"], ...more });
    expect(await save({ id: "a", big: "1" })).toEqual({ id: "a", big: "1" });
    expect(await save({ id: "a", big: "2" })).toEqual({ id: "a", big: "2" });
    expect(await save({ id: "a" })).toEqual({ id: "a", big: "2" });
    expect(await save({ id: "a" }, { set: { big: { increment: "5" } } })).toEqual({ id: "a", big: "7" });
    expect(await save({ id: "a", big: "9" }, { set: {} })).toEqual({ id: "a", big: "7" });
    const count = (count: number) =>
      call(memory, "upsert", "excluded", { conflict: ["id"], values: { id: "a", count }, returns: ["count"] });
    expect([await count(1), await count(2)]).toEqual([{ count: 1 }, { count: 2 }]);
  });

  test("comes with the shape of a row", () => {
    const { row } = planner.plan("list", "users", { with: { notes: { select: ["price", "at"] } } });
    const notes = { array: { object: { price: { decimal: 2 }, at: "timestamp" } } };
    expect(row).toEqual({ object: { id: "string", big: "bigint", photo: "bytes", notes } });
  });

  test.each<[Verb, string, object, RegExp]>([
    ["list", "nots", {}, /no table "nots"/],
    ["list", "notes", { where: { titel: "x" } }, /^where\.titel: .*"titel".* Did you mean "title"\?/],
    ["list", "notes", { where: "cheap" }, /^where: .*"cheap"/],
    ["list", "notes", { limit: 11 }, /^limit: /],
    ["list", "notes", { wher: {} }, /^wher: .*"wher"/],
    ["insert", "notes", { values: { title: 1, userId: "a" } }, /^values\.title: /],
    ["insert", "notes", { values: { title: "x" } }, /userId/],
    ["update", "notes", { set: { title: "x" } }, /where/],
    ["get", "notes", { where: { title: "x" } }, /^where: /],
    ["upsert", "users", { values: { id: "a" } }, /^conflict: /],
    ["upsert", "users", { conflict: ["big"], values: { id: "a", big: "1" } }, /^conflict: .*unique/],
    ["insert", "notes", { values: { title: "x", user: { id: "a" } } }, /^values\.user: .*"userId"/],
  ])("%s %s %j is refused", (verb, table, options, message) => {
    expect(() => planner.plan(verb, table, options)).toThrow(message);
    expect(() => planner.plan(verb, table, options)).toThrow(TypeError);
  });
});
