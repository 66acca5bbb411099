import { inPlace } from "./inPlace.ts";
import { toMilliseconds, toTimestamp } from "./timestamp.ts";

/**
 * A decimal as an integer of its smallest unit, in digits: `12.3` at scale 2 is `1230`. Digits beyond the scale are cut; validation has
 * refused them.
 */
export function scaledDigits(text: string, scale: number): string {
  const point = text.indexOf(".");
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? "" : text.slice(point + 1);
  const negative = whole.startsWith("-");
  const digits = (negative ? whole.slice(1) : whole) + fraction.slice(0, scale).padEnd(scale, "0");
  let start = 0;
  while (start < digits.length - 1 && digits[start] === "0") start += 1;
  const trimmed = digits.slice(start);
  return negative && trimmed !== "0" ? `-${trimmed}` : trimmed;
}

/** The decimal behind an integer of its smallest unit: `1230` at scale 2 is `12.30`. */
export function unscaledDigits(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const sign = digits.startsWith("-") ? "-" : "";
  const padded = digits.slice(sign.length).padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/**
 * Brings wire values to the one form in which they are stored inside JSON: timestamps in UTC with three digits, decimals with all
 * their digits, big integers without leading zeros. Changes the value in place.
 */
export const toCanonical = inPlace((shape) => {
  if (shape === "timestamp") return (text: string) => toTimestamp(toMilliseconds(text));
  if (shape === "bigint") return (text: string) => scaledDigits(text, 0);
  if (typeof shape === "object" && "decimal" in shape)
    return (text: string) => unscaledDigits(scaledDigits(text, shape.decimal), shape.decimal);
  return undefined;
});
