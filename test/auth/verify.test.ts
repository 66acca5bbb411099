import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailOf, PASSWORD, type SignInServer, startSignIn } from "./server.ts";

let server: SignInServer;
beforeAll(async () => {
  server = await startSignIn("verify", (folder) => {
    const manifest = `${folder}/appflare.yaml`;
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace("minLength: 10", "verify: true"));
  });
}, 60_000);
afterAll(() => server?.stop());

const signIn = (name: string) => server.auth("sign-in/email", { email: mailOf(name), password: PASSWORD });

test("where addresses are verified, sign-up does not tell whether one is known", async () => {
  const first = await server.signUp("ann");
  expect([first.status, first.body]).toEqual([200, { token: null, user: null }]);
  const again = await server.signUp("ann");
  expect([again.status, again.body]).toEqual([first.status, first.body]);
  expect(again.headers["set-cookie"]).toBeUndefined();
});

test("who has verified their address may sign in", async () => {
  await server.signUp("bea");
  const early = await signIn("bea");
  expect([early.status, early.body.error.code]).toEqual([403, "email_not_verified"]);
  const { kind, url } = server.mailTo(mailOf("bea"));
  expect(kind).toBe("verify");
  const { pathname, searchParams } = new URL(url);
  await server.ask("GET", `${pathname}?token=${searchParams.get("token")}`);
  expect((await signIn("bea")).body.user).toMatchObject({ name: "bea", emailVerified: true });
});

test("a link leads back to pages that are trusted, and to no others", async () => {
  const send = (callbackURL: string) => server.auth("sign-in/magic-link", { email: mailOf("cem"), callbackURL });
  expect((await send("https://evil.example.com/")).status).toBe(403);
  expect((await send("https://app.example.com/welcome")).status).toBe(200);
  const { pathname, search } = new URL(server.mailTo(mailOf("cem")).url);
  const opened = await server.ask("GET", pathname + search);
  expect([opened.status, opened.headers["location"]]).toEqual([302, "https://app.example.com/welcome"]);
  expect(String(opened.headers["set-cookie"])).toContain("appflare.session_token=");
});
