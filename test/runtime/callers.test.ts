import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "vitest";
import { type CallerRequest, Callers } from "../../runtime/server/callers.ts";
import type { Database, Row, Statement } from "../../runtime/server/database.ts";
import type { Audience } from "../../runtime/server/plan.ts";

const HOUR = 3_600_000;
const identity = `SELECT json_array(json_array(json_array(u."id", u."role")), json_array(json_array(s."id", s."ends")), json_array(u."banned", u."until")) FROM "sessions" AS s JOIN "users" AS u ON u."id" = s."user" WHERE s."token" = ?`;

let sqlite: DatabaseSync;
let trips: number;
let callers: Callers;

/** A database that counts how often it is gone to. */
const database: Database = {
  run: async (statement) => {
    trips += 1;
    return all(statement);
  },
  batch: async (statements) => {
    trips += 1;
    sqlite.exec("BEGIN");
    try {
      const rows = statements.map(all);
      sqlite.exec("COMMIT");
      return rows;
    } catch (error) {
      sqlite.exec("ROLLBACK");
      throw error;
    }
  },
};

function all({ sql, params }: Statement): readonly Row[] {
  return sqlite.prepare(sql).all(...(params as string[])) as unknown as readonly Row[];
}

beforeEach(() => {
  sqlite = new DatabaseSync(":memory:");
  sqlite.exec(`
    CREATE TABLE "users" ("id" TEXT, "role" TEXT, "banned" INTEGER DEFAULT 0, "until" INTEGER);
    CREATE TABLE "sessions" ("id" TEXT, "token" TEXT, "user" TEXT, "ends" INTEGER);
    CREATE TABLE "notes" ("title" TEXT);
    INSERT INTO "users" ("id", "role") VALUES ('ann', 'user');
    INSERT INTO "sessions" VALUES ('s', 'token', 'ann', ${Date.now() + HOUR});
    INSERT INTO "notes" VALUES ('b'), ('a'), ('c');
  `);
  trips = 0;
  const shapes = { user: { id: "string", role: "string" }, session: { id: "string", expiresAt: "timestamp" } } as const;
  callers = new Callers({ sql: identity, shapes, renew: "", lasts: HOUR, renewAfter: HOUR });
});

const READ = `SELECT json_quote("title") AS "row" FROM "notes" ORDER BY "title" LIMIT 2`;
const WRITE = `INSERT INTO "notes" VALUES ('d') RETURNING json_quote("title") AS "row"`;

/** Runs a statement as who has the token; the result, or the code of the refusal, and the round trips. */
async function as(sql: string, audience: Audience = "user") {
  const request = new Request("https://api.example.com/", { headers: { authorization: "Bearer token" } });
  const call: CallerRequest = {
    ...{ request, database, audience, isHandler: false, origins: [] },
    secret: () => "secret",
  };
  trips = 0;
  const answer = callers.as(call, async (_known, proved) => {
    const rows = await proved.run({ sql, params: [] });
    await proved.run({ sql: "SELECT 1", params: [] });
    return rows.map(({ row }) => JSON.parse(row));
  });
  const result = await answer.catch(({ code }: { code: string }) => code);
  return { result, trips: trips - (Array.isArray(result) ? 1 : 0) };
}

describe("a token that is known", () => {
  test("costs no round trip, for reads and for writes", async () => {
    expect(await as(READ)).toEqual({ result: ["a", "b"], trips: 2 });
    expect(await as(READ)).toEqual({ result: ["a", "b"], trips: 1 });
    expect(await as(WRITE)).toEqual({ result: ["d"], trips: 1 });
  });

  test("is looked up anew where the database says something else, and what was asked is done once", async () => {
    await as(READ);
    sqlite.exec(`UPDATE "users" SET "role" = 'admin'`);
    expect(await as(WRITE)).toEqual({ result: ["d"], trips: 3 });
    expect(all({ sql: `SELECT "title" FROM "notes" WHERE "title" = 'd'`, params: [] })).toHaveLength(1);
    expect(await as(READ, ["admin"])).toEqual({ result: ["a", "b"], trips: 1 });
  });

  test("is nobody's where the session is gone, or the user banned", async () => {
    await as(READ);
    sqlite.exec(`UPDATE "users" SET "banned" = 1`);
    expect(await as(READ)).toEqual({ result: "unauthorized", trips: 2 });
    expect(await as(WRITE)).toEqual({ result: "unauthorized", trips: 1 });
    sqlite.exec(`UPDATE "users" SET "banned" = 1, "until" = ${Date.now() - 1}`);
    expect((await as(READ)).result).toEqual(["a", "b"]);
    sqlite.exec(`DELETE FROM "sessions"`);
    expect((await as(WRITE)).result).toBe("unauthorized");
    expect(all({ sql: `SELECT "title" FROM "notes" WHERE "title" = 'd'`, params: [] })).toHaveLength(0);
  });

  test("is asked of the database before a role refuses", async () => {
    await as(READ);
    expect(await as(READ, ["admin"])).toEqual({ result: "forbidden", trips: 1 });
    sqlite.exec(`UPDATE "users" SET "role" = 'admin'`);
    expect(await as(READ, ["admin"])).toEqual({ result: ["a", "b"], trips: 2 });
  });

  test("proves a statement that has all the values D1 takes", async () => {
    await as(READ);
    const many = `SELECT json_quote("title") AS "row" FROM "notes" WHERE "title" NOT IN (${Array(100).fill("?").join(", ")})`;
    const request = new Request("https://api.example.com/", { headers: { authorization: "Bearer token" } });
    const call = { request, database, audience: "user", isHandler: false, origins: [], secret: () => "" } as const;
    const run = () =>
      callers.as(call, async (_, proved) => (await proved.run({ sql: many, params: Array(100).fill("x") })).length);
    expect(await run()).toBe(3);
    sqlite.exec(`DELETE FROM "sessions"`);
    await expect(run()).rejects.toMatchObject({ code: "unauthorized" });
  });
});
