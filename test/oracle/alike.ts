import type { Json } from "./manifest.ts";

/** Equal, but for the sign of zero and the last digits of floating point, of which some versions of SQLite write 15 in JSON. */
export function alike(left: Json, right: Json): boolean {
  if (typeof left === "number" && typeof right === "number")
    return left === right || Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  return [...names].every((name) => name in left && name in right && alike(left[name], right[name]));
}
