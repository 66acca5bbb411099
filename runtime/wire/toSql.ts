import { base64ToBytes } from "./base64.ts";
import { scaledDigits, toCanonical } from "./canonical.ts";
import { bytesToHex } from "./hex.ts";
import type { Shape } from "./shape.ts";
import { toMilliseconds } from "./timestamp.ts";

/** What SQLite takes as a parameter. */
export type SqlValue = string | number | null | ArrayBuffer;

/** A validated wire value as a parameter; null for null and for what was not sent. */
export type ToSql = (value: unknown) => SqlValue;

/**
 * How values of a shape become parameters: booleans 0 or 1, timestamps milliseconds, bytes an ArrayBuffer, arrays, objects and
 * any JSON their canonical text (to which the value itself is brought). Big integers and decimals (scaled) go as digits: D1 binds no bigint, and SQLite reads digits
 * as an integer wherever a number is wanted.
 */
export function toSql(shape: Shape): ToSql {
  const convert = conversion(shape);
  return (value) => (value === null || value === undefined ? null : convert(value as never));
}

function conversion(shape: Shape): (value: never) => SqlValue {
  switch (shape) {
    case "string":
    case "number":
    case "bigint":
      return (value: string | number) => value;
    case "boolean":
      return (value: boolean) => (value ? 1 : 0);
    case "timestamp":
      return (value: string) => toMilliseconds(value);
    case "bytes":
      return (value: string) => base64ToBytes(value).buffer;
    case "json":
      return (value: unknown) => JSON.stringify(value);
  }
  if ("decimal" in shape) return (value: string) => scaledDigits(value, shape.decimal);
  const canonical = toCanonical(shape);
  return (value: unknown) => JSON.stringify(canonical ? canonical(value) : value);
}

/**
 * How a list becomes one JSON text of its items in their SQL form, for `json_each`. JSON has no bytes: they go as hexadecimal,
 * as SQLite's `hex()` writes it.
 */
export function toSqlList(item: Shape): ToSql {
  const convert = toSql(item);
  return (value) => {
    if (value === null || value === undefined) return null;
    const items = (value as readonly unknown[]).map((entry) => {
      const sql = convert(entry);
      return sql instanceof ArrayBuffer ? bytesToHex(new Uint8Array(sql)) : sql;
    });
    return JSON.stringify(items);
  };
}
