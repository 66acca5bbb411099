import * as z from "zod";

/** SQLite reads JSON a thousand levels deep; a row wraps a column in a few more. */
const MAX_DEPTH = 500;

function tooDeep(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((child) => tooDeep(child, depth - 1));
}

/** JSON's grammar has numbers that no double holds; they are parsed to infinity and would be written as null. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsInfinity);
}

function problem(value: unknown): string | undefined {
  if (value === undefined) return "is required";
  if (value === null) return "must not be null";
  if (tooDeep(value, MAX_DEPTH)) return "is nested too deeply";
  return holdsInfinity(value) ? "has a number that is too large" : undefined;
}

/** Any JSON. What is judged was parsed from JSON, so only its depth and its numbers can be wrong. Null and absence are for the field to allow. */
export function json(): z.ZodUnknown {
  return z.unknown().check((payload) => {
    const message = problem(payload.value);
    if (message !== undefined) payload.issues.push({ code: "custom", message, input: payload.value });
  });
}

/** A check for arrays whose items differ, compared as JSON values: `z.array(…).check(uniqueItems)`. */
export function uniqueItems(payload: z.core.ParsePayload<unknown[]>): void {
  const seen = new Set(payload.value.map(canonical));
  if (seen.size === payload.value.length) return;
  payload.issues.push({ code: "custom", message: "must not hold an item twice", input: payload.value });
}

/** JSON text that is equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1));
  });
}
