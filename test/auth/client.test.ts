import { appendFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type {
  ClientOptions,
  CodeAuth,
  LinkAuth,
  PasswordAuth,
  SessionAuth,
  SocialAuth,
} from "../../runtime/client/main.ts";
import { bundle } from "../conformance/bundle.ts";
import { mailOf, PASSWORD, type SignInServer, startSignIn } from "./server.ts";

/* The generated client signs in at a real Worker. */

interface User {
  readonly id: string;
  readonly email: string;
  readonly plan: "free" | "pro";
  readonly since: Date | null;
  readonly createdAt: Date;
}
interface SignUp {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly nickname?: string;
  readonly since?: Date;
}
interface Client {
  readonly auth: SessionAuth<User, { readonly id: string; readonly expiresAt: Date }> &
    PasswordAuth<User, SignUp> &
    CodeAuth<User> &
    LinkAuth<User> &
    SocialAuth<"github">;
  readonly queries: { readonly notes: { list(): Promise<readonly { readonly title: string }[]> } };
  readonly mutations: { readonly notes: { add(args: { title: string }): Promise<{ readonly ownerId: string }> } };
}

let server: SignInServer;
let createClient: (options: ClientOptions) => Client;
beforeAll(async () => {
  let folder = "";
  server = await startSignIn("client-auth", (at) => {
    folder = at;
    appendFileSync(`${at}/appflare.yaml`, "worker: { wrangler: { vars: { GITHUB_ID: id, GITHUB_SECRET: hush } } }\n");
  });
  const path = `${folder}/client.bundled.mjs`;
  writeFileSync(path, await bundle(`${folder}/generated/client.ts`, "node"));
  ({ createClient } = await import(pathToFileURL(path).href));
}, 60_000);
afterAll(() => server?.stop());

let addresses = 0;
const client = (options: Partial<ClientOptions> = {}): Client =>
  createClient({
    baseUrl: server.url.origin,
    headers: { "cf-connecting-ip": `10.1.0.${addresses++}` },
    retries: 0,
    ...options,
  });
const person = (name: string) => ({ name, email: mailOf(name), password: PASSWORD });

test("signs up with fields, and is signed in from then on", async () => {
  const api = client();
  const since = new Date("2020-01-02T03:04:05.006Z");
  const { user, token } = await api.auth.signUp({ ...person("ann"), nickname: "An", since });
  expect(token).toEqual(expect.any(String));
  expect(user).toMatchObject({ email: mailOf("ann"), plan: "free", since });
  expect(user.createdAt).toBeInstanceOf(Date);
  expect((await api.mutations.notes.add({ title: "mine" })).ownerId).toBe(user.id);
  expect(await api.queries.notes.list()).toMatchObject([{ title: "mine" }]);
  const session = await api.auth.session();
  expect(session).toMatchObject({ user: { id: user.id, since } });
  expect(session!.session.expiresAt.getTime()).toBeGreaterThan(Date.now());
});

test("signs out, and in again with a token of its own", async () => {
  const onSignedOut = vi.fn();
  const api = client({ onSignedOut });
  await api.auth.signUp(person("bea"));
  await api.auth.signOut();
  await expect(api.queries.notes.list()).rejects.toMatchObject({ code: "unauthorized", status: 401 });
  expect(await api.auth.session()).toBeNull();
  await expect(api.auth.signIn({ email: mailOf("bea"), password: "wrong horse" })).rejects.toMatchObject({
    status: 401,
  });
  await api.auth.signIn({ email: mailOf("bea"), password: PASSWORD });
  expect(await api.queries.notes.list()).toEqual([]);
  expect(onSignedOut).not.toHaveBeenCalled();
});

test("is told when its session was ended elsewhere", async () => {
  let kept: string | undefined;
  const tokens = {
    load: () => kept,
    store: (token: string) => {
      kept = token;
    },
    clear: () => {
      kept = undefined;
    },
  };
  const onSignedOut = vi.fn();
  const api = client({ tokens, onSignedOut });
  const { user } = await api.auth.signUp(person("cem"));
  expect(kept).toEqual(expect.any(String));
  await server.database.prepare("DELETE FROM sessions WHERE user_id = ?").bind(user.id).run();
  await expect(api.queries.notes.list()).rejects.toMatchObject({ code: "unauthorized" });
  expect([kept, onSignedOut.mock.calls.length]).toEqual([undefined, 1]);
});

test("changes its password, and stays signed in where others are signed out", async () => {
  const [api, other] = [client(), client()];
  await api.auth.signUp(person("dov"));
  await other.auth.signIn({ email: mailOf("dov"), password: PASSWORD });
  const newPassword = "another good horse";
  await api.auth.changePassword({ currentPassword: PASSWORD, newPassword, revokeOtherSessions: true });
  expect(await api.queries.notes.list()).toEqual([]);
  await expect(other.queries.notes.list()).rejects.toMatchObject({ code: "unauthorized" });
  await other.auth.signIn({ email: mailOf("dov"), password: newPassword });
});

test("resets a forgotten password by the token that was mailed", async () => {
  const api = client();
  await api.auth.signUp(person("eli"));
  await api.auth.requestReset({ email: mailOf("eli") });
  const { url } = server.mailTo(mailOf("eli"));
  const token = /reset-password\/([\w-]+)/.exec(url)![1]!;
  await api.auth.reset({ token, newPassword: "a brand new horse" });
  await api.auth.signIn({ email: mailOf("eli"), password: "a brand new horse" });
  expect(await api.queries.notes.list()).toEqual([]);
});

test("signs in by a code, and by a link", async () => {
  const api = client();
  await api.auth.sendCode({ email: mailOf("fay") });
  const byCode = await api.auth.signInWithCode({ email: mailOf("fay"), otp: server.mailTo(mailOf("fay")).code });
  expect(await api.queries.notes.list()).toEqual([]);
  const again = client();
  await again.auth.sendLink({ email: mailOf("fay") });
  const token = new URL(server.mailTo(mailOf("fay")).url).searchParams.get("token")!;
  const byLink = await again.auth.signInWithLink({ token });
  expect(byLink.user.id).toBe(byCode.user.id);
  expect(await again.queries.notes.list()).toEqual([]);
});

test("knows where another provider signs in", async () => {
  const url = await client().auth.socialUrl({ provider: "github", callbackURL: "https://app.example.com/" });
  expect(url).toMatch(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
});
