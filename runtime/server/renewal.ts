import type { AnswerHeaders } from "./answerHeaders.ts";
import type { Caller } from "./caller.ts";
import { type Credential, sessionCookieName } from "./credential.ts";
import type { Statement } from "./database.ts";
import type { IdentityPlan } from "./plan.ts";

/** Makes a session last anew. */
export interface Renewal {
  readonly statement: Statement;
  /** the cookie, which ends with its session */
  readonly headers: AnswerHeaders;
}

/** What better-auth takes between the times at which a session is made and from which it lasts. */
const APART = 60_000;

/**
 * What there is to do for a session that has been used so long after it was last renewed; undefined where it is too early, and for one that
 * was made to be shorter (`rememberMe: false`): that is as long as it lasts.
 */
export function renewalOf(
  { renew, lasts, renewAfter }: IdentityPlan,
  { token, caller, credential }: { readonly token: string; readonly caller: Caller; readonly credential: Credential },
  request: Request,
  now: number,
): Renewal | undefined {
  const ends = Number(caller.session["expiresAt"]);
  const isShort = ends + APART < Number(caller.session["createdAt"]) + lasts;
  if (isShort || now < ends - lasts + renewAfter) return undefined;
  return {
    statement: { sql: renew, params: [now + lasts, now, token, ends] },
    headers: credential.isCookie ? { "set-cookie": cookieOf(credential.text, lasts, request.url) } : {},
  };
}

/** The session's cookie as it was, with a later end. */
function cookieOf(text: string, lasts: number, url: string): string {
  const secure = url.startsWith("https:") ? "; Secure" : "";
  const age = Math.floor(lasts / 1000);
  return `${sessionCookieName(url)}=${encodeURIComponent(text)}; Max-Age=${age}; Path=/; HttpOnly${secure}; SameSite=Lax`;
}
