import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type As, mailOf, PASSWORD, type SignInServer, startSignIn } from "../auth/server.ts";
import { refusal, told } from "./attacked.ts";

/* What somebody tries with the endpoints below `/auth`. */

let server: SignInServer;
let own: string;
beforeAll(async () => {
  server = await startSignIn("attacks-sign-in");
  own = new URL(server.url).origin;
}, 60_000);
afterAll(() => server?.stop());

const run = (sql: string, ...binds: unknown[]) =>
  server.database
    .prepare(sql)
    .bind(...binds)
    .run();
const signIn = (name: string, as: As = {}) =>
  server.auth("sign-in/email", { email: mailOf(name), password: PASSWORD }, as);
const sessionOf = ({ headers }: Answer) => [headers["set-cookie"]].flat()[0]!.split(";")[0]!;

describe("a session that is over", () => {
  test("keeps nobody from signing in anew", async () => {
    const { token, cookie } = await server.signUp("ann");
    await run("DELETE FROM sessions");
    const origin = { origin: own };
    for (const as of [{ token }, { token: "nonsense" }, { cookie, headers: origin }, { token, cookie }]) {
      expect((await signIn("ann", as)).status, JSON.stringify(as)).toBe(200);
      const sent = await server.auth("email-otp/send-verification-otp", { email: mailOf("x"), type: "sign-in" }, as);
      expect(sent.status, JSON.stringify(as)).toBe(200);
      expect((await server.auth("sign-out", {}, as)).status, JSON.stringify(as)).toBe(200);
    }
  });

  test("is not brought back beside a good one", async () => {
    const banned = await server.signUp("bea");
    const good = await server.signUp("bob");
    await run("UPDATE users SET banned = 1 WHERE email = ?", mailOf("bea"));
    const change = { currentPassword: PASSWORD, newPassword: "another horse" };
    const headers = { origin: own };
    for (const as of [
      { cookie: `${good.cookie}; ${banned.cookie}`, headers },
      { token: good.token, cookie: banned.cookie, headers },
      { cookie: banned.cookie, headers: { ...headers, authorization: `bearer\t${good.token}` } },
    ]) {
      await server.auth("change-password", change, as);
      const back = { currentPassword: "another horse", newPassword: PASSWORD };
      await server.auth("change-password", back, { token: good.token });
    }
    await run("UPDATE users SET banned = 0 WHERE email = ?", mailOf("bea"));
    expect((await signIn("bea")).status).toBe(200);
  });
});

test("a session that is not to be remembered ends when it was to", async () => {
  await server.signUp("cem");
  const email = mailOf("cem");
  const short = await server.auth("sign-in/email", { email, password: PASSWORD, rememberMe: false });
  const { headers, status } = await server.query("notes/list", { cookie: sessionOf(short) });
  expect([status, headers["set-cookie"]]).toEqual([200, undefined]);
  const ends = await run("SELECT max(expires_at) AS at FROM sessions WHERE token = ?", short.body.token);
  expect((ends.results[0] as { at: number }).at).toBeLessThan(Date.now() + 2 * 86_400_000);
});

test("who signs in by a code sets nothing of a user but name and picture", async () => {
  const email = mailOf("dan");
  await server.auth("email-otp/send-verification-otp", { email, type: "sign-in" });
  const otp = server.mailTo(email).code;
  for (const more of [
    { nickname: "x".repeat(500) },
    { since: "never" },
    { role: "admin" },
    { plan: "pro" },
    { id: "x" },
  ])
    expect(refusal(await server.auth("sign-in/email-otp", { email, otp, ...more }))).toEqual([
      400,
      "invalid_arguments",
      undefined,
    ]);
  const { body } = await server.auth("sign-in/email-otp", { email, otp, name: "Dan" });
  expect(body.user).toMatchObject({ name: "Dan", role: "user", plan: "free", nickname: null });
});

describe("an address that is another's", () => {
  const byCode = async (name: string) => {
    await server.auth("email-otp/send-verification-otp", { email: mailOf(name), type: "sign-in" });
    return server.auth("sign-in/email-otp", { email: mailOf(name), otp: server.mailTo(mailOf(name)).code });
  };
  const byLink = async (name: string) => {
    await server.auth("sign-in/magic-link", { email: mailOf(name) });
    const { searchParams } = new URL(server.mailTo(mailOf(name)).url);
    return server.ask("GET", `/auth/magic-link/verify?token=${searchParams.get("token")}`);
  };
  test.each([
    ["fay", byCode],
    ["gus", byLink],
  ])("is theirs when they come, whoever signed up with it first: %s", async (name, come) => {
    const squatter = await server.signUp(name);
    expect((await server.query("notes/list", { token: squatter.token })).status).toBe(200);
    const owner = await come(name);
    expect(owner.status).toBe(200);
    expect((await server.query("notes/list", { token: owner.body.token })).status).toBe(200);
    expect(refusal(await server.query("notes/list", { token: squatter.token }))).toEqual([
      401,
      "unauthorized",
      undefined,
    ]);
    expect((await signIn(name)).status).toBe(401);
  });
});

describe("at the same time", () => {
  test("a link signs in once", async () => {
    await server.auth("sign-in/magic-link", { email: mailOf("hal") });
    const { searchParams } = new URL(server.mailTo(mailOf("hal")).url);
    const open = () => server.ask("GET", `/auth/magic-link/verify?token=${searchParams.get("token")}`);
    const answers = await Promise.all([open(), open(), open(), open(), open()]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("a code is spent by guesses, too", async () => {
    await server.auth("email-otp/send-verification-otp", { email: mailOf("ida"), type: "sign-in" });
    const right = server.mailTo(mailOf("ida")).code;
    const guess = (otp: string) => server.auth("sign-in/email-otp", { email: mailOf("ida"), otp });
    for (let round = 0; round < 4; round += 1) {
      const wrong = [1, 2, 3, 4, 5].map((more) => String((Number(right) + more) % 1e6).padStart(6, "0"));
      await Promise.all(wrong.map(guess));
    }
    expect((await guess(right)).status).toBeGreaterThanOrEqual(400);
  });

  test("an address becomes one user", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.signUp("jon")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 400, 422]).toContain(status);
  });
});

