import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type As, mailOf, PASSWORD, type SignInServer, startSignIn } from "./server.ts";

let server: SignInServer;
beforeAll(async () => {
  server = await startSignIn("callers");
}, 60_000);
afterAll(() => server?.stop());

const code = ({ body }: { body: { error?: { code: string } } }) => body.error?.code;
const run = (sql: string, ...binds: unknown[]) =>
  server.database
    .prepare(sql)
    .bind(...binds)
    .run();

/** Somebody whom the Worker knows already. */
async function somebody(name: string) {
  const { body, token, cookie } = await server.signUp(name);
  await server.query("notes/list", { token });
  return { id: body.user.id as string, token, cookie };
}

describe("what the Worker remembers is proved anew", () => {
  test("a session that was ended is over at once, for reads, writes and what the public may ask", async () => {
    const { id, token } = await somebody("ann");
    await run('DELETE FROM "sessions" WHERE "user_id" = ?', id);
    const answers = [
      await server.query("notes/list", { token }),
      await server.query("notes/any", { token }),
      await server.mutate("notes/add", { token }, { title: "late" }),
    ];
    for (const answer of answers) expect([answer.status, code(answer)]).toEqual([401, "unauthorized"]);
    const { results } = await run('SELECT count(*) AS n FROM "notes" WHERE "owner_id" = ?', id);
    expect(results).toEqual([{ n: 0 }]);
  });

  test("each kind of statement proves it by itself", async () => {
    const asked: [string, (as: As) => Promise<{ body: never }>][] = [
      ["list", (as) => server.query("notes/list", as) as never],
      ["page", (as) => server.query("notes/page", as) as never],
      ["write", (as) => server.mutate("notes/add", as, { title: "x" }) as never],
      ["handler", (as) => server.query("whoami", as) as never],
      ["bad arguments", (as) => server.mutate("notes/add", as, { titel: "x" }) as never],
    ];
    for (const [name, ask] of asked) {
      const { id, token } = await somebody(`each-${name.replace(" ", "-")}`);
      const before = await ask({ token });
      expect(code(before), name).toBe(name === "bad arguments" ? "invalid_arguments" : undefined);
      await run('DELETE FROM "sessions" WHERE "user_id" = ?', id);
      expect(code(await ask({ token })), name).toBe("unauthorized");
    }
  });

  test("a session that has expired is over", async () => {
    const { id, token } = await somebody("bea");
    await run('UPDATE "sessions" SET "expires_at" = ? WHERE "user_id" = ?', Date.now() - 1, id);
    expect(code(await server.query("notes/list", { token }))).toBe("unauthorized");
    expect(code(await server.mutate("notes/add", { token }, { title: "late" }))).toBe("unauthorized");
  });

  test("somebody who is banned is nobody at once, cannot sign in, and is back when the ban is over", async () => {
    const { id, token } = await somebody("cem");
    expect((await server.mutate("users/ban", {}, { id })).status).toBe(200);
    expect(code(await server.query("notes/list", { token }))).toBe("unauthorized");
    expect((await server.ask("GET", "/auth/get-session", { token })).body).toBe(null);
    const signIn = () => server.auth("sign-in/email", { email: mailOf("cem"), password: PASSWORD });
    expect([(await signIn()).status, code(await signIn())]).toEqual([403, "banned"]);
    await server.mutate("users/ban", {}, { id, until: new Date(Date.now() - 1000).toISOString() });
    expect((await server.query("notes/list", { token })).status).toBe(200);
    expect((await signIn()).status).toBe(200);
  });

  test("a role is given and taken at once", async () => {
    const { id, token } = await somebody("dov");
    const asked = () => server.query("admin/notes", { token });
    const refused = await asked();
    expect([refused.status, refused.body.error]).toEqual([
      403,
      { code: "forbidden", message: expect.any(String), rule: "auth", requestId: expect.any(String) },
    ]);
    await run(`UPDATE "users" SET "role" = 'admin' WHERE "id" = ?`, id);
    expect((await asked()).status).toBe(200);
    expect((await server.query("admin/through", { token })).status).toBe(200);
    await run(`UPDATE "users" SET "role" = 'user' WHERE "id" = ?`, id);
    expect((await asked()).status).toBe(403);
    expect((await server.mutate("admin/purge", { token })).status).toBe(403);
    expect(code(await server.query("admin/through", { token }))).toBe("forbidden");
  });

  test("what is remembered of a user is what the database says", async () => {
    const { id, token } = await somebody("eli");
    await run(`UPDATE "users" SET "plan" = 'pro', "name" = 'Eli' WHERE "id" = ?`, id);
    expect((await server.query("whoami", { token })).body).toEqual({
      name: "Eli",
      plan: "pro",
      since: null,
      expiresAt: expect.stringMatching(/Z$/),
    });
  });
});

