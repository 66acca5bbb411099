import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mailOf, PASSWORD } from "../auth/server.ts";
import { Attacked, refusal, told } from "./attacked.ts";

/* What somebody tries with the request itself: its arguments, headers, path, token and key. */

type Somebody = Awaited<ReturnType<Attacked["somebody"]>>;

let app: Attacked;
let ann: Somebody;
let mallory: Somebody;
beforeAll(async () => {
  app = await Attacked.start("attacks-requests");
  ann = await app.somebody("ann", "acme");
  mallory = await app.somebody("mallory", "evil");
  await app.put("notes", { id: 1, title: "ann's secret", pin: "1234", owner_id: ann.id });
  await app.put("notes", { id: 2, title: "mallory's", pin: "6666", owner_id: mallory.id });
}, 60_000);
afterAll(() => app?.server.stop());

const roleOf = async (id: string) =>
  app.sql("SELECT role, org_id, vip, banned, email_verified FROM users WHERE id = ?", id);
const plain = { role: "user", banned: 0, vip: 0 };

describe("arguments that nobody asked for", () => {
  test.each([
    ["notes/add", { title: "x", ownerId: "?" }],
    ["notes/add", { title: "x", id: 7 }],
    ["notes/edit", { id: 2, owner: { id: "?" } }],
    ["users/edit", { id: "?", role: "admin" }],
    ["users/edit", { id: "?", vip: true }],
    ["users/edit", { id: "?", email: "x@example.com" }],
    ["users/edit", { id: "?", orgId: "acme" }],
    ["projects/add", { id: "x", code: "x", name: "x", "owner.id": "?" }],
    ["notes/clear", { ids: [2], where: {} }],
    ["notes/clear", { ids: [2], all: true }],
    ["notes/add", { title: "x", $user: { id: "?" } }],
    ["notes/add", { title: "x", constructor: { prototype: { role: "admin" } } }],
  ])("%s %j", async (name, args) => {
    const before = await app.sql("SELECT * FROM notes");
    const own = JSON.parse(JSON.stringify(args).replaceAll('"?"', JSON.stringify(mallory.id)));
    expect(refusal(await app.mutate(name, mallory, own))).toEqual([400, "invalid_arguments", undefined]);
    expect(await app.sql("SELECT * FROM notes")).toEqual(before);
    expect(await roleOf(mallory.id)).toMatchObject([{ ...plain, org_id: "evil" }]);
  });

  test("at sign-up make nobody more than everybody", async () => {
    const more = { role: "admin", vip: true, orgId: "acme", emailVerified: true, banned: false, id: ann.id };
    for (const [index, [key, value]] of Object.entries(more).entries()) {
      const { status, body } = await app.server.signUp(`greedy${index}`, { [key]: value });
      if (status !== 200) continue;
      expect(await roleOf(body.user.id), key).toMatchObject([{ ...plain, org_id: null, email_verified: 0 }]);
      expect(body.user.id).not.toBe(ann.id);
    }
    const { body } = await app.server.signUp("modest", { bio: "I write." });
    expect(await app.sql("SELECT bio FROM users WHERE id = ?", body.user.id)).toEqual([{ bio: "I write." }]);
  });
});

