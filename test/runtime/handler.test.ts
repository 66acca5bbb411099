import { drizzle } from "drizzle-orm/d1";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod";
import type { Planner, Verb } from "../../runtime/server/planner.ts";
import type { ServerOptions } from "../../runtime/server/serverOptions.ts";
import { lazy, text, timestamp } from "../../runtime/validators/main.ts";
import { board } from "./board.ts";

const row = `json_object('id', id, 'title', title, 'dueAt', strftime('%Y-%m-%dT%H:%M:%fZ', due_at / 1000.0, 'unixepoch'), 'icon', hex(icon)) AS "row"`;
const shape = { object: { id: "number", title: "string", dueAt: "timestamp", icon: "bytes" } } as const;
const base = { name: "", auth: "public", args: {}, hex: { object: { icon: "bytes" } } } as const;

/** Plans as the compiler's planner would, for what these tests ask. */
function fakePlanner(asked: [Verb, string, unknown][] = []): Planner {
  return {
    plan(verb, table, options) {
      asked.push([verb, table, options]);
      switch (verb) {
        case "insert": {
          const { title, icon = null } = (options as { values: { title: string; icon?: string | null } }).values;
          const bytes = icon === null ? null : Uint8Array.from(Buffer.from(icon, "base64")).buffer;
          const write = [
            "INSERT INTO tasks (title, icon) VALUES (",
            { value: title },
            ", ",
            { value: bytes },
            `) RETURNING ${row}`,
          ];
          return { operation: { ...base, kind: "mutation", result: "row", write }, row: shape };
        }
        case "page": {
          const sql = [
            `SELECT ${row}, json_array(id) AS "cursor" FROM tasks WHERE `,
            { when: "cursor", then: ["id > ", { cursor: 0 }], otherwise: "1" },
            " ORDER BY id LIMIT ",
            { size: "page" },
          ] as const;
          return {
            operation: { ...base, kind: "query", result: "page", order: ["id"], size: { default: 20, max: 100 }, sql },
            row: shape,
          };
        }
        default:
          return {
            operation: { ...base, kind: "query", result: "rows", sql: `SELECT ${row} FROM tasks ORDER BY id` },
            row: shape,
          };
      }
    },
  };
}

type Ctx = {
  db: { tasks: Record<Verb, (options?: unknown) => Promise<never>> };
  drizzle: unknown;
  now: Date;
  env: unknown;
  request: Request;
  error: (code: string, message?: string) => never;
  run: (name: string, args?: unknown) => Promise<never>;
};

function withHandler(
  handler: (ctx: Ctx, args: { since: Date; mode: string }) => unknown,
  options: Partial<ServerOptions<never>> = {},
) {
  const app = board({ handlers: { "reports/run": handler as never }, planner: fakePlanner(), ...(options as object) });
  const call = (args: object = {}) =>
    app.post("/mutations/reports/run", { since: "2026-01-01T00:00:00Z", mode: "x", ...args });
  return { ...app, call };
}

const fine = { at: new Date(0), total: 1n };
const refused = (code: string, message: string = expect.any(String)) => ({
  error: { code, message, requestId: expect.any(String) },
});

async function failing(run: () => Promise<{ status: number; body: unknown }>) {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const answer = await run();
  const logged = log.mock.calls.map((call) => call.map(String).join(" ")).join("\n");
  log.mockRestore();
  return { answer, logged };
}

describe("a handler", () => {
  test("gets and gives JavaScript's types, and the request", async () => {
    const seen: unknown[] = [];
    const { call, env } = withHandler((ctx, args) => {
      seen.push(args, ctx.env, ctx.now, new URL(ctx.request.url).pathname);
      return { at: args.since, total: 2n ** 60n };
    });
    expect(await call()).toEqual({ status: 200, body: { at: "2026-01-01T00:00:00.000Z", total: String(2n ** 60n) } });
    expect(seen).toEqual([
      { since: new Date("2026-01-01"), mode: "x" },
      env,
      expect.any(Date),
      "/mutations/reports/run",
    ]);
  });

  test("is called only with valid arguments", async () => {
    const handler = vi.fn();
    expect((await withHandler(handler).call({ since: "x" })).status).toBe(400);
    expect(handler).not.toHaveBeenCalled();
  });

  test.each([
    ["out_of_stock", undefined, 409, "Not enough in stock"],
    ["out_of_stock", "None left", 409, "None left"],
    ["not_found", undefined, 404, expect.any(String)],
    ["forbidden", "No", 403, "No"],
  ])("refuses with %s", async (code, message, status, told) => {
    const { call } = withHandler((ctx) => ctx.error(code, message));
    expect(await call()).toEqual({ status, body: refused(code, told) });
  });

  test("that fails, or raises what it does not declare, is a 500 that says nothing", async () => {
    for (const handler of [() => Promise.reject(new Error("secret")), (ctx: Ctx) => ctx.error("secret")]) {
      const { answer, logged } = await failing(() => withHandler(handler).call());
      expect(answer).toEqual({ status: 500, body: refused("internal") });
      expect(JSON.stringify(answer)).not.toContain("secret");
      expect(logged).toContain("secret");
    }
  });

  test.each<[unknown, string]>([
    [{ at: "soon", total: 1n }, "at: expected a Date"],
    [{ ...fine, extra: 1 }, "extra: there is no such property"],
    ["x", "expected an object"],
  ])("whose result %o does not fit is a 500, logged with what was wrong", async (result, message) => {
    const { answer, logged } = await failing(() => withHandler(() => result).call());
    expect(answer).toEqual({ status: 500, body: refused("internal") });
    expect(logged).toContain(message);
  });

  test("may be judged by a validator of its result", async () => {
    const check = lazy(() => z.strictObject({ result: z.strictObject({ at: timestamp(), total: text({ max: 1 }) }) }));
    const options = { resultValidators: { "reports/run": check } };
    expect((await withHandler(() => fine, options).call()).status).toBe(200);
    const { logged } = await failing(() => withHandler(() => ({ ...fine, total: 10n }), options).call());
    expect(logged).toContain("result.total: must have at most 1 character");
  });
});

