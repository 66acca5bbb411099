import { inPlace } from "./inPlace.ts";
import { toMilliseconds, toTimestamp } from "./timestamp.ts";

/**
 * A decimal with exactly `scale` digits after the point, without leading zeros and without a minus before zero:
 * `7` is `7.00` and `-0.0` is `0.00`. Digits beyond the scale are cut; validation has refused them.
 */
export function canonicalDecimal(text: string, scale: number): string {
  const digits = scaledDigits(text, scale);
  if (scale === 0) return digits;
  const negative = digits.startsWith("-");
  const padded = (negative ? digits.slice(1) : digits).padStart(scale + 1, "0");
  return `${negative ? "-" : ""}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** A decimal as an integer of its smallest unit, in digits: `12.3` at scale 2 is `1230`. */
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

/**
 * Brings wire values to the one form in which they are stored inside JSON: timestamps in UTC with three digits, decimals with all
 * their digits. Changes the value in place.
 */
export const toCanonical = inPlace((shape) => {
  if (shape === "timestamp") return (text: string) => toTimestamp(toMilliseconds(text));
  if (typeof shape === "object" && "decimal" in shape) return (text: string) => canonicalDecimal(text, shape.decimal);
  return undefined;
});
