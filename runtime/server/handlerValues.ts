import { bytesToBase64 } from "../wire/base64.ts";

/**
 * What a handler wrote in the options of `ctx.db`, in wire form: the planner speaks the manifest's language, whose values are JSON.
 * The value's own type says which it is: a Date, a bigint or bytes. Properties that are undefined are left out, but never under
 * `where`: a forgotten value would widen it.
 *
 * @throws TypeError naming the place (`where.title`)
 */
export function optionsToWire(value: unknown, path = "", inWhere = false): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError(`${path}: the Date is invalid`);
    return value.toISOString();
  }
  if (value instanceof Uint8Array) return bytesToBase64(value);
  const below = (key: string | number) => (path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((item, index) => optionsToWire(item, below(index), inWhere));
  const wire: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(value)) {
    if (property !== undefined) wire[key] = optionsToWire(property, below(key), inWhere || key === "where");
    else if (inWhere || key === "where") throw new TypeError(`${below(key)} is undefined; leave it out, or say null`);
  }
  return wire;
}
