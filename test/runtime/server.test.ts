import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createWorker } from "../../runtime/server/main.ts";
import { board } from "./board.ts";

let app = board();
beforeEach(async () => {
  app = board();
  for (const title of ["a", "b", "c"]) await app.post("/mutations/tasks/create", { title });
});

const error = (code: string, rest: object = {}) => ({ error: expect.objectContaining({ code, ...rest }) });
const titles = ({ body }: { body: unknown }) => (body as { title: string }[]).map(({ title }) => title);

describe("results", () => {
  test("a row, null, rows, bytes as base64", async () => {
    const created = await app.post("/mutations/tasks/create", {
      title: "d",
      icon: "AP8=",
      dueAt: "2026-01-01T01:00:00.5009+01:00",
    });
    const task = { id: 4, title: "d", done: false, dueAt: "2026-01-01T00:00:00.500Z", icon: "AP8=" };
    expect(created).toEqual({ status: 200, body: task });
    expect(await app.get("/queries/tasks/get?id=4")).toEqual({ status: 200, body: task });
    expect(await app.get("/queries/tasks/get?id=5")).toEqual({ status: 200, body: null });
    expect(titles(await app.get("/queries/tasks/list"))).toEqual(["a", "b", "c", "d"]);
  });

  test("only the conditions whose arguments were sent", async () => {
    expect(titles(await app.get("/queries/tasks/list?ids=[1,3]"))).toEqual(["a", "c"]);
    expect(titles(await app.get("/queries/tasks/list?ids=%5B%5D"))).toEqual([]);
    expect(titles(await app.get("/queries/tasks/list?search=b&done=false"))).toEqual(["b"]);
    expect(titles(await app.get("/queries/tasks/list?search="))).toEqual([]);
    await app.get("/queries/tasks/list?search");
    expect(app.env.DB.log.at(-1)).toMatchObject({ sql: expect.stringContaining("WHERE title IS ?"), params: [null] });
    await app.get("/queries/tasks/list");
    expect(app.env.DB.log.at(-1)!.sql).not.toContain("WHERE");
  });

  test("defaults are filled in, one generated id stands wherever its key does", async () => {
    const { body } = await app.post("/mutations/projects/create", "");
    const { id, again } = body as { id: string; again: string };
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(again).toBe(id);
    expect(app.env.DB.log.at(-1)!.params[1]).toBe("Unnamed");
  });
});

