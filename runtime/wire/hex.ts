import { bytesToBase64 } from "./base64.ts";
import { inPlace } from "./inPlace.ts";
import type { Shape } from "./shape.ts";

/** The four bits of a digit `0`-`9`, `A`-`F`. */
function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 55;
}

/** SQLite's `hex()`, whose letters are capitals, as base64. */
export function hexToBase64(hex: string): string {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (nibble(hex.charCodeAt(index * 2)) << 4) | nibble(hex.charCodeAt(index * 2 + 1));
  }
  return bytesToBase64(bytes);
}

/** Bytes as SQLite's `hex()` writes them. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += (byte < 16 ? "0" : "") + byte.toString(16);
  return hex.toUpperCase();
}

/**
 * Rewrites the hexadecimal texts of a parsed row as base64, in place, where `shape` says `bytes`. Array and object columns are
 * not entered: they are stored in wire form, base64 inside; so the plan's shape names only what SQLite wrote with `hex()`.
 */
export const rewriteHex = inPlace((shape: Shape) =>
  shape === "bytes" ? (hexToBase64 as (value: never) => unknown) : undefined,
);
