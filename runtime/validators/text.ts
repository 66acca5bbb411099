import * as z from "zod";
import { type Format, formats } from "./formats.ts";

export interface TextOptions {
  /** code points, not UTF-16 units */
  readonly min?: number;
  readonly max?: number;
  /** an ECMAScript pattern, read with the flag `u`; it may match anywhere */
  readonly pattern?: string;
  readonly format?: Format;
}

/** A schema of strings that are told what is wrong with them by `judge`, one thing at a time. */
export function judged(judge: (text: string) => string | undefined): z.ZodString {
  return z.string().check((payload) => {
    const message = judge(payload.value);
    if (message !== undefined) payload.issues.push({ code: "custom", message, input: payload.value });
  });
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function length(count: number): string {
  return count === 1 ? "1 character" : `${count} characters`;
}

/** Well-formed text without NUL characters, which SQLite's functions take for its end. */
export function text({ min = 0, max = Number.POSITIVE_INFINITY, pattern, format }: TextOptions = {}): z.ZodString {
  const expression = pattern === undefined ? undefined : new RegExp(pattern, "u");
  const form = format === undefined ? undefined : formats[format];
  return judged((value) => {
    if (value.includes("\0")) return "must not contain NUL characters";
    if (!value.isWellFormed()) return "must not contain half a surrogate pair";
    if (value.length < min || (min > 0 && value.length < 2 * min && codePoints(value) < min)) {
      return min === 1 ? "must not be empty" : `must have at least ${length(min)}`;
    }
    if (value.length > max && codePoints(value) > max) return `must have at most ${length(max)}`;
    if (form && !form.test(value)) return `must be ${form.name}`;
    return expression && !expression.test(value) ? `must match ${pattern}` : undefined;
  });
}

/** A UUID in any case; what comes out is in lower case, as RFC 9562 (section 4) writes it. */
export function uuid(): z.ZodString {
  return text({ format: "uuid" }).toLowerCase();
}

export function date(): z.ZodString {
  return text({ format: "date" });
}

/** A moment: RFC 3339 with any offset and 0 to 9 fraction digits. */
export function timestamp(): z.ZodString {
  return text({ format: "date-time" });
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Base64 with padding (RFC 4648, section 4); the bounds count bytes. */
export function bytes({
  min = 0,
  max = Number.POSITIVE_INFINITY,
}: {
  readonly min?: number;
  readonly max?: number;
} = {}): z.ZodString {
  return judged((value) => {
    if (!BASE64.test(value)) return "must be base64";
    const padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
    const count = (value.length / 4) * 3 - padding;
    if (count < min) return `must have at least ${min} bytes`;
    return count > max ? `must have at most ${max} bytes` : undefined;
  });
}
