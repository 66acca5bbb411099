import type { Schema } from "./schema.ts";

const typeWords: { readonly [type: string]: string } = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map",
};

/** What a value should have been: `a list`, `a type (text or a map)`. */
export function expectedType({ type, title }: Schema): string {
  const types = typeof type === "string" ? [type] : (type ?? []);
  const words = either(types.map((name) => typeWords[name] ?? name));
  return title && types.length > 1 ? `${title} (${words})` : words;
}

/** What a value is, as a noun: `the number 5`, `a list`, `"now"`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return `"${shortened(value)}"`;
  return typeof value === "number" ? `the number ${value}` : String(value);
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words: readonly string[]): string {
  return series(words, "or");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return series(words, "and");
}

function series(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** Names as they are quoted in a list of choices. */
export function quoted(values: Iterable<unknown>): string[] {
  return Array.from(values, (value) => (typeof value === "string" ? `"${value}"` : String(value)));
}

/** A value as it is written on one line of YAML. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${inline(item)}`)
      .join(", ")} }`;
  return typeof value === "string" && !/^[\w$./?-][\w$./?: -]*$/.test(value) ? JSON.stringify(value) : String(value);
}

/** A text as a message shows it. */
export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
