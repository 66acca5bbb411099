import type { Origins } from "./cors.ts";
import { builtIn, type Refusal } from "./errors.ts";

/**
 * Whether a request that carries a cookie may write. A browser sends cookies along with whatever page it is on, but it also says which
 * page that is, and no page can say it differently. A request without `Origin` is not a browser's POST, and has a token to send instead.
 *
 * @param origins whose pages may: those of `cors.origins` and `auth.trustedOrigins`; `*` lets nobody in, since nobody was meant
 */
export function isTrustedOrigin(request: Request, origins: Origins): boolean {
  const origin = request.headers.get("origin");
  if (origin === null || origin === "*") return false;
  return origin === new URL(request.url).origin || origins.includes(origin);
}

/** 403: a page of another origin writes with a cookie, or signs somebody in. */
export function untrustedOrigin(): Refusal {
  const message = "A write with a cookie, and signing in, must come from a page whose origin is trusted.";
  return builtIn("forbidden", message, { rule: "origin" });
}
