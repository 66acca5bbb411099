import type { Type, Value } from "./type.ts";

/** What types stand for in a comparison: those of one family compare as they are. */
function family(type: Type): string {
  switch (type.kind) {
    case "string":
    case "uuid":
    case "enum":
      return "text";
    case "integer":
    case "number":
    case "bigint":
      return "number";
    case "decimal":
      return `decimal ${type.scale}`;
    default:
      return type.kind;
  }
}

/** Whether values of two types can be compared with each other. Two different enums cannot: they share no member by meaning. */
export function comparable(left: Type, right: Type): boolean {
  if (left.kind === "enum" && right.kind === "enum") return left.enum.name === right.enum.name;
  if (left.kind === "array" && right.kind === "array") return comparable(left.items.type, right.items.type);
  return family(left) === family(right);
}

/** Whether every value of a type is, constraints aside, one of another: whether an argument may fill a column. */
export function assignable(from: Type, to: Type): boolean {
  if (to.kind === "json") return from.kind === "json" || from.kind === "array" || from.kind === "object";
  if (from.kind === "integer") return to.kind === "integer" || to.kind === "number" || to.kind === "bigint";
  if (to.kind === "string")
    return from.kind === "string" || from.kind === "uuid" || from.kind === "enum" || from.kind === "date";
  if (from.kind !== to.kind) return false;
  switch (from.kind) {
    case "enum":
      return comparable(from, to);
    case "decimal":
      return comparable(from, to);
    case "array":
      return to.kind === "array" && fills(from.items, to.items);
    case "object":
      return to.kind === "object" && objectFills(from, to);
    default:
      return true;
  }
}

const fills = (from: Value, to: Value): boolean => assignable(from.type, to.type) && (to.nullable || !from.nullable);

function objectFills(from: Extract<Type, { kind: "object" }>, to: Extract<Type, { kind: "object" }>): boolean {
  for (const [name, property] of from.properties) {
    const other = to.properties.get(name);
    if (!other || !fills(property, other) || (property.optional && !other.optional)) return false;
  }
  return [...to.properties].every(([name, { optional }]) => optional || from.properties.has(name));
}