describe("the order of refusals", () => {
  test("401, then 403, then 400", async () => {
    const { token } = await somebody("fay");
    expect((await server.mutate("notes/add", {}, { titel: "x" })).status).toBe(401);
    expect((await server.mutate("notes/add", { token: "nobody's" }, { titel: "x" })).status).toBe(401);
    expect((await server.mutate("admin/purge", { token }, { titel: "x" })).status).toBe(403);
    expect((await server.mutate("notes/add", { token }, { titel: "x" })).status).toBe(400);
  });

  test("a broken token is refused where the public may call, too", async () => {
    const { cookie } = await somebody("gil");
    const [name, value = ""] = cookie.split("=");
    const signed = decodeURIComponent(value);
    for (const token of [
      "",
      "x",
      `${signed.slice(0, -2)}${signed.at(-2) === "A" ? "B" : "A"}=`,
      `${"x".repeat(32)}.${signed.split(".")[1]}`,
      "a.b.c",
    ])
      expect(code(await server.query("notes/any", { token })), token).toBe("unauthorized");
    expect((await server.query("notes/any", { token: signed })).status).toBe(200);
    expect((await server.query("notes/any", { cookie })).status).toBe(200);
    // a cookie has to be signed
    expect(code(await server.query("notes/any", { cookie: `${name}=${signed.split(".")[0]}` }))).toBe("unauthorized");
  });
});