describe("values of another form", () => {
  test.each([
    ["notes/add", { title: { contains: "" } }],
    ["notes/add", { title: ["a"] }],
    ["notes/edit", { id: { gt: 0 }, title: "x" }],
    ["notes/edit", { id: [1, 2], title: "x" }],
    ["notes/edit", { id: "1 OR 1=1", title: "x" }],
    ["notes/edit", { id: 1.5, title: "x" }],
    ["notes/edit", { id: true, title: "x" }],
    ["notes/remove", { id: null }],
    ["notes/clear", { ids: { length: 1, 0: 1 } }],
    ["notes/add", { title: "a\u0000b" }],
  ])("are no operators: %s %j", async (name, args) => {
    expect(refusal(await app.mutate(name, mallory, args))).toEqual([400, "invalid_arguments", undefined]);
  });

  test.each([
    "/queries/notes/get?id[ne]=0",
    "/queries/notes/get?id=1&id=2",
    "/queries/notes/get?id=2%20OR%201%3D1",
    "/queries/notes/get?id=2;--",
    "/queries/notes/list?title[contains]=",
    "/queries/notes/list?__proto__=1",
    "/queries/notes/list?title=x&constructor=1",
    `/queries/notes/ids?ids=${encodeURIComponent('{"in":[1]}')}`,
    "/queries/notes/page?size=1000",
    "/queries/notes/page?limit=1000",
  ])("in a query string are refused: %s", async (path) => {
    expect(refusal(await app.ask("GET", path, mallory))).toEqual([400, "invalid_arguments", undefined]);
  });

  test("of SQL are texts", async () => {
    for (const text of [
      "' OR '1'='1",
      "%",
      "_%",
      "'; DROP TABLE notes; --",
      '") UNION SELECT * FROM "users" --',
      "\\",
    ]) {
      const list = await app.query("notes/list", mallory, { title: text });
      expect([list.status, list.body], text).toEqual([200, []]);
      const found = await app.query("notes/search", mallory, { text });
      expect(found.status, text).toBe(200);
      for (const row of found.body) expect(row.ownerId).toBe(mallory.id);
      const none = await app.query("users/byEmail", mallory, { email: text });
      expect([none.status, none.body], text).toEqual([200, []]);
    }
    expect(await app.sql("SELECT count(*) AS n FROM notes")).toEqual([{ n: 2 }]);
  });

  test("named like what every object has pollute nothing", async () => {
    const bodies = [
      '{"title":"x","__proto__":{"ownerId":"1","role":"admin"}}',
      '{"__proto__":{"title":"x"}}',
      '{"constructor":{"prototype":{"title":"x"}}}',
      '{"title":"x","title":"y"}',
      "[]",
      '[{"title":"x"}]',
      '"title"',
      "null",
    ];
    for (const text of bodies) {
      const answer = await app.ask("POST", "/mutations/notes/add", mallory, text);
      expect(refusal(answer), text).toEqual([400, "invalid_arguments", undefined]);
    }
    expect((await app.query("notes/open")).body).toEqual([]);
    expect((await app.query("notes/list", mallory)).body).toHaveLength(1);
  });
});

describe("who one says to be", () => {
  test("in headers of one's own is nobody", async () => {
    const spoofs = [
      { "x-user-id": ann.id },
      { "x-appflare-user": ann.id },
      { "x-forwarded-user": ann.id },
      { user: ann.id },
      { "x-original-url": "/queries/admin/users" },
    ];
    for (const headers of spoofs) {
      expect(refusal(await app.query("notes/list", { headers })), JSON.stringify(headers)).toEqual([
        401,
        "unauthorized",
        undefined,
      ]);
      const mine = await app.query("notes/list", { token: mallory.token, headers });
      for (const row of mine.body) expect(row.ownerId).toBe(mallory.id);
    }
  });

  test("by a token in another place is nobody, or is refused", async () => {
    const elsewhere = [
      { authorization: `Basic ${btoa(`${ann.id}:${ann.token}`)}` },
      { authorization: `Bearer` },
      { authorization: `Bearer ${ann.token} ${mallory.token}` },
      { authorization: `Bearer ${ann.token},Bearer ${mallory.token}` },
      { authorization: `Bearer ${ann.token.slice(0, -1)}` },
      { authorization: `Bearer ${ann.token}'--` },
      { authorization: `Bearer ' OR '1'='1` },
      { authorization: `Bearer %` },
      { authorization: `Bearer ${"x".repeat(5000)}` },
      { "x-access-token": ann.token },
      { cookie: `appflare.session_token=${ann.token}` },
      { cookie: `session_token=${ann.token}; better-auth.session_token=${ann.token}` },
    ];
    for (const headers of elsewhere)
      expect(refusal(await app.query("notes/list", { headers })), JSON.stringify(headers)).toEqual([
        401,
        "unauthorized",
        undefined,
      ]);
    const { status } = await app.ask("GET", `/queries/notes/list?token=${ann.token}`, {});
    expect(status).toBe(401);
  });

  test("is over when the token's user, session or time is", async () => {
    const gone = await app.somebody("gone", "acme");
    expect((await app.query("notes/list", gone)).status).toBe(200);
    await app.sql("DELETE FROM users WHERE id = ?", gone.id);
    for (const answer of [
      await app.query("notes/list", gone),
      await app.query("notes/open", gone),
      await app.mutate("notes/add", gone, { title: "ghost" }),
    ])
      expect(refusal(answer)).toEqual([401, "unauthorized", undefined]);

    const left = await app.somebody("left", "acme");
    expect((await app.query("notes/list", left)).status).toBe(200);
    await app.server.auth("sign-out", {}, left);
    expect(refusal(await app.query("notes/list", left))).toEqual([401, "unauthorized", undefined]);

    const late = await app.somebody("late", "acme");
    await app.sql("UPDATE sessions SET expires_at = ? WHERE user_id = ?", Date.now() - 1, late.id);
    expect(refusal(await app.query("notes/list", late))).toEqual([401, "unauthorized", undefined]);
  });

  test("is what the database says now: an organisation that was left is closed at once", async () => {
    await app.put("projects", { id: "p9", org_id: "acme", code: "nine", name: "Nine", owner_id: ann.id });
    const mover = await app.somebody("mover", "acme");
    expect((await app.query("projects/get", mover, { id: "p9" })).body).toMatchObject({ id: "p9" });
    await app.sql("UPDATE users SET org_id = 'evil' WHERE id = ?", mover.id);
    expect((await app.query("projects/get", mover, { id: "p9" })).body).toBeNull();
    expect(refusal(await app.mutate("projects/rename", mover, { id: "p9", name: "x" }))).toEqual([
      404,
      "not_found",
      undefined,
    ]);
  });
});