describe("pages", () => {
  type Page = { rows: { id: number }[]; nextCursor: string | null; hasMore: boolean };
  const page = async (query: string) => (await app.get(`/queries/tasks/page${query}`)).body as Page;

  test("go on behind the last row until the end", async () => {
    const first = await page("");
    expect(first).toMatchObject({ rows: [{ id: 1 }, { id: 2 }], hasMore: true, nextCursor: expect.any(String) });
    const second = await page(`?cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ rows: [{ id: 3 }], hasMore: false, nextCursor: null });
    expect(await page(`?size=1&cursor=${first.nextCursor}`)).toMatchObject({ rows: [{ id: 3 }], hasMore: false });
    expect((await page("?size=3&cursor")).rows).toHaveLength(3);
  });

  test.each(["0", "4", "1.5", "x", "-1"])("size %s is refused", async (size) => {
    const { status, body } = await app.get(`/queries/tasks/page?size=${size}`);
    expect({ status, body }).toEqual({
      status: 400,
      body: error("invalid_arguments", { details: [expect.objectContaining({ path: "size" })] }),
    });
  });

  test("a cursor of other arguments or a damaged one is refused", async () => {
    const { nextCursor } = await page("?done=false&size=1");
    expect((await page(`?done=false&cursor=${nextCursor}`)).rows).toHaveLength(2);
    const damaged = nextCursor!.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    for (const query of [
      `?cursor=${nextCursor}`,
      `?done=true&cursor=${nextCursor}`,
      `?done=false&cursor=${damaged}`,
      "?cursor=x",
      "?cursor=",
    ]) {
      const { status, body } = await app.get(`/queries/tasks/page${query}`);
      expect([query, status, body]).toEqual([
        query,
        400,
        error("invalid_arguments", { details: [expect.objectContaining({ path: "cursor" })] }),
      ]);
    }
  });
});

describe("arguments that are refused", () => {
  test.each([
    ["done=maybe", "done", "must be true or false"],
    ["ids=1,2", "ids", "must be an array, written as JSON"],
    ["ids=[1,%22x%22]", "ids.1", "must be a number"],
    ["ids=[1,2,3,4]", "ids", "must have at most 3 items"],
    ["done=true&done=true", "done", "is given more than once"],
    ["search=%FF", "search", "is not URL-encoded UTF-8"],
    ["search=%00", "search", "must not contain NUL characters"],
    ["after=yesterday", "after", "must be a date and time with an offset, such as 2026-01-31T12:00:00Z"],
    ["done", "done", "must not be null"],
    ["nope=1", "nope", "is not an argument of this operation"],
    ["__proto__=1", "__proto__", "is not an argument of this operation"],
    ["cursor=x", "cursor", "is not an argument of this operation"],
  ])("?%s", async (query, path, message) => {
    const { status, body } = await app.get(`/queries/tasks/list?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual(error("invalid_arguments", { details: [{ path, message }], requestId: expect.any(String) }));
  });

  test("all of them at once", async () => {
    const { body } = await app.post("/mutations/tasks/create", { title: "", nope: 1, dueAt: "x" });
    expect((body as { error: { details: { path: string }[] } }).error.details.map(({ path }) => path)).toEqual([
      "nope",
      "title",
      "dueAt",
    ]);
  });

  test.each(["{", "[]", "1", "null", '"x"'])("the body %s", async (text) => {
    const { status, body } = await app.post("/mutations/tasks/create", text);
    expect([status, body]).toEqual([400, error("invalid_arguments")]);
  });

  test("a body that is JSON of another content type is taken", async () => {
    expect((await app.post("/mutations/tasks/create", { title: "d" }, { "content-type": "text/plain" })).status).toBe(
      200,
    );
  });

  test("plus is a space, and names may be encoded", async () => {
    await app.post("/mutations/tasks/create", { title: "x y" });
    expect(titles(await app.get("/queries/tasks/list?s%65arch=x+y"))).toEqual(["x y"]);
  });
});

describe("the database refuses", () => {
  test.each([
    [
      "projects/create",
      { name: "One" },
      409,
      error("unique_violation", { details: { table: "projects", columns: ["name"] } }),
    ],
    [
      "tasks/create",
      { title: "A" },
      409,
      error("unique_violation", { details: { table: "tasks", columns: ["title"] } }),
    ],
    [
      "tasks/create",
      { title: "a title that is too long" },
      400,
      error("check_violation", { details: { table: "tasks", check: "title_short" } }),
    ],
    [
      "tasks/create",
      { title: "d", projectId: "p3" },
      409,
      error("foreign_key_violation", { details: { table: "tasks", columns: ["projectId"] } }),
    ],
    ["tasks/finish", { title: "x" }, 404, error("not_found")],
    ["tasks/finish", { title: "b" }, 409, error("conflict")],
  ])("%s %j", async (name, args, status, body) => {
    expect(await app.post(`/mutations/${name}`, args)).toEqual({ status, body });
    expect(titles(await app.get("/queries/tasks/list?done=true"))).toEqual([]);
  });

  test("anything else is told to the operator only", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    app.env.DB.prepare = () => {
      throw new Error("D1_ERROR: no such table: secrets");
    };
    const response = await app.fetch("/queries/tasks/list", { headers: { "x-request-id": "r-1" } });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toEqual({ error: { code: "internal", message: expect.any(String), requestId: "r-1" } });
    expect(text).not.toContain("secrets");
    expect(String(log.mock.calls)).toContain("r-1");
    expect(String(log.mock.calls)).toContain("secrets");
    log.mockRestore();
  });
});

