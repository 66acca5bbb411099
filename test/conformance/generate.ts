import { mapValues } from "../../compiler/cli/test/mapValues.ts";

/** What a scenario writes instead of long values, as a map with one of these keys. */
const generators: { readonly [key: string]: (map: { readonly [key: string]: unknown }) => unknown } = {
  $range: ({ $range }) => {
    const [from, to] = $range as [number, number];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  },
  $repeat: ({ $repeat }) => {
    const [text, count] = $repeat as [string, number];
    return text.repeat(count);
  },
  $concat: ({ $concat }) => ($concat as readonly unknown[]).map(expand).join(""),
  $times: ({ $times, from = 1, row }) =>
    Array.from({ length: $times as number }, (_, index) => withIndex(row, (from as number) + index)),
};

/** Replaces `$index` as a whole value by the number, and inside of texts by its digits. */
function withIndex(value: unknown, index: number): unknown {
  if (value === "$index") return index;
  if (typeof value === "string") return value.replaceAll("$index", String(index));
  return mapValues(value, (item) => withIndex(item, index));
}

/** A written value with its generators run. */
export function expand(value: unknown): unknown {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, generate] of Object.entries(generators)) {
      if (Object.hasOwn(value, key)) return generate(value as { [key: string]: unknown });
    }
  }
  return mapValues(value, expand);
}
