import * as z from "zod";
import { judged } from "./text.ts";

/** Bounds by JSON Schema's names. */
export interface Bounds<N = number> {
  readonly minimum?: N;
  readonly maximum?: N;
  readonly exclusiveMinimum?: N;
  readonly exclusiveMaximum?: N;
  readonly multipleOf?: N;
}

/** What is wrong with a value; `isMultiple` is asked only where the bounds have `multipleOf`. */
function breach<N extends number | bigint>(
  value: N,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Bounds<N>,
  print: (bound: N) => string,
  isMultiple: (value: N, of: N) => boolean,
): string | undefined {
  if (minimum !== undefined && value < minimum) return `must be at least ${print(minimum)}`;
  if (maximum !== undefined && value > maximum) return `must be at most ${print(maximum)}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return `must be more than ${print(exclusiveMinimum)}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return `must be less than ${print(exclusiveMaximum)}`;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `must be a multiple of ${print(multipleOf)}`;
  return undefined;
}

const isMultiple = (value: number, of: number): boolean => Number.isInteger(value / of);
const isMultipleBigInt = (value: bigint, of: bigint): boolean => value % of === 0n;

function numeric(bounds: Bounds, form: (value: number) => string | undefined): z.ZodNumber {
  return z.number().check((payload) => {
    const { value } = payload;
    const message = form(value) ?? breach(value, bounds, String, isMultiple);
    if (message !== undefined) payload.issues.push({ code: "custom", message, input: value });
  });
}

/** A number; JSON has no NaN and no infinities. */
export function number(bounds: Bounds = {}): z.ZodNumber {
  return numeric(bounds, () => undefined);
}

/** A whole number that a double holds exactly. */
export function integer(bounds: Bounds = {}): z.ZodNumber {
  return numeric(bounds, (value) => {
    if (Number.isSafeInteger(value)) return undefined;
    return Number.isInteger(value) ? "is beyond the integers that JSON carries exactly" : "must be a whole number";
  });
}

/** SQLite's integers: 64 bits, signed. */
const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;
/** No such integer has more digits; longer texts are not even read. */
const MOST_DIGITS = 19;

const DIGITS = /^-?\d+$/;

function mapBounds(bounds: Bounds<string>, read: (text: string) => bigint): Bounds<bigint> {
  return Object.fromEntries(Object.entries(bounds).map(([name, text]) => [name, read(text)]));
}

/** An integer of 64 bits as digits; so are its bounds. */
export function bigint(bounds: Bounds<string> = {}): z.ZodString {
  const limits = mapBounds(bounds, BigInt);
  return judged((text) => {
    if (!DIGITS.test(text)) return "must be a whole number as text";
    if (text.length > MOST_DIGITS + 1) return "does not fit into 64 bits";
    const value = BigInt(text);
    if (value < SMALLEST || value > LARGEST) return "does not fit into 64 bits";
    return breach(value, limits, String, isMultipleBigInt);
  });
}

/** A decimal as an integer of its smallest unit; the text has at most `scale` digits after the point. */
function scaled(text: string, scale: number): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(scale, "0"));
}

/** A decimal as text, with at most `scale` digits after the point; so are its bounds. */
export function decimal({ scale, ...bounds }: { readonly scale: number } & Bounds<string>): z.ZodString {
  const form = new RegExp(scale === 0 ? "^-?\\d+$" : `^-?\\d+(?:\\.\\d{1,${scale}})?$`);
  const limits = mapBounds(bounds, (text) => scaled(text, scale));
  const names = new Map(Object.values(limits).map((limit, index) => [limit, Object.values(bounds)[index]!]));
  const expected =
    scale === 0
      ? "must be a whole number as text"
      : `must be a number as text with at most ${scale} digits after the point`;
  return judged((text) => {
    if (!form.test(text)) return expected;
    if (text.length > MOST_DIGITS + 2) return "has too many digits";
    const value = scaled(text, scale);
    if (value < SMALLEST || value > LARGEST) return "has too many digits";
    return breach(value, limits, (limit) => names.get(limit)!, isMultipleBigInt);
  });
}
