import { addressOf } from "./address.ts";
import { Refusal } from "./errors.ts";
import type { Limit, Limits } from "./limits.ts";

/** The platform's rate limit, as far as it is used. */
interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** The objects that count exactly, as far as they are used. */
interface Counters {
  idFromName(name: string): never;
  get(id: never): { fetch(url: string): Promise<{ json(): Promise<unknown> }> };
}

/** Who calls what, and where it counts. */
export interface LimitedRequest {
  readonly request: Request;
  readonly env: object;
  /** the id of who is signed in */
  readonly user: string | undefined;
}

/**
 * Counts a request towards a limit.
 *
 * @throws Refusal (429) with `retry-after` in `details` where there were too many
 */
export type Limiter = (limit: string, request: LimitedRequest) => Promise<void>;

/** What is waited for where a counter says no more than that it is too busy. */
const BUSY = 1;

/** Makes what counts requests. Where counting fails the request fails: a limit that lets through what it could not count is none. */
export function createLimiter(limits: Limits): Limiter {
  return async (name, { request, env, user }) => {
    const limit = limits[name]!;
    const who = limit.by === "user" && user !== undefined ? `user ${user}` : `address ${addressOf(request)}`;
    const binding: unknown = env[limit.binding as keyof typeof env];
    const wait = limit.exact
      ? await exactly(binding as Counters, limit, `${name} ${who}`)
      : await roughly(binding as RateLimit, limit, `${name} ${who}`);
    if (wait > 0) throw tooMany(name, wait);
  };
}

/** Seconds to wait; the platform does not tell how many, so it is the whole period. */
async function roughly(binding: RateLimit, { seconds }: Limit, key: string): Promise<number> {
  const { success } = await binding.limit({ key });
  return success ? 0 : seconds;
}

/** Seconds to wait. One caller who asks more than an object can answer is one who asks too much. */
async function exactly(binding: Counters, { requests, seconds }: Limit, key: string): Promise<number> {
  try {
    const counter = binding.get(binding.idFromName(key));
    const answer = await counter.fetch(`https://limit/?requests=${requests}&seconds=${seconds}`);
    return Math.ceil(((await answer.json()) as number) / 1000);
  } catch (error) {
    if ((error as { overloaded?: unknown }).overloaded === true) return BUSY;
    throw error;
  }
}

function tooMany(rule: string, retryAfter: number): Refusal {
  const message = `Too many requests; try again in ${retryAfter} ${retryAfter === 1 ? "second" : "seconds"}.`;
  const headers = { "retry-after": String(retryAfter) };
  return new Refusal(429, "rate_limited", message, { rule, details: { retryAfter }, headers });
}
