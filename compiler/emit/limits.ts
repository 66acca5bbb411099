import type { App } from "../ir/app.ts";
import type { RateLimit } from "../ir/rateLimit.ts";

/** The class whose objects count exactly. */
export const counterClass = "LimitCounter";

/** What its objects are bound as. */
export const counterBinding = "LIMIT_COUNTERS";

/** The limits that operations count towards, each once, in the order of the operations. */
export function limitsOf({ operations }: App): readonly RateLimit[] {
  return [...new Set([...operations.values()].flatMap(({ rateLimit }) => rateLimit ?? []))];
}

/** Whether requests are counted in objects. */
export function countsExactly(app: App): boolean {
  return limitsOf(app).some(({ exact }) => exact);
}

/** The binding that counts for a limit. The platform's own counts whatever key it is given, so limits with the same numbers share one. */
export function limitBinding({ requests, seconds, exact }: RateLimit): string {
  return exact ? counterBinding : `LIMIT_${requests}_IN_${seconds}`;
}
