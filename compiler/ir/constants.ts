import type { Place } from "../manifest/place.ts";
import { brokenConstraint } from "./constrained.ts";
import { hasFormat, isDate, momentText, timestampText } from "./formats.ts";
import { likelyLiteral } from "./likelyLiteral.ts";
import { bigintText, decimalText } from "./numbers.ts";
import { type LiteralContext, lowerText } from "./texts.ts";
import type { Constant, Type, Value } from "./type.ts";
import { exampleText, typeText } from "./typeText.ts";

/**
 * A literal against a type, in its wire form. Says what does not fit and returns undefined.
 *
 * @param constrained whether lengths, bounds, patterns and formats hold too: for what is written, not for what is compared with
 */
export function lowerConstant(
  value: unknown,
  of: Value,
  place: Place,
  context: LiteralContext,
  constrained = true,
): Constant | undefined {
  if (value === null) return of.nullable ? null : context.report("type/null", place, []);
  const literal = readers[of.type.kind](value, of.type as never, place, context, constrained);
  if (literal === undefined) return;
  const broken = constrained ? brokenConstraint(literal, of.type) : undefined;
  return broken ? context.report("type/constraint", place, [show(value), broken]) : literal;
}

type Reader<K extends Type["kind"]> = (
  value: unknown,
  type: Extract<Type, { kind: K }>,
  place: Place,
  context: LiteralContext,
  constrained: boolean,
) => Constant | undefined;

const readers: { readonly [K in Type["kind"]]: Reader<K> } = {
  string: readText,
  integer: (value, type, place, context) =>
    Number.isSafeInteger(value) ? (value as number) : mismatch(value, type, place, context),
  number: (value, type, place, context) =>
    Number.isFinite(value) ? (value as number) : mismatch(value, type, place, context),
  bigint: (value, type, place, context) => bigintText(value) ?? mismatch(value, type, place, context),
  decimal: (value, type, place, context) => decimalText(value, type.scale) ?? mismatch(value, type, place, context),
  boolean: (value, type, place, context) =>
    typeof value === "boolean" ? value : mismatch(value, type, place, context),
  uuid: (value, type, place, context) => checkedText(value, type, place, context, hasFormat.uuid)?.toLowerCase(),
  date: (value, type, place, context) => checkedText(value, type, place, context, isDate),
  timestamp: (value, type, place, context) => {
    const text =
      value instanceof Date ? momentText(value) : typeof value === "string" ? timestampText(value) : undefined;
    return text ?? mismatch(value, type, place, context);
  },
  bytes: (value, type, place, context) => {
    if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
    return checkedText(value, type, place, context, isBase64);
  },
  json: (value, type, place, context) => readJson(value, type, place, context),
  enum: (value, type, place, context) => {
    const text = typeof value === "string" ? lowerText(value, place, context) : mismatch(value, type, place, context);
    if (text === undefined || type.enum.members.includes(text)) return text;
    return context.report("type/not-a-member", place, [text, type.enum.name], { suggest: [text, type.enum.members] });
  },
  array: (value, type, place, context, constrained) => {
    if (!Array.isArray(value)) return mismatch(value, type, place, context);
    const items = value.map((item, index) => lowerConstant(item, type.items, place.at(index), context, constrained));
    return items.includes(undefined) ? undefined : (items as Constant[]);
  },
  object: (value, type, place, context, constrained) => {
    if (!isMap(value)) return mismatch(value, type, place, context);
    let whole = true;
    const entries: [string, Constant][] = [];
    for (const name of Object.keys(value).filter((name) => value[name] !== undefined && !type.properties.has(name))) {
      context.report("type/unknown-property", place.at(name), [name], {
        at: "key",
        suggest: [name, type.properties.keys()],
      });
      whole = false;
    }
    for (const [name, property] of type.properties) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given === undefined && property.optional) continue;
      const literal =
        given === undefined
          ? context.report("type/missing-property", place, [name])
          : lowerConstant(given, property, place.at(name), context, constrained);
      if (literal === undefined) whole = false;
      else entries.push([name, literal]);
    }
    return whole ? Object.fromEntries(entries) : undefined;
  },
};

function readText(value: unknown, type: Type, place: Place, context: LiteralContext): string | undefined {
  const text = typeof value === "string" ? lowerText(value, place, context) : mismatch(value, type, place, context);
  return text?.includes("\0") ? context.report("type/nul", place, []) : text;
}

function checkedText(value: unknown, type: Type, place: Place, context: LiteralContext, is: (text: string) => boolean) {
  return typeof value === "string" && is(value) ? value : mismatch(value, type, place, context);
}

/** Any JSON, `$$` unescaped at any depth. */
function readJson(value: unknown, type: Type, place: Place, context: LiteralContext): Constant | undefined {
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value as Constant;
  if (typeof value === "string") return readText(value, type, place, context);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => readJson(item, type, place.at(index), context));
    return items.includes(undefined) ? undefined : (items as Constant[]);
  }
  if (!isMap(value)) return mismatch(value, type, place, context);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => [name, readJson(item, type, place.at(name), context)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(entries) as Constant);
}

function mismatch(value: unknown, type: Type, place: Place, { report, references }: LiteralContext): undefined {
  if (references === "manifest" && typeof value === "string" && /^\$[^$]/.test(value))
    return report("reference/not-here", place, [value]);
  const likely = likelyLiteral(value, type);
  const hint = likely === undefined ? exampleText(type) : `Write ${likely}.`;
  return report("type/mismatch", place, [show(value), typeText(type)], { hint, rewrite: likely });
}

/** Whether a value is a map of the manifest, or a plain object of a handler. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

/** A literal as a message shows it. */
export function show(value: unknown): string {
  if (typeof value === "bigint" || value === undefined) return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
