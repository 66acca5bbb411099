import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mailOf, PASSWORD, type SignInServer, startSignIn } from "./server.ts";

let server: SignInServer;
beforeAll(async () => {
  server = await startSignIn("auth");
}, 60_000);
afterAll(() => server?.stop());

const code = ({ body }: { body: { error?: { code: string } } }) => body.error?.code;

describe("by email and password", () => {
  test("somebody signs up, and is who they say", async () => {
    const { status, body, token } = await server.signUp("ann", {
      nickname: "Annie",
      since: "2026-01-02T03:04:05.678Z",
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      token: expect.stringMatching(/^\w{32}$/),
      user: {
        id: expect.any(String),
        name: "ann",
        email: "ann@example.com",
        emailVerified: false,
        image: null,
        role: "user",
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        plan: "free",
        nickname: "Annie",
        since: "2026-01-02T03:04:05.678Z",
      },
    });
    expect((await server.mutate("notes/add", { token }, { title: "first" })).status).toBe(200);
    const notes = await server.query("notes/list", { token });
    expect(notes.body).toMatchObject([{ title: "first", ownerId: body.user.id }]);
    // and again, from memory
    expect((await server.query("notes/list", { token })).body).toEqual(notes.body);
    expect((await server.query("notes/page", { token })).body).toMatchObject({ rows: [{ title: "first" }] });
  });

  test("who is not signed in is told so, and sees what the public sees", async () => {
    const refused = await server.query("notes/list");
    expect(refused.status).toBe(401);
    expect(refused.body.error).toMatchObject({ code: "unauthorized", requestId: expect.any(String) });
    expect(refused.headers["www-authenticate"]).toBe("Bearer");
    expect((await server.query("notes/any")).body).toEqual([]);
  });

  test("a wrong password and an unknown address are answered alike", async () => {
    const wrong = await server.auth("sign-in/email", { email: "ann@example.com", password: "wrong horse" });
    const unknown = await server.auth("sign-in/email", { email: "who@example.com", password: "wrong horse" });
    expect([wrong.status, code(wrong)]).toEqual([401, "invalid_email_or_password"]);
    expect(unknown.status).toBe(wrong.status);
    expect({ ...unknown.body.error, requestId: "" }).toEqual({ ...wrong.body.error, requestId: "" });
  });

  test("signing in gives another session, and signing out ends it", async () => {
    const { body } = await server.auth("sign-in/email", { email: "ann@example.com", password: PASSWORD });
    const token: string = body.token;
    expect((await server.query("me", { token })).body).toMatchObject({ name: "ann", email: "ann@example.com" });
    expect((await server.auth("sign-out", {}, { token })).status).toBe(200);
    expect(code(await server.query("me", { token }))).toBe("unauthorized");
    expect(code(await server.query("notes/any", { token }))).toBe("unauthorized");
  });

  test("what sign-up refuses", async () => {
    const short = await server.signUp("short", { password: "short" });
    expect([short.status, code(short)]).toEqual([400, "password_too_short"]);
    const twice = await server.signUp("ann");
    expect([twice.status, code(twice)]).toEqual([422, "user_already_exists_use_another_email"]);
    const noMail = await server.auth("sign-up/email", { name: "x", password: PASSWORD });
    expect([noMail.status, code(noMail)]).toEqual([400, "invalid_arguments"]);
    const long = await server.signUp("long", { nickname: "x".repeat(21) });
    expect([long.status, code(long)]).toEqual([400, "invalid_arguments"]);
    for (const field of [{ role: "admin" }, { plan: "pro" }, { banned: false }, { emailVerified: true }]) {
      const answer = await server.signUp(`sly-${Object.keys(field)[0]}`, field);
      const { results } = await server.database
        .prepare('SELECT "role", "plan", "email_verified" FROM "users" WHERE "email" LIKE \'sly-%\'')
        .all();
      for (const row of results) expect(row).toEqual({ role: "user", plan: "free", email_verified: 0 });
      expect([200, 400]).toContain(answer.status);
    }
  });

  test("a password is changed, and the old one is no longer good", async () => {
    const { token } = await server.signUp("cat");
    const other = (await server.auth("sign-in/email", { email: mailOf("cat"), password: PASSWORD })).body.token;
    const change = { currentPassword: PASSWORD, newPassword: "another horse", revokeOtherSessions: true };
    const changed = await server.auth("change-password", change, { token });
    expect(changed.status).toBe(200);
    expect(code(await server.query("me", { token: other }))).toBe("unauthorized");
    expect((await server.query("me", { token: changed.body.token })).body.name).toBe("cat");
    const old = await server.auth("sign-in/email", { email: mailOf("cat"), password: PASSWORD });
    expect(code(old)).toBe("invalid_email_or_password");
  });

  test("a forgotten password is reset by mail, and every session ends", async () => {
    const { token } = await server.signUp("dan");
    const known = await server.auth("request-password-reset", { email: mailOf("dan") });
    const unknown = await server.auth("request-password-reset", { email: "nobody@example.com" });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    const { kind, url } = server.mailTo(mailOf("dan"));
    expect(kind).toBe("reset");
    const reset = { token: new URL(url).pathname.split("/").at(-1), newPassword: "a new horse" };
    expect((await server.auth("reset-password", reset)).status).toBe(200);
    expect((await server.auth("reset-password", reset)).status).toBe(400);
    expect(code(await server.query("me", { token }))).toBe("unauthorized");
    expect((await server.auth("sign-in/email", { email: mailOf("dan"), password: "a new horse" })).status).toBe(200);
  });
});

