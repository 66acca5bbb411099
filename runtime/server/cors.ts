import type { AnswerHeaders } from "./answerHeaders.ts";

/** Which origins may call: exact ones, `*` for any; none where it is empty. */
export type Origins = readonly string[];

const EXPOSED = "x-request-id, idempotency-replayed, retry-after";
/** How long a browser may keep a preflight's answer, in seconds. */
const PREFLIGHT_AGE = "7200";

/**
 * The headers that let a browser's page read an answer. Origins are listed, so answers differ by origin and say so, also to origins
 * that are not listed. A listed one may send cookies where people sign in; `*` never stands for that.
 *
 * @param credentials whether there is sign-in
 * @returns undefined where no origin is listed at all
 */
export function corsHeaders(request: Request, origins: Origins, credentials: boolean): AnswerHeaders | undefined {
  if (origins.length === 0) return undefined;
  if (origins.includes("*")) return { "access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED };
  const origin = request.headers.get("origin");
  if (origin === null || !origins.includes(origin)) return { vary: "origin" };
  return {
    "access-control-allow-origin": origin,
    ...(credentials && { "access-control-allow-credentials": "true" }),
    "access-control-expose-headers": EXPOSED,
    vary: "origin",
  };
}

/** What a preflight is told beside `corsHeaders`, where the origin is allowed. */
export function preflightHeaders(request: Request, allow: string): AnswerHeaders {
  return {
    "access-control-allow-methods": allow,
    "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "content-type",
    "access-control-max-age": PREFLIGHT_AGE,
  };
}
