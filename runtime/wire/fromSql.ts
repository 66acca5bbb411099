import { bytesToBase64 } from "./base64.ts";
import { unscaledDigits } from "./canonical.ts";
import type { Shape } from "./shape.ts";
import { toTimestamp } from "./timestamp.ts";

/** A value as SQLite has it in wire form. */
export type FromSql = (value: unknown) => unknown;

/**
 * How values that SQLite returns become JSON: what `toSql` does, the other way round. Whole numbers of 64 bits may also come as text,
 * since D1 gives them as numbers of JavaScript.
 *
 * @returns a function that throws an Error where a whole number is too large to be exact, and where text is no JSON
 */
export function fromSql(shape: Shape): FromSql {
  const convert = conversion(shape);
  return (value) => (value === null || value === undefined ? null : convert(value as never));
}

function conversion(shape: Shape): (value: never) => unknown {
  switch (shape) {
    case "string":
    case "number":
      return (value: unknown) => value;
    case "boolean":
      return (value: unknown) => value !== 0;
    case "bigint":
      return digits;
    case "timestamp":
      return (value: number) => toTimestamp(value);
    case "bytes":
      return (value: readonly number[] | ArrayBuffer) => bytesToBase64(new Uint8Array(value));
    case "json":
      return (value: string) => JSON.parse(value);
  }
  if ("decimal" in shape) return (value: number | string) => unscaledDigits(digits(value), shape.decimal);
  return (value: string) => JSON.parse(value);
}

function digits(value: number | string): string {
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw new Error(`${value} is no whole number that JavaScript holds exactly: let the statement CAST it AS TEXT.`);
  return String(value);
}
