import fc from "fast-check";
import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import {
  AppflareError,
  type ClientOperations,
  type ClientOptions,
  clientOf,
  isAppflareError,
  isErrorOf,
} from "../../runtime/client/main.ts";
import { queryString } from "../../runtime/client/query.ts";
import { queryArguments } from "../../runtime/server/readArguments.ts";
import type { Shape } from "../../runtime/wire/shape.ts";
import { board } from "./board.ts";

const task = { object: { dueAt: "timestamp", icon: "bytes" } } as const;
const operations: ClientOperations = {
  queries: {
    "tasks/list": {
      args: { search: "string", done: "boolean", ids: { array: "number" }, after: "timestamp", extra: "json" },
      result: { array: task },
    },
    "tasks/get": { args: { id: "number" }, result: task },
    "tasks/page": {
      args: { done: "boolean", cursor: "string", size: "number" },
      result: { object: { rows: { array: task } } },
    },
    constructor: { args: {} },
  },
  mutations: {
    "tasks/create": { args: { title: "string", dueAt: "timestamp", icon: "bytes", projectId: "string" }, result: task },
  },
};

interface Task {
  id: number;
  title: string;
  dueAt: Date | null;
  icon: Uint8Array | null;
}

interface Client {
  queries: {
    tasks: {
      list(args?: object, options?: { signal?: AbortSignal }): Promise<Task[]>;
      get(args: { id: number }, options?: { signal?: AbortSignal }): Promise<Task | null>;
      page(args?: object): Promise<{ rows: Task[]; nextCursor: string | null; hasMore: boolean }>;
    };
  };
  mutations: { tasks: { create(args: object, options?: { idempotencyKey?: string }): Promise<Task> } };
}

type Fetch = NonNullable<ClientOptions["fetch"]>;

function client(fetch: Fetch, options: Partial<ClientOptions> = {}): Client {
  return clientOf<Client>(operations, { baseUrl: "http://board.test/", fetch, ...options });
}

/** A client of a real server. */
function real(options: Partial<ClientOptions> = {}) {
  const { routes, env } = board();
  const fetch = vi.fn<Fetch>(async (url, init) => routes.fetch(new Request(url, init), env));
  return { fetch, api: client(fetch, options) };
}

/** Answers in turn; the last one goes on. */
function answering(...answers: (() => Response | Promise<Response>)[]) {
  return vi.fn<Fetch>(async () => answers[Math.min(answers.length, fetchCount++) - 1]!());
}
let fetchCount = 1;

afterEach(() => {
  fetchCount = 1;
  vi.useRealTimers();
});

async function failure(promise: Promise<unknown>): Promise<AppflareError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppflareError);
  return error as AppflareError;
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
const down = () => Promise.reject(new TypeError("fetch failed"));

