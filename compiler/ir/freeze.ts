import { Place } from "../manifest/place.ts";

/** Freezes a value and all that it holds, maps' entries too. Places stay: they lead to documents, which keep indexes of their own. */
export function deepFreeze<T>(value: T): T {
  const waiting: object[] = [];
  const freeze = (part: unknown): void => {
    if (typeof part !== "object" || part === null || part instanceof Place || Object.isFrozen(part)) return;
    Object.freeze(part);
    waiting.push(part);
  };
  freeze(value);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Map || Array.isArray(next)) for (const part of next.values()) freeze(part);
    else for (const name in next) freeze((next as Record<string, unknown>)[name]);
  }
  return value;
}
