import { beforeEach, expect, test } from "vitest";
import { adapterOf } from "../../runtime/auth/adapter.ts";
import { d1 } from "../../runtime/server/d1.ts";
import { fakeD1 } from "./sqlite.ts";

/* How better-auth reads and writes: what the endpoints do not reach of it, or not in all its forms. */

const times = { createdAt: "created", updatedAt: "updated" };

const tables = {
  user: {
    name: "people",
    columns: {
      id: "id",
      name: "name",
      email: "email",
      emailVerified: "is_verified",
      joined: "joined",
      tags: "tags",
      ...times,
    },
    made: { joined: "today" },
  },
  session: {
    name: "sessions",
    columns: { id: "id", token: "token", userId: "user_id", expiresAt: "expires_at", ...times },
  },
  account: { name: "accounts", columns: {} },
  verification: { name: "codes", columns: { id: "id", identifier: "identifier", expiresAt: "ends", ...times } },
} as const;

let database: ReturnType<typeof d1>;
let adapter: ReturnType<ReturnType<typeof adapterOf>>;

beforeEach(() => {
  database = d1(
    fakeD1(`CREATE TABLE people (id TEXT, name TEXT, email TEXT, is_verified INTEGER, joined TEXT, tags TEXT, created INTEGER, updated INTEGER);
    CREATE TABLE sessions (id TEXT, token TEXT, user_id TEXT, expires_at INTEGER, created INTEGER, updated INTEGER);
    CREATE TABLE codes (id TEXT, identifier TEXT, tries INTEGER, ends INTEGER, created INTEGER, updated INTEGER)`),
  );
  adapter = adapterOf(database, tables, { tags: { array: "string" } })({
    user: { additionalFields: { tags: { type: "string", required: false } } },
  } as never);
});

const session = (token: string, userId: string, expiresAt: number) =>
  adapter.create({ model: "session", data: { token, userId, expiresAt: new Date(expiresAt) } });

test("a row has its values in SQL's form, and what the Worker makes; it is read as it was given", async () => {
  const data = { name: "Ann", email: "ann@example.com", emailVerified: true, tags: ["a", "b"] };
  const created = await adapter.create({ model: "user", data });
  expect(created).toMatchObject({ name: "Ann", emailVerified: true });
  const [row] = await database.run({ sql: "SELECT is_verified, joined, tags FROM people", params: [] });
  expect(row).toEqual({ is_verified: 1, joined: new Date().toISOString().slice(0, 10), tags: '["a","b"]' });
  const found = await adapter.findOne({ model: "user", where: [{ field: "emailVerified", value: true }] });
  expect(found).toMatchObject({ email: "ann@example.com", emailVerified: true });
});

test("conditions compare dates, nulls and lists, and those joined by OR are one", async () => {
  await session("a", "ann", 10);
  await session("b", "ann", 20);
  await session("c", "bob", 30);
  const tokens = async (where: object[]) =>
    (
      await adapter.findMany<{ token: string }>({
        model: "session",
        where: where as never,
        sortBy: { field: "expiresAt", direction: "desc" },
      })
    ).map(({ token }) => token);
  expect(await tokens([])).toEqual(["c", "b", "a"]);
  expect(await tokens([{ field: "expiresAt", operator: "gt", value: new Date(10) }])).toEqual(["c", "b"]);
  expect(await tokens([{ field: "token", operator: "in", value: ["a", "c", "d"] }])).toEqual(["c", "a"]);
  expect(await tokens([{ field: "token", operator: "not_in", value: ["a", "c"] }])).toEqual(["b"]);
  expect(await tokens([{ field: "token", operator: "in", value: [] }])).toEqual([]);
  expect(await tokens([{ field: "userId", value: null }])).toEqual([]);
  expect(await tokens([{ field: "userId", operator: "ne", value: null }])).toEqual(["c", "b", "a"]);
  expect(
    await tokens([
      { field: "userId", value: "ann" },
      { field: "token", value: "b", connector: "OR" },
      { field: "token", value: "c", connector: "OR" },
    ]),
  ).toEqual(["b"]);
});

test("what is counted, changed and removed is told", async () => {
  await session("a", "ann", 10);
  await session("b", "ann", 20);
  const ann = [{ field: "userId", value: "ann" }];
  expect(await adapter.count({ model: "session", where: ann })).toBe(2);
  expect(await adapter.updateMany({ model: "session", where: ann, update: { expiresAt: new Date(40) } })).toBe(2);
  expect(
    await adapter.update({
      model: "session",
      where: [{ field: "token", value: "a" }],
      update: { expiresAt: new Date(50) },
    }),
  ).toMatchObject({ token: "a", expiresAt: new Date(50) });
  expect(await adapter.update({ model: "session", where: [{ field: "token", value: "z" }], update: {} })).toBeNull();
  expect(await adapter.deleteMany({ model: "session", where: [{ field: "token", value: "a" }] })).toBe(1);
  expect(await adapter.consumeOne({ model: "session", where: ann })).toMatchObject({ token: "b" });
  expect(await adapter.consumeOne({ model: "session", where: ann })).toBeNull();
});

test("words of others stay values", async () => {
  await session(`a' OR "token" = 'b`, "ann", 10);
  expect(await adapter.findOne({ model: "session", where: [{ field: "token", value: "b" }] })).toBeNull();
  expect(
    await adapter.findOne({ model: "session", where: [{ field: "token", value: `a' OR "token" = 'b` }] }),
  ).not.toBeNull();
});