describe("a client of a server", () => {
  test("carries Date and Uint8Array both ways; undefined is absent, null is null", async () => {
    const { api, fetch } = real();
    const created = await api.mutations.tasks.create({
      title: "d",
      dueAt: new Date(1500),
      icon: new Uint8Array([1]),
      projectId: undefined,
    });
    expect(created).toEqual({ id: 1, title: "d", done: false, dueAt: new Date(1500), icon: new Uint8Array([1]) });
    expect(JSON.parse(String(fetch.mock.calls[0]![1].body))).toEqual({
      title: "d",
      dueAt: "1970-01-01T00:00:01.500Z",
      icon: "AQ==",
    });
    expect(
      await api.queries.tasks.list({ search: undefined, after: new Date(1499), done: false, ids: [1] }),
    ).toHaveLength(1);
    expect(await api.queries.tasks.list({ search: null })).toEqual([]);
    expect(await api.queries.tasks.list()).toHaveLength(1);
    expect(await api.queries.tasks.get({ id: 2 })).toBeNull();
    expect(await api.queries.tasks.page({ size: 1, cursor: null })).toMatchObject({
      rows: [{ dueAt: new Date(1500) }],
      hasMore: false,
    });
  });

  test("a refusal is an error that its code tells apart", async () => {
    const { api } = real();
    const error = await failure(api.mutations.tasks.create({ title: "d", projectId: "p9" }));
    expect(error).toMatchObject({
      code: "foreign_key_violation",
      status: 409,
      details: { table: "tasks" },
      requestId: expect.any(String),
    });
    expect(isAppflareError(error, "unique_violation")).toBe(false);
    const isError = isErrorOf<{ "tasks/create": "foreign_key_violation"; "tasks/list": "internal" }>();
    expect([isError(error, "tasks/create"), isError(error, "tasks/list")]).toEqual([true, false]);
    expect(isError(new Error("another"), "tasks/create")).toBe(false);
    if (isAppflareError(error, "invalid_arguments")) expectTypeOf(error.details[0]!.path).toEqualTypeOf<string>();
    expect(await failure(api.mutations.tasks.create({ title: "" }))).toMatchObject({
      code: "invalid_arguments",
      details: [{ path: "title" }],
    });
  });

  test("an argument of another type fails before anything is sent", async () => {
    const { api, fetch } = real();
    await expect(api.mutations.tasks.create({ title: "x", dueAt: "soon" })).rejects.toThrow(
      "dueAt: expected a Date, got a string",
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test("names of Object's own are operations like others", async () => {
    const api = clientOf<{ queries: { constructor(): Promise<number> } }>(operations, {
      baseUrl: "http://x",
      fetch: async () => Response.json(1),
    });
    expect(await api.queries.constructor()).toBe(1);
  });
});

describe("requests", () => {
  test("carry a fresh token and the client's headers, below the base URL's path", async () => {
    const fetch = answering(json(200, []));
    const load = vi
      .fn<() => Promise<string | undefined>>()
      .mockResolvedValueOnce("t1")
      .mockResolvedValueOnce(undefined);
    const api = client(fetch, { baseUrl: "https://x.test/api//", tokens: { load }, headers: { "x-app": "1" } });
    await api.queries.tasks.list();
    await api.queries.tasks.list();
    expect(fetch.mock.calls[0]).toEqual([
      "https://x.test/api/queries/tasks/list",
      expect.objectContaining({ method: "GET" }),
    ]);
    expect(fetch.mock.calls[0]![1].headers).toEqual({
      accept: "application/json",
      "x-app": "1",
      authorization: "Bearer t1",
    });
    expect(fetch.mock.calls[1]![1].headers).not.toHaveProperty("authorization");
  });

  test("a URL that is too long is not sent, and says so", async () => {
    const fetch = answering(json(200, []));
    const error = await failure(client(fetch).queries.tasks.list({ search: "x".repeat(16_000) }));
    expect([error.code, error.status, fetch.mock.calls.length]).toEqual(["url_too_long", 0, 0]);
  });

  test("a query string says the same to the server", () => {
    const shapes: Record<string, Shape> = {
      s: "string",
      n: "number",
      b: "boolean",
      j: "json",
      a: { array: "string" },
      "ü&=": "string",
    };
    const args = fc.record(
      {
        s: fc.option(fc.string({ unit: "grapheme" })),
        n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)),
        b: fc.option(fc.boolean()),
        j: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
        a: fc.option(fc.array(fc.string())),
        "ü&=": fc.string(),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(args, (sent) => {
        expect(queryArguments(`http://x/q${queryString(sent, shapes)}`, shapes, false)).toEqual(sent);
      }),
    );
  });
});

describe("answers that are not the API's", () => {
  test.each<[string, () => Response]>([
    [
      "a proxy's page",
      () => new Response("<html>Bad gateway</html>", { status: 500, headers: { "x-request-id": "r1" } }),
    ],
    ["nothing", () => new Response("", { status: 200 })],
    ["other JSON", json(400, { message: "no" })],
    ["no object", json(500, null)],
  ])("%s", async (_, answer) => {
    const error = await failure(client(answering(answer)).queries.tasks.list());
    expect(error.code).toBe("invalid_response");
    expect(error.status).toBe(answer().status);
  });
});

describe("retries", () => {
  test("a query is tried again after network failures and passing refusals", async () => {
    const fetch = answering(down, json(503, {}, { "retry-after": "0" }), json(200, []));
    expect(await client(fetch).queries.tasks.list()).toEqual([]);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("no more often than told, then the last failure is the call's", async () => {
    const fetch = answering(down);
    expect(await failure(client(fetch, { retries: 1 }).queries.tasks.list())).toMatchObject({
      code: "network_error",
      status: 0,
    });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each([400, 404, 409, 500])("not after %i", async (status) => {
    const fetch = answering(json(status, { error: { code: "x", message: "x" } }));
    expect((await failure(client(fetch).queries.tasks.list())).code).toBe("x");
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("never a mutation without a key", async () => {
    for (const answer of [down, json(503, {})]) {
      const fetch = answering(answer);
      await failure(client(fetch).mutations.tasks.create({ title: "x" }));
      expect(fetch).toHaveBeenCalledTimes(1);
      fetchCount = 1;
    }
  });

  test("a mutation with a key, which goes with every try", async () => {
    const fetch = answering(down, json(503, {}, { "retry-after": "0" }), json(200, null));
    await client(fetch).mutations.tasks.create({ title: "x" }, { idempotencyKey: "k" });
    const sent = fetch.mock.calls.map(([, { headers }]) => (headers as Record<string, string>)["idempotency-key"]);
    expect(sent).toEqual(["k", "k", "k"]);
  });

  test("wait as long as retry-after says, and not at all where it asks too much", async () => {
    vi.useFakeTimers();
    const fetch = answering(json(429, {}, { "retry-after": "3" }), json(200, []));
    const call = client(fetch).queries.tasks.list();
    await vi.advanceTimersByTimeAsync(2_900);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await call).toEqual([]);
    fetchCount = 1;
    const patient = answering(
      json(429, { error: { code: "rate_limited", message: "later" } }, { "retry-after": "3600" }),
    );
    expect((await failure(client(patient).queries.tasks.list())).code).toBe("rate_limited");
  });
});

describe("aborts", () => {
  const hanging = vi.fn<Fetch>(
    (_, { signal }) =>
      new Promise((_resolve, reject) => signal!.addEventListener("abort", () => reject(signal!.reason))),
  );

  test("throw the signal's reason, before and while waiting", async () => {
    const controller = new AbortController();
    const call = client(hanging).queries.tasks.list({}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    const reason = new Error("gone");
    await expect(client(hanging).queries.tasks.get({ id: 1 }, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  test("stop a retry that waits", async () => {
    const controller = new AbortController();
    const fetch = answering(json(503, {}, { "retry-after": "20" }));
    const call = client(fetch).queries.tasks.list({}, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stop")), 20);
    await expect(call).rejects.toThrow("stop");
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("time out", async () => {
    expect(await failure(client(hanging, { timeout: 10 }).queries.tasks.list())).toMatchObject({
      code: "timeout",
      status: 0,
    });
  });
});
