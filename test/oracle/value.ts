import { mapEntries, type Type } from "./manifest.ts";

/*
 * Values as they are compared: bigints and decimals (scaled) as bigint, moments as milliseconds, lists and objects with such values in them.
 */

export type Value = null | string | number | bigint | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A value from its form in JSON ("Types", the column "wire"). */
export function fromWire(wire: unknown, type: Type): Value {
  if (wire === null || wire === undefined) return null;
  switch (type.kind) {
    case "bigint":
      return BigInt(wire as string);
    case "decimal":
      return scaled(wire as string, type.scale);
    case "timestamp":
      return Date.parse(wire as string);
    case "array":
      return (wire as unknown[]).map((item) => fromWire(item, type.items!));
    case "object":
      return mapEntries(type.properties!, (of, name) => {
        const own = (wire as { [name: string]: unknown })[name];
        if (own === undefined) throw new Error("A property is missing");
        return fromWire(own, of);
      });
    default:
      return wire as Value;
  }
}

/** What JSON says of a value. */
export function toWire(value: Value, type: Type): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "bigint":
      return String(value);
    case "decimal":
      return unscaled(value as bigint, type.scale);
    case "timestamp":
      return new Date(value as number).toISOString();
    case "array":
      return (value as readonly Value[]).map((item) => toWire(item, type.items!));
    case "object":
      return mapEntries(type.properties!, (of, name) => toWire((value as { [name: string]: Value })[name]!, of));
    default:
      return value;
  }
}

function scaled(text: string, scale: number): bigint {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(`${whole}${fraction.padEnd(scale, "0")}`);
}

export function unscaled(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** "Null is a value: null equals null." */
export function same(left: Value, right: Value): boolean {
  return left === null || right === null ? left === right : compare(left, right) === 0;
}

/** "By code point" for texts, by size for everything else; no null. */
export function compare(left: Value, right: Value): number {
  if (typeof left === "string" && typeof right === "string") return compareTexts(left, right);
  const [a, b] = [sized(left), sized(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const sized = (value: Value): number | bigint =>
  typeof value === "boolean" ? Number(value) : (value as number | bigint);

function compareTexts(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => [...text].map((letter) => letter.codePointAt(0)!));
  for (const [index, point] of a!.entries()) {
    if (index >= b!.length) return 1;
    if (point !== b![index]) return point - b![index]!;
  }
  return a!.length - b!.length;
}
