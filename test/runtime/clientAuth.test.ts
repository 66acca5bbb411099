import { describe, expect, test, vi } from "vitest";
import {
  type AuthShapes,
  authOf,
  type ClientOptions,
  type CodeAuth,
  clientOf,
  type LinkAuth,
  type PasswordAuth,
  type SessionAuth,
  type SocialAuth,
} from "../../runtime/client/main.ts";

interface User {
  readonly id: string;
  readonly born: Date | null;
}
interface Client {
  readonly auth: SessionAuth<User, { readonly expiresAt: Date }> &
    PasswordAuth<User, { name: string; email: string; password: string; born?: Date }> &
    CodeAuth<User> &
    LinkAuth<User> &
    SocialAuth<"github">;
  readonly queries: { list(): Promise<unknown> };
  readonly mutations: { write(args: { n: number }): Promise<unknown> };
}
type Fetch = NonNullable<ClientOptions["fetch"]>;

const shapes: AuthShapes = {
  user: { object: { born: "timestamp" } },
  session: { object: { expiresAt: "timestamp" } },
  signUp: { object: { name: "string", email: "string", password: "string", born: "timestamp" } },
};
const operations = { queries: { list: { args: {} } }, mutations: { write: { args: { n: "number" } } } } as const;
const user = { id: "u1", born: "2000-01-02T00:00:00.000Z" };
const unauthorized = () => Response.json({ error: { code: "unauthorized", message: "Sign in." } }, { status: 401 });

/** A server that takes some tokens, and what it was asked. */
function server(valid: Set<string>, answers: { readonly [path: string]: () => Response } = {}) {
  const fetch = vi.fn<Fetch>(async (url, init) => {
    const path = new URL(url).pathname;
    const own = answers[path];
    if (own) return own();
    const { authorization } = init.headers as { authorization?: string };
    return valid.has(authorization ?? "none") ? Response.json([]) : unauthorized();
  });
  const sent = () =>
    fetch.mock.calls.map(([url, { headers }]) => [
      new URL(url).pathname,
      (headers as { authorization?: string }).authorization,
    ]);
  return { fetch, sent };
}

const client = (fetch: Fetch, options: Partial<ClientOptions> = {}) =>
  clientOf<Client>(operations, { baseUrl: "http://x.test", fetch, retries: 0, ...options }, authOf(shapes));

