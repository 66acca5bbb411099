import type { Bounds, Constant, Type, TypeOf } from "../ir/type.ts";

/**
 * A value that a person might send, in wire form; undefined where none comes to mind (a pattern that is hard to meet).
 *
 * @param name of the argument or property: a `name` gets a name
 */
export function example(type: Type, name: string): Constant | undefined {
  switch (type.kind) {
    case "string":
      return exampleText(type, name);
    case "integer":
    case "number":
      return Number(withinBounds(type, 1));
    case "bigint":
      return String(withinBounds(type, 1));
    case "decimal":
      return Number(withinBounds(type, 1)).toFixed(type.scale);
    case "boolean":
      return true;
    case "uuid":
      return "01900000-0000-7000-8000-000000000001";
    case "timestamp":
      return "2026-01-31T12:00:00.000Z";
    case "date":
      return "2026-01-31";
    case "json":
      return {};
    case "bytes":
      return btoa("hello");
    case "enum":
      return type.enum.members[0];
    case "array":
      return exampleList(type, name);
    case "object":
      return exampleObject(type);
  }
}

const formats: { readonly [format: string]: string } = {
  uri: "https://example.com",
  email: "ada@example.com",
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  time: "12:00:00Z",
  uuid: "01900000-0000-7000-8000-000000000001",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "example.com",
};

function exampleText(
  { format, pattern, minLength = 0, maxLength = Infinity }: TypeOf<"string">,
  name: string,
): string | undefined {
  const thought = format
    ? [formats[format]!]
    : [/name$/i.test(name) ? "Ada" : "Hello", "hello", "hello-world", "A1", "a", "1", "#2266cc"];
  const candidates = thought.map((text) => (format ? text : text.padEnd(minLength, text).slice(0, maxLength)));
  const expression = pattern === undefined ? undefined : new RegExp(pattern, "u");
  return candidates.find(
    (text) => text.length >= minLength && text.length <= maxLength && (expression?.test(text) ?? true),
  );
}

/** A small number that the bounds allow, for types whose bounds are numbers or decimal text. */
function withinBounds(bounds: Bounds<number | string>, wish: number): number {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, multipleOf } = bounds;
  const least = Math.max(Number(minimum), Number(exclusiveMinimum) + 1);
  const value = Math.max(Math.min(wish, Number(maximum)), least);
  return multipleOf === undefined ? value : Math.ceil(value / Number(multipleOf)) * Number(multipleOf);
}

function exampleList({ items, minItems = 1 }: TypeOf<"array">, name: string): Constant | undefined {
  const item = example(items.type, name);
  return item === undefined ? undefined : Array.from({ length: minItems }, () => item);
}

function exampleObject({ properties }: TypeOf<"object">): Constant | undefined {
  const needed = [...properties].filter(([, property]) => !property.optional);
  const entries = needed.map(([name, property]) => [name, example(property.type, name)] as const);
  return entries.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(entries) as Constant);
}
