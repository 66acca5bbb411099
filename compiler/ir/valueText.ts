import type { Bounds, Property, Type, Value } from "./type.ts";

/**
 * A value's type as a reader of the manifest would write it down: `uuid`, `ProjectStatus?`, `string[]`, `{ id: uuid, note: string? }`.
 * `?` is what it is in the manifest: null is a value of it, or it may be absent.
 *
 * @param width what does not fit is broken over lines
 */
export function valueText({ type, nullable }: Value, width = Infinity): string {
  const mark = nullable ? "?" : "";
  if (type.kind === "array") {
    const items = valueText(type.items, width - 2);
    return `${type.items.nullable ? `(${items})` : items}[]${mark}`;
  }
  if (type.kind !== "object") return `${type.kind === "enum" ? type.enum.name : type.kind}${mark}`;
  const flat = `{ ${properties(type.properties, Infinity).join(", ")} }`;
  if (type.properties.size === 0) return `{}${mark}`;
  if (flat.length <= width) return `${flat}${mark}`;
  const lines = properties(type.properties, width - 2).map((property) => `  ${property.replaceAll("\n", "\n  ")},\n`);
  return `{\n${lines.join("")}}${mark}`;
}

function properties(of: ReadonlyMap<string, Property>, width: number): string[] {
  return [...of].map(([name, property]) => {
    const absent = property.optional && !property.nullable ? "?" : "";
    return `${name}${absent}: ${valueText(property, width - name.length - 2)}`;
  });
}

/** What a value has to meet beside its type, in words: `1 to 80 characters`, `at least 0`. */
export function constraintsText(type: Type): string[] {
  switch (type.kind) {
    case "string":
      return [
        ...(type.format ? [type.format] : []),
        ...count(type.minLength, type.maxLength, "character"),
        ...(type.pattern === undefined ? [] : [`matches ${type.pattern}`]),
      ];
    case "bytes":
      return count(type.minLength, type.maxLength, "byte");
    case "array":
      return [...count(type.minItems, type.maxItems, "item"), ...(type.uniqueItems ? ["no two alike"] : [])];
    case "decimal":
      return [`${type.scale} ${type.scale === 1 ? "digit" : "digits"} after the point`, ...range(type)];
    case "integer":
    case "number":
    case "bigint":
      return range(type);
    default:
      return [];
  }
}

function count(least: number | undefined, most: number | undefined, unit: string): string[] {
  const units = (most ?? least) === 1 ? unit : `${unit}s`;
  if (least !== undefined && least === most) return [`${least} ${units}`];
  if (least !== undefined && most !== undefined) return [`${least} to ${most} ${units}`];
  if (least !== undefined) return [`at least ${least} ${units}`];
  return most === undefined ? [] : [`at most ${most} ${units}`];
}

function range({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
}: Bounds<number | string>): string[] {
  const both = minimum !== undefined && maximum !== undefined;
  const words: [string | number | undefined, string][] = [
    [both ? undefined : minimum, "at least"],
    [both ? undefined : maximum, "at most"],
    [exclusiveMinimum, "above"],
    [exclusiveMaximum, "below"],
    [multipleOf, "a multiple of"],
  ];
  return [
    ...(both ? [`${minimum} to ${maximum}`] : []),
    ...words.flatMap(([bound, word]) => (bound === undefined ? [] : [`${word} ${bound}`])),
  ];
}
