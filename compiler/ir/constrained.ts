import { hasFormat } from "./formats.ts";
import { compareNumbers, isMultiple } from "./numbers.ts";
import type { Bounds, Constant, Type } from "./type.ts";

/** What of a type's constraints a literal in wire form breaks, in words. */
export function brokenConstraint(literal: Constant, type: Type): string | undefined {
  switch (type.kind) {
    case "string": {
      const text = literal as string;
      if (type.pattern !== undefined && !new RegExp(type.pattern, "u").test(text))
        return `match the pattern ${type.pattern}`;
      if (type.format !== undefined && !hasFormat[type.format](text)) return `have the format ${type.format}`;
      return brokenLength([...text].length, type.minLength, type.maxLength, "characters");
    }
    case "bytes":
      return brokenLength(atob(literal as string).length, type.minLength, type.maxLength, "bytes");
    case "integer":
    case "number":
    case "bigint":
    case "decimal":
      return brokenBound(literal as number | string, type);
    case "array": {
      const items = literal as readonly Constant[];
      if (type.uniqueItems && new Set(items.map((item) => JSON.stringify(item))).size < items.length)
        return "hold no item twice";
      return brokenLength(items.length, type.minItems, type.maxItems, "items");
    }
    default:
      return undefined;
  }
}

function brokenLength(
  length: number,
  minimum = 0,
  maximum = Number.POSITIVE_INFINITY,
  unit: string,
): string | undefined {
  if (length < minimum) return `have at least ${minimum} ${unit}`;
  return length > maximum ? `have at most ${maximum} ${unit}` : undefined;
}

function brokenBound(value: number | string, bounds: Bounds<number | string>): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = bounds;
  if (minimum !== undefined && compareNumbers(value, minimum) < 0) return `be at least ${minimum}`;
  if (maximum !== undefined && compareNumbers(value, maximum) > 0) return `be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && compareNumbers(value, exclusiveMinimum) <= 0)
    return `be more than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && compareNumbers(value, exclusiveMaximum) >= 0)
    return `be less than ${exclusiveMaximum}`;
  return multipleOf !== undefined && !isMultiple(value, multipleOf) ? `be a multiple of ${multipleOf}` : undefined;
}
