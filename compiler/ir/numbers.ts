const SIGNED_64 = 2n ** 63n;

/** Canonical digits of a 64-bit integer given as text, a safe integer or a bigint; undefined when it is none. */
export function bigintText(value: unknown): string | undefined {
  if (
    typeof value === "number" ? !Number.isSafeInteger(value) : typeof value === "string" && !/^-?\d{1,19}$/.test(value)
  )
    return;
  if (typeof value !== "number" && typeof value !== "string" && typeof value !== "bigint") return;
  const integer = BigInt(value);
  return integer >= -SIGNED_64 && integer < SIGNED_64 ? String(integer) : undefined;
}

/** A decimal number as text with exactly `scale` digits after the point; undefined when it is none, has more digits, or leaves 64 bits. */
export function decimalText(value: unknown, scale: number): string | undefined {
  if (typeof value !== "number" && typeof value !== "string") return;
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined || fraction.length > scale) return;
  const scaled = BigInt(whole + fraction.padEnd(scale, "0"));
  if (scaled >= SIGNED_64) return;
  const digits = String(scaled).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return scaled === 0n ? text : sign + text;
}

/** Compares two numbers, each a number or the text of one, exactly. Negative: the left one is less. */
export function compareNumbers(left: number | string, right: number | string): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  const scale = Math.max(fractionDigits(left), fractionDigits(right));
  const difference = scaled(left, scale) - scaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether `value` is a whole number of times `step`. Numbers of 64 bits of precision and their texts are taken as they are written. */
export function isMultiple(value: number | string, step: number | string): boolean {
  if (/e/i.test(`${value}${step}`)) return Number.isInteger(Number(value) / Number(step));
  const scale = Math.max(fractionDigits(value), fractionDigits(step));
  return scaled(value, scale) % scaled(step, scale) === 0n;
}

const fractionDigits = (value: number | string): number => String(value).split(".")[1]?.length ?? 0;

function scaled(value: number | string, scale: number): bigint {
  const [whole = "0", fraction = ""] = String(value).split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}