describe("by mail", () => {
  test("a code signs in, once, and makes who is new", async () => {
    const email = mailOf("eve");
    const sent = await server.auth("email-otp/send-verification-otp", { email, type: "sign-in" });
    expect(sent.status).toBe(200);
    const otp = server.mailTo(email).code;
    expect(otp).toMatch(/^\d{6}$/);
    const wrong = await server.auth("sign-in/email-otp", { email, otp: otp === "000000" ? "000001" : "000000" });
    expect(wrong.status).toBe(400);
    const right = await server.auth("sign-in/email-otp", { email, otp });
    expect(right.body.user).toMatchObject({ email, emailVerified: true, role: "user", plan: "free" });
    expect((await server.query("me", { token: right.body.token })).body.email).toBe(email);
    expect((await server.auth("sign-in/email-otp", { email, otp })).status).toBe(400);
  });

  test("a code is guessed three times at most", async () => {
    const email = mailOf("fay");
    await server.auth("email-otp/send-verification-otp", { email, type: "sign-in" });
    const otp = server.mailTo(email).code;
    for (let guess = 0; guess < 4; guess += 1)
      await server.auth("sign-in/email-otp", { email, otp: String((Number(otp) + 1 + guess) % 1e6).padStart(6, "0") });
    expect((await server.auth("sign-in/email-otp", { email, otp })).status).toBeGreaterThanOrEqual(400);
  });

  test("a link signs in, once", async () => {
    const email = mailOf("gus");
    expect((await server.auth("sign-in/magic-link", { email, name: "Gus" })).status).toBe(200);
    const { kind, url } = server.mailTo(email);
    expect(kind).toBe("magicLink");
    const token = new URL(url).searchParams.get("token");
    const link = `/auth/magic-link/verify?token=${token}`;
    const opened = await server.ask("GET", link);
    expect(opened.body.user).toMatchObject({ email, name: "Gus" });
    expect((await server.query("me", { token: opened.body.token })).body.email).toBe(email);
    expect((await server.ask("GET", link)).status).not.toBe(200);
  });

  test("an address is verified", async () => {
    const email = mailOf("hal");
    const { token } = await server.signUp("hal");
    expect((await server.auth("send-verification-email", { email }, { token })).status).toBe(200);
    const { pathname, searchParams } = new URL(server.mailTo(email).url);
    const verified = await server.ask("GET", `${pathname}?token=${searchParams.get("token")}`);
    expect(verified.status).toBe(200);
    expect((await server.query("me", { token })).body.emailVerified).toBe(true);
  });
});
