import { fromWire } from "../wire/fromWire.ts";
import type { Shape } from "../wire/shape.ts";
import { toWire } from "../wire/toWire.ts";
import { queryString } from "./query.ts";
import type { CallOptions, Outgoing, Transport } from "./transport.ts";

/*
 * `client.auth`: the endpoints below `/auth` with their own names of arguments. A generated client's type has the methods of the ways to
 * sign in that the manifest declares.
 */

type Method<Input, Result> = (input: Input, options?: CallOptions) => Promise<Result>;

/** Who signed in; a client keeps the token by itself. */
export interface SignedIn<User> {
  readonly user: User;
  readonly token: string;
}

export interface SessionAuth<User, Session> {
  /** who is signed in; null where nobody is */
  readonly session: (options?: CallOptions) => Promise<{ readonly user: User; readonly session: Session } | null>;
  readonly signOut: (options?: CallOptions) => Promise<void>;
}

/** @typeParam SignedUp null where an address is verified before anybody signs in: then nobody is told whether it was known */
export interface PasswordAuth<User, SignUp, SignedUp = SignedIn<User>> {
  readonly signUp: Method<SignUp, SignedUp>;
  readonly signIn: Method<{ readonly email: string; readonly password: string }, SignedIn<User>>;
  /** `revokeOtherSessions` signs out everywhere else */
  readonly changePassword: Method<
    { readonly currentPassword: string; readonly newPassword: string; readonly revokeOtherSessions?: boolean },
    void
  >;
  /** mails a link to `redirectTo`, which is given `?token=`; says nothing of whether the address is known */
  readonly requestReset: Method<{ readonly email: string; readonly redirectTo?: string }, void>;
  readonly reset: Method<{ readonly token: string; readonly newPassword: string }, void>;
  readonly sendVerification: Method<{ readonly email: string; readonly callbackURL?: string }, void>;
  readonly verifyEmail: Method<{ readonly token: string }, void>;
}

export interface CodeAuth<User> {
  readonly sendCode: Method<{ readonly email: string }, void>;
  readonly signInWithCode: Method<{ readonly email: string; readonly otp: string }, SignedIn<User>>;
}

export interface LinkAuth<User> {
  /** the link leads to `callbackURL` when it has signed in by cookies */
  readonly sendLink: Method<{ readonly email: string; readonly name?: string; readonly callbackURL?: string }, void>;
  /** with the token of a link */
  readonly signInWithLink: Method<{ readonly token: string }, SignedIn<User>>;
}

export interface SocialAuth<Provider extends string> {
  /** where to send the browser, which comes back to `callbackURL` signed in by cookies */
  readonly socialUrl: Method<{ readonly provider: Provider; readonly callbackURL: string }, string>;
}

/** How the values of sign-in travel; absent where they are JSON as they are. */
export interface AuthShapes {
  readonly user?: Shape;
  readonly session?: Shape;
  /** what is given at sign-up */
  readonly signUp?: Shape;
}

interface Endpoint {
  readonly path: string;
  readonly method?: "GET";
  readonly session?: NonNullable<Outgoing["session"]>;
  /** what is sent besides the input */
  readonly adds?: object;
  /** what of the answer the caller gets; absent: nothing */
  readonly result?: "signedIn" | "session" | "url";
}

const endpoints: { readonly [method: string]: Endpoint } = {
  signUp: { path: "/sign-up/email", session: "begins", result: "signedIn" },
  signIn: { path: "/sign-in/email", session: "begins", result: "signedIn" },
  signOut: { path: "/sign-out", session: "ends" },
  session: { path: "/get-session", method: "GET", result: "session" },
  changePassword: { path: "/change-password", session: "changes" },
  requestReset: { path: "/request-password-reset", session: "begins" },
  reset: { path: "/reset-password", session: "begins" },
  sendVerification: { path: "/send-verification-email" },
  verifyEmail: { path: "/verify-email", method: "GET", session: "changes" },
  sendCode: { path: "/email-otp/send-verification-otp", adds: { type: "sign-in" } },
  signInWithCode: { path: "/sign-in/email-otp", session: "begins", result: "signedIn" },
  sendLink: { path: "/sign-in/magic-link" },
  signInWithLink: { path: "/magic-link/verify", method: "GET", session: "begins", result: "signedIn" },
  socialUrl: { path: "/sign-in/social", session: "begins", adds: { disableRedirect: true }, result: "url" },
};

function resultOf(kind: Endpoint["result"], answer: unknown, { user, session }: AuthShapes): unknown {
  if (kind === undefined) return undefined;
  if (kind === "url") return (answer as { readonly url: string }).url;
  // nobody is signed in: there was no session, or the address has to be verified first
  if (answer === null || (kind === "signedIn" && (answer as { readonly token: unknown }).token === null)) return null;
  const of: { readonly [name: string]: Shape } = {
    ...(user && { user }),
    ...(kind === "session" && session && { session }),
  };
  const { user: who, token, session: own } = answer as { readonly [name: string]: unknown };
  const told = kind === "session" ? { user: who, session: own } : { user: who, token };
  return fromWire({ object: of })?.(told) ?? told;
}

/** Makes `client.auth` over a client's transport: all methods, of which the generated type shows those that were declared. */
export function authOf(shapes: AuthShapes): (transport: Transport) => object {
  const send = async (transport: Transport, name: string, input: object, options?: CallOptions) => {
    const { path, method, session, adds, result } = endpoints[name]!;
    const given = name === "signUp" && shapes.signUp ? toWire(input, shapes.signUp) : input;
    const wire = { ...(given as object), ...adds };
    const url = `/auth${path}`;
    const request: Outgoing = {
      ...(method
        ? { method, path: url + queryString(wire, {}) }
        : { method: "POST" as const, path: url, body: JSON.stringify(wire) }),
      ...(session && { session }),
    };
    const sent = await transport.credentials.token();
    const answer = await transport.send(request, options);
    if (name === "session" && answer === null && sent !== undefined) await transport.credentials.refused(sent);
    return resultOf(result, answer, shapes);
  };
  return (transport) =>
    Object.fromEntries(
      Object.keys(endpoints).map((name) => {
        const takesNone = name === "session" || name === "signOut";
        return [
          name,
          takesNone
            ? (options?: CallOptions) => send(transport, name, {}, options)
            : (input: object, options?: CallOptions) => send(transport, name, input, options),
        ];
      }),
    );
}
