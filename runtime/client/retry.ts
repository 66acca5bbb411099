/** Answers that say "not now": another try may do. */
const TRANSIENT = new Set([408, 429, 502, 503, 504]);

const FIRST_DELAY = 200;
const LONGEST_DELAY = 5_000;
/** A server that asks for more patience than this gets no second try. */
const LONGEST_WAIT = 30_000;

export function isTransient(status: number): boolean {
  return TRANSIENT.has(status);
}

/** `retry-after` (RFC 9110, section 10.2.3: seconds, or a date) in milliseconds; undefined where there is none. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/**
 * Milliseconds before the next try: what the server asks for, or a random part of a delay that doubles with each try.
 *
 * @param attempt 0 before the second try
 * @returns undefined where waiting is not worth it
 */
export function delayBefore(attempt: number, header: string | null): number | undefined {
  const asked = retryAfter(header);
  if (asked !== undefined) return asked > LONGEST_WAIT ? undefined : asked;
  return Math.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
}

/** Resolves after a while, or rejects with the signal's reason as soon as it aborts. */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