describe("ctx.db", () => {
  test("speaks JavaScript's types both ways", async () => {
    const asked: [Verb, string, unknown][] = [];
    let rows: unknown;
    const { call } = withHandler(
      async ({ db }) => {
        await db.tasks.insert({ values: { title: "d", icon: new Uint8Array([1, 255]), dueAt: undefined } });
        rows = await db.tasks.list({ where: { dueAt: { gt: new Date(0) }, id: 1n } });
        return fine;
      },
      { planner: fakePlanner(asked) },
    );
    expect((await call()).status).toBe(200);
    expect(rows).toEqual([{ id: 1, title: "d", dueAt: null, icon: new Uint8Array([1, 255]) }]);
    expect(asked).toEqual([
      ["insert", "tasks", { values: { title: "d", icon: "Af8=" } }],
      ["list", "tasks", { where: { dueAt: { gt: "1970-01-01T00:00:00.000Z" }, id: "1" } }],
    ]);
  });

  test("pages, and refuses a cursor of another question", async () => {
    let pages: { rows: { id: number }[]; nextCursor: string | null }[] = [];
    const { call } = withHandler(async ({ db }) => {
      for (const title of ["a", "b", "c"]) await db.tasks.insert({ values: { title } });
      const first = (await db.tasks.page({ size: 2 })) as (typeof pages)[number];
      pages = [first, await db.tasks.page({ cursor: first.nextCursor })];
      return db.tasks.page({ where: { title: "a" }, cursor: first.nextCursor });
    });
    expect(await call()).toMatchObject({ status: 400, body: { error: { details: [{ path: "cursor" }] } } });
    expect(pages.map(({ rows }) => rows.map(({ id }) => id))).toEqual([[1, 2], [3]]);
  });

  test("a forgotten value in a condition is an error, never a wider condition", async () => {
    const { call } = withHandler(({ db }) => db.tasks.delete({ where: { title: undefined } }));
    const { answer, logged } = await failing(() => call());
    expect(answer.status).toBe(500);
    expect(logged).toContain("where.title is undefined");
  });

  test("a constraint that a write breaks is the caller's answer, unless it is caught", async () => {
    const { call } = withHandler(({ db }) => db.tasks.insert({ values: { title: "much too long a title for it" } }));
    expect(await call()).toMatchObject({ status: 400, body: { error: { code: "check_violation" } } });
  });
});

describe("ctx.run", () => {
  const shapes = { "tasks/create": { object: { dueAt: "timestamp", icon: "bytes" } } } as const;

  test("runs another operation with its validation, in JavaScript's types", async () => {
    let created: unknown;
    const { call } = withHandler(
      async (ctx) => {
        created = await ctx.run("tasks/create", { title: "d", dueAt: new Date(5), icon: new Uint8Array([7]) });
        return fine;
      },
      { resultShapes: shapes },
    );
    expect((await call()).status).toBe(200);
    expect(created).toEqual({ id: 1, title: "d", done: false, dueAt: new Date(5), icon: new Uint8Array([7]) });
  });

  test.each([
    [{ title: "" }, "title", "must not be empty"],
    [{ title: 1 }, "title", "expected a string, got a number"],
    [{ title: "x", nope: 1 }, "nope", "there is no such property"],
  ])("refuses %j", async (args, path, message) => {
    const { call } = withHandler((ctx) => ctx.run("tasks/create", args));
    expect(await call()).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_arguments", details: [{ path, message }] } },
    });
  });

  test("two runs get two ids", async () => {
    const ids: string[] = [];
    const { call } = withHandler(async (ctx) => {
      for (const name of ["x", "y"]) ids.push(((await ctx.run("projects/create", { name })) as { id: string }).id);
      return fine;
    });
    await call();
    expect(new Set(ids).size).toBe(2);
    expect([...ids].sort()).toEqual(ids);
  });
});

test("ctx.drizzle is what the factory makes of the environment, once a call", async () => {
  const made = vi.fn(({ DB }: { DB: unknown }) => ({ binding: DB }));
  const seen: unknown[] = [];
  const handler = (ctx: Ctx) => {
    seen.push(ctx.drizzle, ctx.drizzle);
    return fine;
  };
  const { call, env } = withHandler(handler, { drizzle: made as never });
  await call();
  expect(made).toHaveBeenCalledTimes(1);
  expect(seen).toEqual([{ binding: env.DB }, { binding: env.DB }]);
});

test("a constraint that Drizzle's SQL breaks is the caller's answer", async () => {
  const { call } = withHandler(
    (ctx) => (ctx.drizzle as ReturnType<typeof drizzle>).run("INSERT INTO projects VALUES ('p3', 'One')"),
    {
      drizzle: (({ DB }: { DB: never }) => drizzle(DB)) as never,
    },
  );
  const details = { table: "projects", columns: ["name"] };
  expect(await call()).toMatchObject({ status: 409, body: { error: { code: "unique_violation", details } } });
});
