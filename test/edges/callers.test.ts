import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signedIn } from "../../compiler/cli/test/signedIn.ts";
import { closeConnections } from "../conformance/http.ts";
import type { SpecServer } from "../conformance/specServer.ts";
import { type Answer, ask, get, post, startEdges } from "./edges.ts";

/* Limits and CORS of a Worker where people sign in. */

let server: SpecServer;
beforeAll(async () => {
  server = await startEdges("callers", "signedIn.yaml");
}, 60_000);
afterAll(async () => {
  closeConnections();
  await server?.stop();
});

const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
const people = names.map((name) => signedIn(name, {}));
beforeEach(() =>
  server.data.reset({
    users: people.map(({ user }) => ({ ...user })),
    sessions: people.map(({ session }) => ({ ...session })),
  }),
);

let next = 0;
/** Somebody who has not called yet, and an address that nobody has called from. */
function newcomer() {
  next += 1;
  const { token } = people[next]!;
  return { authorization: `Bearer ${token}`, "cf-connecting-ip": `198.51.100.${next}` };
}
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();
const several = (count: number, call: (index: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)));
const write = (headers: object, operation = "notes/write") => post(server, operation, { text: "x" }, { ...headers });

describe("limits", () => {
  test("count who is signed in, wherever they call from", async () => {
    const { authorization } = newcomer();
    const from = (index: number) => ({ authorization, "cf-connecting-ip": `203.0.113.${index}` });
    expect(statuses(await several(5, (index) => write(from(index))))).toEqual([200, 200, 200, 429, 429]);
  });

  test("and not others at the same address", async () => {
    const [one, other] = [newcomer(), newcomer()];
    const together = { ...other, "cf-connecting-ip": one["cf-connecting-ip"] };
    expect(statuses(await several(4, () => write(one)))).toEqual([200, 200, 200, 429]);
    expect(statuses(await several(3, () => write(together)))).toEqual([200, 200, 200]);
  });

  test("count an address where nobody is signed in, apart from who is", async () => {
    const { authorization, ...nobody } = newcomer();
    expect(statuses(await several(4, () => write(nobody, "notes/say")))).toEqual([200, 200, 200, 429]);
    expect((await write({ authorization, ...nobody }, "notes/say")).status).toBe(200);
  });

  test("count an address, whoever calls from there, where they say so", async () => {
    const [one, other] = [newcomer(), newcomer()];
    const together = { ...other, "cf-connecting-ip": one["cf-connecting-ip"] };
    const call = (index: number) => write(index % 2 === 0 ? one : together, "notes/byAddress");
    expect(statuses(await several(4, call))).toEqual([200, 200, 429, 429]);
  });

  test("of `defaults` hold for all that say nothing else, together", async () => {
    const from = newcomer();
    const answers = [
      await write(from),
      await write(from, "notes/say"),
      await write(from),
      await write(from, "notes/say"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(statuses(await several(10, () => get(server, "notes/list", from)))).toEqual(Array(10).fill(200));
  });

  test("the platform counts by user, too", async () => {
    const from = newcomer();
    const answers = await several(4, () => get(server, "notes/open", from));
    expect(statuses(answers)).toContain(429);
    expect((await get(server, "notes/open", newcomer())).status).toBe(200);
  });

  test("come behind 401 and 403, and before 400", async () => {
    const from = newcomer();
    const { authorization, ...nobody } = from;
    const broken = { ...nobody, authorization: "Bearer nonsense" };
    for (let index = 0; index < 5; index += 1) {
      expect((await write(nobody)).status).toBe(401);
      expect((await write(broken)).status).toBe(401);
      expect((await get(server, "notes/admin", from)).status).toBe(403);
    }
    // none of these has counted
    const wrong = await several(4, () => post(server, "notes/write", { nope: 1 }, from));
    expect(statuses(wrong)).toEqual([400, 400, 400, 429]);
    expect((await write(nobody)).status).toBe(401);
  });

  test("a request that is run again, since who calls has changed, counts once", async () => {
    const from = newcomer();
    expect((await write(from)).status).toBe(200);
    const name = names[next];
    await server.database.prepare("UPDATE users SET name = 'Another' WHERE id = ?").bind(name).run();
    expect((await write(from)).status).toBe(200);
    expect((await write(from)).status).toBe(200);
    expect((await write(from)).status).toBe(429);
  });

  test("attempts to sign in count exactly, over a time of their own", async () => {
    const from = { "cf-connecting-ip": "198.51.100.200", "content-type": "application/json" };
    const body = JSON.stringify({ email: "user1@example.com", password: "not the one" });
    const attempt = () => ask(server, { method: "POST", path: "/auth/sign-in/email", headers: from, body });
    const answers = [await attempt(), await attempt(), await attempt(), await attempt()];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
    expect(answers[3]!.body.error).toMatchObject({ code: "rate_limited", details: { retryAfter: expect.any(Number) } });
    expect(answers[3]!.headers["retry-after"]).toBe(String(answers[3]!.body.error.details.retryAfter));
  });
});

describe("pages of other origins", () => {
  const preflight = (path: string, origin: string) =>
    ask(server, {
      method: "OPTIONS",
      path,
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });

  test.each(["https://app.example.com", "https://other.example.com"])("%s may send cookies", async (origin) => {
    for (const path of ["/mutations/notes/write", "/auth/sign-in/email", "/queries/notes/list"]) {
      const { status, headers } = await preflight(path, origin);
      expect([path, status]).toEqual([path, 204]);
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-headers": "authorization,content-type",
        "access-control-max-age": "7200",
        vary: "origin",
      });
      expect(headers["access-control-allow-methods"]).toContain(path.startsWith("/queries") ? "GET" : "POST");
    }
    for (const answer of [
      await get(server, "notes/list", { origin }),
      await post(server, "notes/write", {}, { origin }),
      await ask(server, { method: "POST", path: "/auth/sign-out", headers: { origin }, body: "{}" }),
      await get(server, "nowhere", { origin }),
    ]) {
      expect(answer.headers["access-control-allow-origin"]).toBe(origin);
      expect(answer.headers["access-control-allow-credentials"]).toBe("true");
      expect(answer.headers["access-control-expose-headers"]).toMatch(
        /x-request-id, idempotency-replayed, retry-after/,
      );
    }
  });

  test.each(["https://evil.example.com", "null", "https://app.example.com.evil.example", "http://app.example.com"])(
    "%s may nothing",
    async (origin) => {
      const answers = [
        await preflight("/mutations/notes/write", origin),
        await preflight("/auth/sign-in/email", origin),
        await get(server, "notes/list", { origin }),
        await ask(server, { method: "POST", path: "/auth/sign-out", headers: { origin }, body: "{}" }),
      ];
      for (const { headers } of answers) {
        expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
        expect(headers.vary).toBe("origin");
      }
    },
  );
});

test("answers of sign-in have the headers of every answer", async () => {
  const answer = await ask(server, { method: "POST", path: "/auth/sign-out", body: "{}" });
  expect(answer.headers).toMatchObject({
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
});

test("no token, cookie or password comes into the log", async () => {
  const { authorization } = newcomer();
  await server.database.prepare("ALTER TABLE notes RENAME TO elsewhere").run();
  const answer = await post(server, "notes/write", { text: "x" }, { authorization, cookie: "secret=cookie" });
  await server.database.prepare("ALTER TABLE elsewhere RENAME TO notes").run();
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toMatch(/notes|SQL/);
  const log = server.log.join("\n");
  expect(log).toContain(String(answer.headers["x-request-id"]));
  expect(log).not.toContain(authorization.slice("Bearer ".length));
  expect(log).not.toMatch(/secret=cookie|not the one/);
});