describe("a role that one has not", () => {
  test("is asked for before anything else is said of the call", async () => {
    for (const path of ["/queries/admin/users", "/queries/admin/users?none=1"])
      expect(refusal(await app.ask("GET", path, mallory))).toEqual([403, "forbidden", "auth"]);
    expect(refusal(await app.query("admin/users"))).toEqual([401, "unauthorized", undefined]);
  });

  test("is found by no other name of the operation", async () => {
    for (const path of [
      "/queries/admin//users",
      "/queries/admin/users/",
      "/queries/admin%2fusers",
      "/queries/Admin/Users",
      "/queries/notes/../admin/users",
      "/queries/admin/users%00",
      "//queries/admin/users",
      "/queries/__proto__",
      "/queries/constructor",
      "/queries/toString",
      "/mutations/admin/users",
    ]) {
      const { status, body } = await app.ask("GET", path, mallory);
      expect([403, 404, 405], path).toContain(status);
      expect(JSON.stringify(body), path).not.toContain(mailOf("ann"));
    }
  });

  test("is not given by another method", async () => {
    const headers = { "x-http-method-override": "GET", "x-http-method": "GET", "x-method-override": "GET" };
    const before = await app.sql("SELECT * FROM notes");
    expect((await app.ask("GET", "/mutations/notes/remove?id=2", { ...mallory, headers })).status).toBe(405);
    expect((await app.ask("POST", "/queries/notes/list?_method=GET", { ...mallory, headers }, {})).status).toBe(405);
    expect(await app.sql("SELECT * FROM notes")).toEqual(before);
  });
});

describe("an Idempotency-Key", () => {
  test("of another brings nothing of theirs, whatever it refuses", async () => {
    const headers = { "idempotency-key": "ann's key" };
    const first = await app.mutate("notes/add", { ...ann, headers }, { title: "once" });
    expect(first.status).toBe(200);
    const other = await app.mutate("notes/add", { ...mallory, headers }, { title: "once" });
    expect([other.status, other.body.ownerId]).toEqual([200, mallory.id]);
    expect(other.body.id).not.toBe(first.body.id);
    expect((await app.mutate("notes/add", { headers }, { title: "once" })).status).toBe(401);
  });

  test("brings no answer that may no longer be given", async () => {
    const banned = await app.somebody("banned", "acme");
    const headers = { "idempotency-key": "k" };
    expect((await app.mutate("notes/add", { ...banned, headers }, { title: "once" })).status).toBe(200);
    await app.sql("UPDATE users SET banned = 1 WHERE id = ?", banned.id);
    const again = await app.mutate("notes/add", { ...banned, headers }, { title: "once" });
    expect(refusal(again)).toEqual([401, "unauthorized", undefined]);
  });
});

describe("who has an account", () => {
  test("is told by no answer of sign-in, by status or words", async () => {
    const signIn = (email: string) => app.server.auth("sign-in/email", { email, password: "wrong horse" });
    expect(told(await signIn(mailOf("ann")))).toEqual(told(await signIn("nobody@example.com")));
    const reset = (email: string) => app.server.auth("request-password-reset", { email });
    expect(told(await reset(mailOf("ann")))).toEqual(told(await reset("nobody@example.com")));
  });

  test("a password is no text of SQL, and no list", async () => {
    for (const password of [{ $ne: "" }, ["a"], true, null, "' OR '1'='1"]) {
      const { status } = await app.server.auth("sign-in/email", { email: mailOf("ann"), password } as never);
      expect([400, 401], JSON.stringify(password)).toContain(status);
    }
    expect((await app.server.auth("sign-in/email", { email: mailOf("ann"), password: PASSWORD })).status).toBe(200);
  });
});
