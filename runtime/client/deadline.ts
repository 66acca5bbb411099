import { AppflareError } from "./error.ts";

/** A signal that fires when the caller's does, or when time is up. */
export function deadline(
  timeout: number,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const follow = () => controller.abort(outer?.reason);
  const expire = () => {
    const message = `No answer within ${timeout} milliseconds.`;
    controller.abort(new AppflareError(message, { code: "timeout", status: 0 }));
  };
  const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
  if (outer?.aborted) follow();
  else outer?.addEventListener("abort", follow, { once: true });
  const release = () => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", follow);
  };
  return { signal: controller.signal, release };
}
