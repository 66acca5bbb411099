import type { App } from "../ir/app.ts";
import { PLATFORM_PERIODS, type RateLimit } from "../ir/rateLimit.ts";

/** The class whose objects count exactly. */
export const counterClass = "LimitCounter";

/** What its objects are bound as. */
export const counterBinding = "LIMIT_COUNTERS";

/** The limits that operations count towards, each once, in the order of the operations; then that of sign-in. */
export function limitsOf(app: App): readonly RateLimit[] {
  return [
    ...new Set([...app.operations.values()].flatMap(({ rateLimit }) => rateLimit ?? [])),
    ...(signInLimitOf(app) ?? []),
  ];
}

/** The limit of attempts to sign in: by address, since nobody is signed in yet. */
export function signInLimitOf({ auth }: App): readonly [RateLimit] | undefined {
  if (!auth?.signInLimit) return undefined;
  const { requests, seconds } = auth.signInLimit;
  const exact = !PLATFORM_PERIODS.includes(seconds);
  return [{ name: "auth/signIn", requests, seconds, by: "address", ...(exact && { exact }), place: auth.place }];
}

/** Whether requests are counted in objects. */
export function countsExactly(app: App): boolean {
  return limitsOf(app).some(({ exact }) => exact);
}

/** The binding that counts for a limit. The platform's own counts whatever key it is given, so limits with the same numbers share one. */
export function limitBinding({ requests, seconds, exact }: RateLimit): string {
  return exact ? counterBinding : `LIMIT_${requests}_IN_${seconds}`;
}