describe("a cookie", () => {
  test("reads from anywhere, and writes from pages that are trusted", async () => {
    const { cookie } = await somebody("hed");
    expect((await server.query("notes/list", { cookie })).status).toBe(200);
    const write = (headers: { readonly [name: string]: string }) =>
      server.mutate("notes/add", { cookie, headers }, { title: "by cookie" });
    const refused = await write({});
    expect([refused.status, refused.body.error.rule]).toEqual([403, "origin"]);
    expect((await write({ origin: "https://evil.example.com" })).status).toBe(403);
    expect((await write({ origin: "null" })).status).toBe(403);
    expect((await write({ origin: "https://app.example.com" })).status).toBe(200);
    expect((await write({ origin: "https://other.example.com" })).status).toBe(200);
  });

  test("is for the server alone", async () => {
    const { headers } = await server.signUp("ida");
    const [cookie = ""] = [headers["set-cookie"]].flat();
    expect(cookie).toMatch(/^appflare\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(headers["cache-control"]).toContain("no-store");
  });

  test("and its session last anew when they are used a day later", async () => {
    const { id, cookie } = await somebody("jon");
    const old = Date.now() + 28.5 * 86_400_000;
    const made = old - 30 * 86_400_000;
    await run('UPDATE "sessions" SET "created_at" = ?, "expires_at" = ? WHERE "user_id" = ?', made, old, id);
    const { headers } = await server.query("notes/list", { cookie });
    expect(String(headers["set-cookie"])).toMatch(/^appflare\.session_token=.*Max-Age=2592000/);
    const { results } = await run('SELECT "expires_at" AS "at" FROM "sessions" WHERE "user_id" = ?', id);
    expect((results[0] as { at: number }).at).toBeGreaterThan(Date.now() + 29.9 * 86_400_000);
    expect((await server.query("notes/list", { cookie })).headers["set-cookie"]).toBeUndefined();
  });
});

describe("handlers", () => {
  test("know who calls, read as them, and as the system", async () => {
    const { token } = await somebody("kai");
    await server.mutate("notes/add", { token }, { title: "mine" });
    const own = (await server.query("notes/count", { token })).body;
    expect(own).toMatchObject({ mine: 1, name: "kai" });
    const nobody = (await server.query("notes/count")).body;
    expect(nobody).toEqual({ mine: 0, all: own.all, name: null });
    expect(own.all).toBeGreaterThan(1);
  });
});

test("a key of one caller is not another's", async () => {
  const [one, two] = [await somebody("lea"), await somebody("mia")];
  const headers = { "idempotency-key": "the same" };
  const add = (token: string) => server.mutate("notes/add", { token, headers }, { title: "once" });
  const first = await add(one.token);
  const again = await add(one.token);
  expect(again.body).toEqual(first.body);
  expect(again.headers["idempotency-replayed"]).toBe("true");
  const other = await add(two.token);
  expect(other.body.ownerId).toBe(two.id);
  expect(other.headers["idempotency-replayed"]).toBeUndefined();
  await run('DELETE FROM "sessions" WHERE "user_id" = ?', one.id);
  expect(code(await add(one.token))).toBe("unauthorized");
});

test("one's sessions are rows like any other, and their tokens are nobody's to read", async () => {
  const { token } = await somebody("noa");
  const ended = await server.mutate("sessions/end", { token });
  expect(ended.status).toBe(200);
  expect(JSON.stringify(ended.body)).not.toContain(token);
  expect(code(await server.query("notes/list", { token }))).toBe("unauthorized");
});

test("no answer and no log has a secret", async () => {
  const { token, id } = await somebody("oda");
  const session = await server.ask("GET", "/auth/get-session", { token });
  expect(session.body).toMatchObject({ user: { id, name: "oda", plan: "free" }, session: { id: expect.any(String) } });
  expect(JSON.stringify(session.body)).not.toContain(token);
  const wrong = await server.auth("sign-in/email", { email: mailOf("oda"), password: "very secret horse" });
  expect(wrong.status).toBe(401);
  const { results } = await run('SELECT "password" FROM "accounts" WHERE "user_id" = ?', id);
  const log = server.log.filter((line) => !line.startsWith("MAIL ")).join("\n");
  for (const secret of [token, PASSWORD, "very secret horse", (results[0] as { password: string }).password])
    expect(log).not.toContain(secret);
});

test("endpoints of better-auth that are not ours are nobody's", async () => {
  const { token } = await somebody("pia");
  for (const path of ["update-user", "delete-user", "list-sessions", "admin/set-role", "link-social", "ok"])
    expect(code(await server.auth(path, { role: "admin" }, { token })), path).toBe("unknown_operation");
  expect((await server.ask("GET", "/auth/ok", { token })).status).toBe(404);
  expect(code(await server.ask("GET", "/auth/error?error=access_denied"))).toBe("access_denied");
});

test("who tries too often waits", async () => {
  const headers = { "cf-connecting-ip": "203.0.113.7" };
  const attempt = () =>
    server.auth("sign-in/email", { email: "who@example.com", password: "wrong horse" }, { headers });
  // a minute may end meanwhile, and then there are ten more
  const answers = [await attempt()];
  while (answers.at(-1)!.status === 401 && answers.length <= 20) answers.push(await attempt());
  const last = answers.at(-1)!;
  expect([last.status, code(last)]).toEqual([429, "rate_limited"]);
  expect(last.headers["retry-after"]).toBe("60");
  expect(answers.length).toBeGreaterThan(10);
});
