import { base64UrlToText, textToBase64Url } from "../wire/base64.ts";
import type { Shape } from "../wire/shape.ts";
import { type SqlValue, toSql } from "../wire/toSql.ts";
import { invalidArguments, type Refusal } from "./errors.ts";

/** The values of a page's order in one row, in SQL form. */
export type CursorValues = readonly SqlValue[];

/** Where a page starts: behind a row, or before it on the way back. Without a row: at the start, or on the way back at the end. */
export interface Position {
  readonly values?: CursorValues;
  readonly backward: boolean;
}

/** Whether there is what a plan asks for: a `cursor`, or a value that is not null at a place of it (`cursor.0`). */
export function holds(values: CursorValues, name: string): boolean {
  return name === "cursor" || (values[Number(name.slice("cursor.".length))] ?? null) !== null;
}

const VERSION = 1;

/** FNV-1a of 32 bits (Fowler, Noll, Vo) over UTF-16 units. */
function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** 64 bits in hexadecimal. A cursor is no secret and no proof: this finds mistakes, not attacks. */
function fingerprint(text: string): string {
  const low = fnv1a(text, 0x811c9dc5);
  const high = fnv1a(text, low ^ 0x5bd1e995);
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

/**
 * What makes a call the same call: the operation and its arguments in their SQL form, whose texts are equal where the values are.
 * `cursor` and `size` do not count: the size may change between pages.
 */
export function callIdentity(
  name: string,
  shapes: { readonly [name: string]: Shape },
  args: { readonly [name: string]: unknown },
): string {
  const sent: [string, SqlValue | string][] = [];
  for (const [argument, shape] of Object.entries(shapes)) {
    if (argument === "cursor" || argument === "size" || !Object.hasOwn(args, argument)) continue;
    sent.push([argument, shape === "bytes" ? (args[argument] as string) : toSql(shape)(args[argument])]);
  }
  return JSON.stringify([name, sent]);
}

/**
 * The cursor of a position.
 *
 * @param values the row's values as a JSON array; null for the start, or the end
 */
export function writeCursor(identity: string, values: string | null, backward = false): string {
  const position = backward ? `{"before":${values}}` : String(values);
  return textToBase64Url(`[${VERSION},"${fingerprint(identity + position)}",${position}]`);
}

function refuse(message: string): Refusal {
  return invalidArguments([{ path: "cursor", message }]);
}

/**
 * The position that a cursor stands for.
 *
 * @throws Refusal (400) for a damaged cursor, one of another version, and one of another operation or other arguments
 */
export function readCursor(identity: string, cursor: string): Position {
  let text: string;
  let parsed: unknown;
  try {
    text = base64UrlToText(cursor);
    parsed = JSON.parse(text);
  } catch {
    throw refuse("is not a cursor");
  }
  if (!Array.isArray(parsed) || parsed[0] !== VERSION || typeof parsed[2] !== "object") throw refuse("is not a cursor");
  const head = `[${VERSION},"${parsed[1]}",`;
  if (!text.startsWith(head)) throw refuse("is not a cursor");
  if (parsed[1] !== fingerprint(identity + text.slice(head.length, -1)))
    throw refuse("belongs to another operation or other arguments, or is damaged");
  const position = parsed[2] as CursorValues | { readonly before: CursorValues | null } | null;
  const backward = position !== null && "before" in position;
  const values = backward ? position.before : position;
  return { backward, ...(values && { values }) };
}