describe("signing in", () => {
  const signIn = () => Response.json({ token: "t1", user });

  test("keeps the token of the answer, and sends it", async () => {
    const { fetch, sent } = server(new Set(["Bearer t1"]), { "/auth/sign-in/email": signIn });
    const api = client(fetch);
    const signedIn = await api.auth.signIn({ email: "a@x.test", password: "secret" });
    expect(signedIn).toEqual({ token: "t1", user: { ...user, born: new Date(user.born) } });
    expect(JSON.parse(fetch.mock.calls[0]![1].body as string)).toEqual({ email: "a@x.test", password: "secret" });
    await api.queries.list();
    expect(sent()).toEqual([
      ["/auth/sign-in/email", undefined],
      ["/queries/list", "Bearer t1"],
    ]);
  });

  test("says nothing of who was signed in before, and a wrong password signs nobody out", async () => {
    const { fetch, sent } = server(new Set(), { "/auth/sign-in/email": unauthorized });
    const onSignedOut = vi.fn();
    const clear = vi.fn();
    const api = client(fetch, { tokens: { load: () => "old", clear }, onSignedOut });
    await expect(api.auth.signIn({ email: "a@x.test", password: "wrong" })).rejects.toMatchObject({ status: 401 });
    expect(sent()).toEqual([["/auth/sign-in/email", undefined]]);
    expect([onSignedOut, clear].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  test("takes the token of the header where the body has none", async () => {
    const header = () => Response.json({ status: true }, { headers: { "set-auth-token": "t2" } });
    const { fetch } = server(new Set(), { "/auth/verify-email": header });
    const store = vi.fn();
    await client(fetch, { tokens: { load: () => undefined, store } }).auth.verifyEmail({ token: "a b" });
    expect(fetch.mock.calls[0]![0]).toBe("http://x.test/auth/verify-email?token=a%20b");
    expect(store).toHaveBeenCalledWith("t2");
  });

  test("sign-up sends fields as they travel, and refuses others", async () => {
    const { fetch } = server(new Set(), { "/auth/sign-up/email": () => Response.json({ token: null, user: null }) });
    const api = client(fetch);
    const given = { name: "Ann", email: "a@x.test", password: "secret" };
    const born = new Date("2000-01-02");
    expect(await api.auth.signUp({ ...given, born })).toBeNull();
    expect(JSON.parse(fetch.mock.calls[0]![1].body as string).born).toBe(born.toISOString());
    await expect(api.auth.signUp({ ...given, role: "admin" } as never)).rejects.toThrow("no such property");
  });

  test("codes, links and other providers", async () => {
    const { fetch } = server(new Set(), {
      "/auth/email-otp/send-verification-otp": () => Response.json({ success: true }),
      "/auth/sign-in/email-otp": signIn,
      "/auth/magic-link/verify": signIn,
      "/auth/sign-in/social": () => Response.json({ url: "https://github.test/authorize", redirect: false }),
    });
    const { auth } = client(fetch);
    expect(await auth.sendCode({ email: "a@x.test" })).toBeUndefined();
    expect(JSON.parse(fetch.mock.calls[0]![1].body as string)).toEqual({ email: "a@x.test", type: "sign-in" });
    expect((await auth.signInWithCode({ email: "a@x.test", otp: "123456" })).token).toBe("t1");
    expect((await auth.signInWithLink({ token: "abc" })).token).toBe("t1");
    const url = await auth.socialUrl({ provider: "github", callbackURL: "https://app.test" });
    expect(url).toBe("https://github.test/authorize");
  });
});

describe("signing out", () => {
  test("throws the token away", async () => {
    const { fetch, sent } = server(new Set(["Bearer t1"]), {
      "/auth/sign-out": () => Response.json({ success: true }),
    });
    let token: string | undefined = "t1";
    const clear = () => {
      token = undefined;
    };
    const tokens = { load: () => token, clear };
    const api = client(fetch, { tokens });
    await api.auth.signOut();
    await expect(api.queries.list()).rejects.toMatchObject({ code: "unauthorized" });
    expect(sent()).toEqual([
      ["/auth/sign-out", "Bearer t1"],
      ["/queries/list", undefined],
    ]);
  });

  test("a token that is refused is read once more: another one may be there", async () => {
    const { fetch, sent } = server(new Set(["Bearer new"]));
    const load = vi.fn().mockReturnValueOnce("old").mockReturnValue("new");
    const onSignedOut = vi.fn();
    await client(fetch, { tokens: { load }, onSignedOut }).mutations.write({ n: 1 });
    expect(sent()).toEqual([
      ["/mutations/write", "Bearer old"],
      ["/mutations/write", "Bearer new"],
    ]);
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("a token that is refused again is no reason for a third try", async () => {
    const { fetch } = server(new Set());
    let number = 0;
    const load = () => `t${number++}`;
    await expect(client(fetch, { tokens: { load } }).queries.list()).rejects.toMatchObject({ status: 401 });
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("of many requests whose token is refused one tells that nobody is signed in any more", async () => {
    const { fetch } = server(new Set());
    let token: string | undefined = "gone";
    const onSignedOut = vi.fn();
    const clear = vi.fn(() => {
      token = undefined;
    });
    const api = client(fetch, { tokens: { load: () => token, clear }, onSignedOut });
    await Promise.allSettled([api.queries.list(), api.queries.list(), api.mutations.write({ n: 1 })]);
    expect([onSignedOut, clear].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("a session that is asked for and gone is told, too", async () => {
    const { fetch } = server(new Set(), { "/auth/get-session": () => Response.json(null) });
    const onSignedOut = vi.fn();
    const api = client(fetch, { tokens: { load: () => "t1" }, onSignedOut });
    expect(await api.auth.session()).toBeNull();
    expect(onSignedOut).toHaveBeenCalledOnce();
  });

  test("who was never signed in is not told so", async () => {
    const { fetch } = server(new Set());
    const onSignedOut = vi.fn();
    await expect(client(fetch, { onSignedOut }).queries.list()).rejects.toMatchObject({ code: "unauthorized" });
    expect(onSignedOut).not.toHaveBeenCalled();
  });
});

test("with cookies no token is kept or sent", async () => {
  const { fetch, sent } = server(new Set(["none"]), {
    "/auth/sign-in/email": () => Response.json({ token: "t1", user }),
  });
  const api = client(fetch, { cookies: true });
  await api.auth.signIn({ email: "a@x.test", password: "secret" });
  await api.queries.list();
  expect(sent()[1]).toEqual(["/queries/list", undefined]);
  for (const [, init] of fetch.mock.calls) expect(init.credentials).toBe("include");
});
