import { ANSWER_HEADERS, type AnswerHeaders } from "./answerHeaders.ts";
import type { Origins } from "./cors.ts";
import { type Credential, sessionCookieName } from "./credential.ts";
import type { IdentityPlan } from "./plan.ts";

/** What is known around a request to `/auth/*`. */
export interface SignInRequest<Env extends object> {
  readonly request: Request;
  readonly env: Env;
  /** what stands before the names of its endpoints: `/auth`, and before that where the routes are mounted */
  readonly basePath: string;
  /** whose pages may call with a cookie, and may be led back to */
  readonly origins: Origins;
  readonly secret: string;
  /** Reads the body; throws a Refusal (413) for one that is too large. */
  readonly body: () => Promise<string>;
  /** Counts an attempt to sign in; throws a Refusal (429) where there were too many. */
  readonly limit: () => Promise<void>;
  /** The user of a session's token, in wire form. */
  readonly userOf: (token: string) => Promise<unknown>;
  /** Lets work go on when the request has been answered. */
  readonly defer: (work: Promise<unknown>) => void;
}

/** Answers `/auth/*`, or throws a Refusal; `appflare/auth` makes one. */
export type SignInAnswerer<Env extends object> = (request: SignInRequest<Env>) => Promise<Response>;

/** How people sign in. */
export interface SignInOptions<Env extends object> {
  readonly identity: IdentityPlan;
  /** what sessions are signed with */
  readonly secret: (env: Env) => string | undefined;
  /** beside those of CORS, whose pages may send a cookie */
  readonly trustedOrigins?: Origins | ((env: Env) => Origins);
  /** the limit that attempts to sign in count towards */
  readonly limit?: string;
  /** what answers `/auth/*`: loaded when it is first asked for, since no operation needs it */
  readonly load: () => Promise<{ readonly auth: SignInAnswerer<Env> }>;
}

/** Where a path's `/auth` ends. */
export function authPath(path: string): string {
  return path.slice(0, path.indexOf("/auth/") + "/auth".length);
}

/** An answer of `/auth/*` with what goes with every answer; its own headers, cookies among them, stay. */
export function signInAnswer(response: Response, requestId: string, cors: AnswerHeaders | undefined): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries({ ...ANSWER_HEADERS, ...cors, "x-request-id": requestId }))
    headers.set(name, value);
  const exposed = cors?.["access-control-expose-headers"];
  if (exposed) headers.set("access-control-expose-headers", `${exposed}, set-auth-token`);
  else headers.delete("access-control-expose-headers");
  return new Response(response.body, { status: response.status, headers });
}

/**
 * A request with what says who it is from as it was judged: better-auth reads it in its own way, of two cookies of one name the other one.
 * Other cookies stay: one tells which sign-in a provider leads back to. The body does not; it is read apart.
 *
 * @param credential absent: the request of nobody
 */
export function sentBy(request: Request, credential: Credential | undefined): Request {
  const headers = new Headers(request.headers);
  const name = sessionCookieName(request.url);
  const cookies = (headers.get("cookie") ?? "").split(";").filter((pair) => {
    const [its = ""] = pair.split("=", 1);
    return its.trim() !== name && its.trim() !== "";
  });
  if (credential?.isCookie) cookies.push(`${name}=${encodeURIComponent(credential.text)}`);
  if (!credential || credential.isCookie) headers.delete("authorization");
  else headers.set("authorization", `Bearer ${credential.text}`);
  if (cookies.length === 0) headers.delete("cookie");
  else headers.set("cookie", cookies.map((pair) => pair.trim()).join("; "));
  return new Request(request.url, { method: request.method, headers });
}
