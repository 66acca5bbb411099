import { mapValues } from "./mapValues.ts";

/*
 * What a test expects of a JSON value. Texts that begin with `$` stand for more than themselves:
 *
 *   $any $string $integer $uuid $nanoid $timestamp $date      any value of the kind
 *   $now $today                          a timestamp of the last minute, today's date (UTC)
 *   $name                                any value at first, the same one from then on; in arguments: that value
 *   $$text                               the text "$text"
 *   { key: …, $rest: $any }              an object that may have further keys
 *   { $unordered: […] } { $length: n }   a list in any order, a list so long
 */

/** Values that were met under a `$name`. */
export type Captures = Map<string, unknown>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function isText(pattern: RegExp) {
  return (value: unknown) => typeof value === "string" && pattern.test(value);
}

/** Placeholders and what they stand for. */
const kinds: { readonly [name: string]: (value: unknown) => boolean } = {
  $any: () => true,
  $string: (value) => typeof value === "string",
  $integer: Number.isSafeInteger,
  $uuid: isText(uuid),
  $nanoid: isText(/^[\w-]{21}$/),
  $timestamp: isText(timestamp),
  $date: isText(/^\d{4}-\d{2}-\d{2}$/),
  $now: (value) => isText(timestamp)(value) && Math.abs(Date.now() - Date.parse(value as string)) < 60_000,
  $today: (value) => value === new Date().toISOString().slice(0, 10),
};

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function matchText(expected: string, actual: unknown, captures: Captures, path: string): string[] {
  if (!expected.startsWith("$") || expected.startsWith("$$")) {
    const text = expected.startsWith("$$") ? expected.slice(1) : expected;
    return text === actual ? [] : [`${path}: expected ${show(text)}, got ${show(actual)}`];
  }
  const kind = kinds[expected];
  if (kind) return kind(actual) ? [] : [`${path}: expected ${expected}, got ${show(actual)}`];
  if (actual === undefined) return [`${path}: missing`];
  if (!captures.has(expected)) captures.set(expected, actual);
  const known = captures.get(expected);
  return show(known) === show(actual) ? [] : [`${path}: expected ${expected} = ${show(known)}, got ${show(actual)}`];
}

function matchUnordered(expected: readonly unknown[], actual: readonly unknown[], captures: Captures, path: string) {
  const left = [...actual];
  const mismatches: string[] = [];
  for (const item of expected) {
    const at = left.findIndex((candidate) => match(item, candidate, new Map(captures), path).length === 0);
    if (at < 0) mismatches.push(`${path}: ${show(item)} is not in ${show(left)}`);
    else match(item, left.splice(at, 1)[0], captures, path);
  }
  return left.length > 0 && mismatches.length === 0 ? [`${path}: also has ${show(left)}`] : mismatches;
}

function matchMap(expected: { readonly [key: string]: unknown }, actual: unknown, captures: Captures, path: string) {
  if (Array.isArray(actual) && "$length" in expected) {
    return actual.length === expected.$length
      ? []
      : [`${path}: expected ${expected.$length} items, got ${actual.length}`];
  }
  if (Array.isArray(actual) && "$unordered" in expected) {
    return matchUnordered(expected.$unordered as readonly unknown[], actual, captures, path);
  }
  if (!isMap(actual)) return [`${path}: expected ${show(expected)}, got ${show(actual)}`];
  const mismatches: string[] = [];
  for (const [key, value] of Object.entries(expected)) {
    if (key === "$rest") continue;
    if (Object.hasOwn(actual, key)) mismatches.push(...match(value, actual[key], captures, `${path}.${key}`));
    else mismatches.push(`${path}.${key}: missing, expected ${show(value)}`);
  }
  if (Object.hasOwn(expected, "$rest")) return mismatches;
  const more = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key));
  return [...mismatches, ...more.map((key) => `${path}.${key}: not expected, got ${show(actual[key])}`)];
}

/**
 * Compares a JSON value with what a scenario expects of it.
 *
 * @param captures is added to
 * @returns a line for each difference; none when they match
 */
export function match(expected: unknown, actual: unknown, captures: Captures, path = "result"): string[] {
  if (typeof expected === "string") return matchText(expected, actual, captures, path);
  if (isMap(expected)) return matchMap(expected, actual, captures, path);
  if (!Array.isArray(expected))
    return Object.is(expected, actual) ? [] : [`${path}: expected ${show(expected)}, got ${show(actual)}`];
  if (!Array.isArray(actual) || actual.length !== expected.length) {
    return [`${path}: expected ${expected.length} items ${show(expected)}, got ${show(actual)}`];
  }
  return expected.flatMap((item, index) => match(item, actual[index], captures, `${path}[${index}]`));
}

/** Arguments with captured values in the place of their names. */
export function fillIn(value: unknown, captures: Captures): unknown {
  if (typeof value !== "string") return mapValues(value, (item) => fillIn(item, captures));
  if (value.startsWith("$$")) return value.slice(1);
  if (!value.startsWith("$")) return value;
  if (!captures.has(value)) throw new Error(`nothing was met under ${value}`);
  return captures.get(value);
}