describe("another's page", () => {
  test.each([{ origin: "https://evil.example.com" }, { origin: "null" }, { origin: "https://app.example.com." }])(
    "signs nobody in or out: %j",
    async (headers) => {
      await server.auth("email-otp/send-verification-otp", { email: mailOf("eve"), type: "sign-in" });
      const { code: otp } = server.mailTo(mailOf("eve"));
      const form = { headers: { ...headers, "content-type": "text/plain" } };
      for (const answer of [
        await signIn("ann", form),
        await server.auth("sign-up/email", { name: "x", email: mailOf("x"), password: PASSWORD }, form),
        await server.auth("sign-in/email-otp", { email: mailOf("eve"), otp }, form),
        await server.auth("sign-in/magic-link", { email: mailOf("eve") }, form),
        await server.auth("sign-in/social", { provider: "github" }, form),
        await server.auth("sign-out", {}, { ...form, cookie: (await server.signUp(`e${Math.random()}`)).cookie }),
      ]) {
        expect(refusal(answer)).toEqual([403, "forbidden", "origin"]);
        expect(answer.headers["set-cookie"]).toBeUndefined();
      }
    },
  );
});

test("what is no JSON is told as everywhere", async () => {
  for (const text of ['{"email"', "[]", "null", "7"])
    for (const path of [
      "sign-in/email",
      "sign-in/email-otp",
      "sign-up/email",
      "sign-in/magic-link",
      "change-password",
    ]) {
      const answer = await server.ask("POST", `/auth/${path}`, {}, text);
      expect([400, 401], `${path} ${text}`).toContain(answer.status);
      expect(["invalid_arguments", "unauthorized"], `${path} ${text}`).toContain(answer.body.error.code);
    }
});

describe("who has an account", () => {
  const asked: readonly [string, object][] = [
    ["email-otp/send-verification-otp", { type: "sign-in" }],
    ["email-otp/send-verification-otp", { type: "email-verification" }],
    ["email-otp/send-verification-otp", { type: "forget-password" }],
    ["sign-in/email-otp", { otp: "000000" }],
    ["email-otp/verify-email", { otp: "000000" }],
    ["email-otp/request-password-reset", {}],
    ["email-otp/reset-password", { otp: "000000", password: "long enough horse" }],
    ["request-password-reset", { redirectTo: "https://app.example.com/" }],
    ["send-verification-email", {}],
    ["sign-in/magic-link", {}],
    ["sign-in/email", { password: "wrong horse battery" }],
  ];
  test.each(asked)("is not told by %s %j", async (path, body) => {
    const answer = async (name: string) => told(await server.auth(path, { ...body, email: mailOf(name) }));
    expect(await answer("ann")).toEqual(await answer(`nobody-${asked.findIndex(([, each]) => each === body)}`));
  });
});

describe("a link", () => {
  test("to a new password that leads to no page says that, and is still good", async () => {
    await server.signUp("kim");
    await server.auth("request-password-reset", { email: mailOf("kim") });
    const { pathname, search } = new URL(server.mailTo(mailOf("kim")).url);
    const opened = await server.ask("GET", pathname + search);
    expect(refusal(opened)).toEqual([400, "invalid_arguments", undefined]);
    const reset = { token: pathname.split("/").at(-1), newPassword: "another horse" };
    expect((await server.auth("reset-password", reset)).status).toBe(200);
  });

  test("that is spent or made up says so, where nobody named a page", async () => {
    expect(refusal(await server.ask("GET", "/auth/magic-link/verify?token=x"))).toEqual([
      400,
      "invalid_token",
      undefined,
    ]);
    expect((await server.ask("GET", "/auth/verify-email?token=x")).status).toBeGreaterThanOrEqual(400);
  });

  test.each([
    "https://evil.example.com",
    "//evil.example.com",
    "/\\evil.example.com",
    "/%5cevil.example.com",
    "/\t/evil.example.com",
    "https:evil.example.com",
    "https://app.example.com@evil.example.com",
    "https://app.example.com.evil.com",
    "https://app.example.com:8443/",
    "https://app.example.com./",
    "http://app.example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("leads to no page like %s", async (url) => {
    const to = encodeURIComponent(url);
    for (const path of [
      `verify-email?token=x&callbackURL=${to}`,
      `magic-link/verify?token=x&callbackURL=${to}`,
      `magic-link/verify?token=x&errorCallbackURL=${to}`,
      `magic-link/verify?token=x&newUserCallbackURL=${to}`,
      `reset-password/token?callbackURL=${to}`,
    ])
      expect((await server.ask("GET", `/auth/${path}`)).status, path).toBe(403);
    for (const [path, body] of [
      ["sign-in/magic-link", { email: mailOf("ann"), callbackURL: url }],
      ["sign-in/magic-link", { email: mailOf("ann"), errorCallbackURL: url }],
      ["request-password-reset", { email: mailOf("ann"), redirectTo: url }],
      ["send-verification-email", { email: mailOf("ann"), callbackURL: url }],
      ["sign-in/social", { provider: "github", callbackURL: url }],
    ] as const)
      expect((await server.auth(path, body)).status, path).toBe(403);
  });
});
