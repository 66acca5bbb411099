import { base64ToBytes } from "./base64.ts";
import { type Convert, inPlace } from "./inPlace.ts";
import type { Shape } from "./shape.ts";

const toDate = (text: string): Date => new Date(text);
const toBigInt = (digits: string): bigint => BigInt(digits);

function leaf(shape: Shape): Convert | undefined {
  if (shape === "timestamp") return toDate;
  if (shape === "bigint") return toBigInt;
  return shape === "bytes" ? base64ToBytes : undefined;
}

/**
 * Wire values as JavaScript's: Date for timestamps, bigint for big integers, Uint8Array for bytes. The parsed JSON is changed in
 * place; fields that the shape does not know stay as they are.
 */
export const fromWire = inPlace(leaf);
