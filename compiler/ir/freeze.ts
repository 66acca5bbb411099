import { Place } from "../manifest/place.ts";

/** Freezes a value and all that it holds, maps' entries too. Places stay: they lead to documents, which keep indexes of their own. */
export function deepFreeze<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null || next instanceof Place || Object.isFrozen(next)) continue;
    Object.freeze(next);
    waiting.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  return value;
}