describe("HTTP", () => {
  test("every answer has an id, is JSON and is not stored", async () => {
    for (const path of ["/queries/tasks/list", "/health", "/nowhere", "/queries/tasks/get"]) {
      const { headers } = await app.fetch(path);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("content-type")).toBe("application/json");
      expect(headers.get("cache-control")).toBe("private, no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    const taken = await app.fetch("/health", { headers: { "x-request-id": "abc-123" } });
    expect(taken.headers.get("x-request-id")).toBe("abc-123");
    const insane = await app.fetch("/health", { headers: { "x-request-id": "a b" } });
    expect(insane.headers.get("x-request-id")).not.toBe("a b");
  });

  test.each([
    "/",
    "/queries/tasks/nope",
    "/queries/tasks/create",
    "/mutations/tasks/list",
    "/queries/constructor",
    "/queries/tasks/list/",
    "/elsewhere/queries/tasks/list",
    "/elsewhere/health",
  ])("%s is unknown", async (path) => {
    expect(await app.get(path)).toEqual({ status: 404, body: error("unknown_operation") });
  });

  test.each([
    ["POST", "/queries/tasks/list", "GET, HEAD, OPTIONS"],
    ["GET", "/mutations/tasks/create", "POST, OPTIONS"],
    ["DELETE", "/health", "GET, HEAD, OPTIONS"],
  ])("%s %s is 405", async (method, path, allow) => {
    const response = await app.fetch(path, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
    expect(await response.json()).toEqual(error("method_not_allowed"));
  });

  test("HEAD is GET without its body", async () => {
    const response = await app.fetch("/queries/tasks/list", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test("413 by the declared and by the actual size, before the arguments are looked at", async () => {
    const long = `{"nope":"${"é".repeat(500)}`;
    expect(await app.post("/mutations/tasks/create", long)).toEqual({ status: 413, body: error("too_large") });
    expect(await app.post("/mutations/tasks/create", "{", { "content-length": "1001" })).toEqual({
      status: 413,
      body: error("too_large"),
    });
    expect(await app.post("/mutations/tasks/create", `{"nope":"${"e".repeat(500)}"}`)).toMatchObject({ status: 400 });
  });
});

describe("CORS", () => {
  const from = (origin: string, rest: RequestInit = {}): RequestInit => ({
    ...rest,
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
  });

  test("is closed unless origins are listed", async () => {
    const response = await app.fetch("/queries/tasks/list", from("https://a.example"));
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    const preflight = await app.fetch("/mutations/tasks/create", from("https://a.example", { method: "OPTIONS" }));
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, null]);
  });

  test("a listed origin may read answers and refusals, another may not", async () => {
    const { fetch } = board({ corsOrigins: () => ["https://a.example"] });
    for (const path of ["/queries/tasks/list", "/queries/tasks/get", "/nowhere"]) {
      const { headers } = await fetch(path, from("https://a.example"));
      expect(headers.get("access-control-allow-origin")).toBe("https://a.example");
      expect(headers.get("access-control-expose-headers")).toBe("x-request-id, idempotency-replayed, retry-after");
      expect(headers.get("vary")).toBe("origin");
    }
    const other = await fetch("/queries/tasks/list", from("https://b.example"));
    expect([other.headers.get("access-control-allow-origin"), other.headers.get("vary")]).toEqual([null, "origin"]);
    const preflight = await fetch("/mutations/tasks/create", from("https://a.example", { method: "OPTIONS" }));
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-methods": "POST, OPTIONS",
      "access-control-allow-headers": "authorization",
    });
  });

  test("a star is any origin", async () => {
    const { fetch } = board({ corsOrigins: ["*"] });
    const { headers } = await fetch("/queries/tasks/list", from("https://b.example"));
    expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual(["*", null]);
  });
});

test("routes may be mounted below a path, behind middleware", async () => {
  const mounted = new Hono();
  mounted.use(async (context, next) => {
    await next();
    context.header("x-mine", "yes");
  });
  mounted.route("/api", app.routes);
  mounted.notFound(app.server.notFound as never);
  const ask = (path: string, init?: RequestInit) => mounted.fetch(new Request(`http://x${path}`, init), app.env);
  const response = await ask("/api/queries/tasks/list");
  expect([response.status, response.headers.get("x-mine")]).toEqual([200, "yes"]);
  expect((await ask("/api/queries/tasks/list", { method: "PUT" })).status).toBe(405);
  expect((await ask("/api/queries/nope")).status).toBe(404);
});

test("what middleware throws is an answer of its own, or a sanitised 500", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const guarded = new Hono<{ Bindings: typeof app.env; Variables: { user: string } }>();
  guarded.use(async ({ req }) => {
    throw req.path.endsWith("list") ? new HTTPException(401, { message: "sign in" }) : new Error("secret");
  });
  guarded.route("/", app.routes);
  const worker = createWorker(guarded, app.server);
  const ask = async (path: string) => worker.fetch(new Request(`http://x${path}`), app.env, undefined as never);
  const refused = await ask("/queries/tasks/list");
  expect([refused.status, await refused.text()]).toEqual([401, "sign in"]);
  const failed = await ask("/queries/tasks/get");
  expect([failed.status, await failed.json()]).toEqual([
    500,
    error("internal", { message: expect.not.stringContaining("secret") }),
  ]);
  log.mockRestore();
});
