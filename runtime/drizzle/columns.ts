import { customType } from "drizzle-orm/sqlite-core";
import { scaledDigits, unscaledDigits } from "../wire/canonical.ts";

/*
 * Column types that Drizzle has not. D1 binds no bigint, so 64 bits go in as digits, which a column of integers takes as the number
 * they are. They come out as JavaScript's numbers, exact up to 2^53; declared operations read them as text and have no such limit.
 */

/** 64-bit integers as bigint. */
export const bigint = customType<{ data: bigint; driverData: string | number }>({
  dataType: () => "integer",
  toDriver: String,
  fromDriver: BigInt,
});

/** Bytes as Uint8Array. D1 answers with a list of numbers, other drivers with a buffer. */
export const bytes = customType<{ data: Uint8Array; driverData: ArrayBuffer | Uint8Array | number[] }>({
  dataType: () => "blob",
  toDriver: (value) => value.slice().buffer,
  fromDriver: (value) => new Uint8Array(value),
});

/** Decimals as text with `scale` digits after the point, stored as integers of the smallest unit. */
export function decimal<Name extends string>(name: Name, { scale }: { readonly scale: number }) {
  return customType<{ data: string; driverData: string | number }>({
    dataType: () => "integer",
    toDriver: (text) => scaledDigits(text, scale),
    fromDriver: (units) => unscaledDigits(String(units), scale),
  })(name);
}
