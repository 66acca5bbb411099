import type { Place } from "../manifest/place.ts";
import { absence, allOf, anyOf, type Lowered } from "./combine.ts";
import { type Compared, isNull, type LowerCompared, unknownOperator } from "./compared.ts";
import type { Operand, Quantifier } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import { nativeListOperator } from "./foreignConditions.ts";
import { comparedOperand } from "./operands.ts";
import { isReference } from "./scopes.ts";
import type { TypeKind, TypeOf, Value } from "./type.ts";
import { typeText } from "./typeText.ts";

/** A property of an operand that is an object; undefined where it has none of that name. */
export function propertyOf(object: Operand, name: string): Operand | undefined {
  const { type, nullable } = object.of;
  const property = type.kind === "object" ? type.properties.get(name) : undefined;
  if (!property) return undefined;
  const of = { type: property.type, nullable: nullable || property.nullable || property.optional };
  return object.kind === "property"
    ? { kind: "property", below: object.below, path: [...object.path, name], of }
    : { kind: "property", below: object, path: [name], of };
}

/**
 * What stands behind an object: a map of its properties is AND, a list is OR. A property wins over `all any not` and over the
 * operators that ask for null.
 *
 * @param lower lowers what stands behind a property
 */
export function lowerProperties(compared: Compared, value: unknown, place: Place, lower: LowerCompared): Lowered {
  const { context } = compared;
  if (Array.isArray(value))
    return anyOf(value.map((item, index) => lowerProperties(compared, item, place.at(index), lower)));
  if (!isMap(value)) return context.report("condition/json", place, ["object"]);
  return allOf(Object.entries(value).map(([name, item]) => lowerProperty(compared, name, item, place.at(name), lower)));
}

function lowerProperty(compared: Compared, name: string, value: unknown, place: Place, lower: LowerCompared): Lowered {
  const { left, scope, context } = compared;
  if (value === undefined) return absence(place, scope, context);
  const property = propertyOf(left, name);
  if (property) return lower({ ...compared, left: property }, value, place);
  if (name === "not") return not(lowerProperties(compared, value, place, lower));
  if (name === "all" || name === "any") {
    if (!Array.isArray(value)) return context.report("condition/not-a-list", place, [show(value)]);
    const parts = value.map((item, index) => lowerProperties(compared, item, place.at(index), lower));
    return name === "all" ? allOf(parts) : anyOf(parts);
  }
  if (isNullTest(name)) return lowerNullTest(compared, name, value, place);
  const { properties } = left.of.type as TypeOf<"object">;
  return context.report("type/unknown-property", place, [name], { at: "key", suggest: [name, properties.keys()] });
}

const not = (of: Lowered): Lowered => (typeof of === "object" ? { kind: "not", of } : of);

const quantifiers: readonly string[] = ["some", "every", "none"] satisfies Quantifier[];
const listOperators = ["includes", "includesAny", "length", ...quantifiers, "isNull", "eq", "ne"];

/**
 * What stands behind a list: a map of operators that ask what is in it.
 *
 * @param lower lowers what stands behind an element, or the length
 */
export function lowerElements(compared: Compared, value: unknown, place: Place, lower: LowerCompared): Lowered {
  const { context } = compared;
  if (Array.isArray(value)) {
    const inline = value.every((item) => !Array.isArray(item) && !isMap(item));
    const wrap = { title: 'ask by "includes"', before: "{ includes: ", after: " }" };
    return context.report("condition/json", place, ["array"], inline ? { wrap } : {});
  }
  if (!isMap(value)) return context.report("condition/json", place, ["array"]);
  return allOf(
    Object.entries(value).map(([operator, item]) =>
      lowerListOperator(compared, operator, item, place.at(operator), lower),
    ),
  );
}

/** A property of the elements where an operator of the list belongs. */
function strayProperty(list: Operand, name: string): string | undefined {
  const { type } = itemsOf(list);
  const isProperty = type.kind === "object" && type.properties.has(name);
  return isProperty ? `Say by "some", "every" or "none" of which elements: \`some: { ${name}: … }\`.` : undefined;
}

function lowerListOperator(
  compared: Compared,
  operator: string,
  value: unknown,
  place: Place,
  lower: LowerCompared,
): Lowered {
  const { left, scope, context } = compared;
  if (!listOperators.includes(operator))
    return unknownOperator(
      operator,
      place,
      nativeListOperator(operator),
      listOperators,
      context,
      strayProperty(left, operator),
    );
  if (value === undefined) return absence(place, scope, context);
  if (isNullTest(operator)) return lowerNullTest(compared, operator, value, place);
  if (operator === "length") {
    const of: Value = { type: { kind: "integer" }, nullable: left.of.nullable };
    return lower({ ...compared, left: { kind: "length", list: left, of } }, value, place);
  }
  if (quantifiers.includes(operator)) return ofElements(compared, operator as Quantifier, value, place, lower);
  return lowerIncludes(compared, operator, value, place, lower);
}

/** Elements that meet a condition: an operator map or a value for scalars, a map of properties for objects. */
function ofElements(
  compared: Compared,
  quantifier: Quantifier,
  value: unknown,
  place: Place,
  lower: LowerCompared,
): Lowered {
  const { left } = compared;
  const of = lower({ ...compared, left: { kind: "element", of: itemsOf(left) } }, value, place);
  return typeof of === "object" ? { kind: "element", list: left, quantifier, of } : of;
}

const compound: ReadonlySet<TypeKind> = new Set<TypeKind>(["json", "array", "object", "bytes"]);

/**
 * `includes` (all of a list) and `includesAny` (one of it, which is `some: { in }`). A literal list with references in it is as many
 * conditions.
 */
function lowerIncludes(
  compared: Compared,
  operator: string,
  value: unknown,
  place: Place,
  lower: LowerCompared,
): Lowered {
  const { left, scope, context } = compared;
  const items = itemsOf(left);
  if (compound.has(items.type.kind))
    return context.report("condition/operator-type", place, [operator, `a list of ${typeText(items.type)}`], {
      at: "key",
      hint: 'Say by "some" what an element must be.',
    });
  if (!Array.isArray(value) && !isReference(value, context)) {
    const wrap = { title: "write a list", before: "[", after: "]" };
    return context.report("condition/not-a-list", place, [show(value)], isMap(value) ? {} : { wrap });
  }
  if (operator === "includesAny")
    return ofElements(compared, "some", value, place, (element, list) => lower(element, { in: list }, place));
  if (Array.isArray(value) && value.some((item) => isReference(item, context) || isMap(item)))
    return allOf(value.map((item, index) => ofElements(compared, "some", item, place.at(index), lower)));
  const of: Value = { type: { kind: "array", items: { ...items, nullable: true } }, nullable: false };
  const list = comparedOperand(value, of, place, scope, context);
  return list && { kind: "includes", left, list };
}

const itemsOf = ({ of }: Operand): Value => (of.type as TypeOf<"array">).items;

const isNullTest = (operator: string): boolean => operator === "isNull" || operator === "eq" || operator === "ne";

/** `isNull`, and `eq` and `ne` with null: all that can be asked of a list or an object as a whole. */
function lowerNullTest({ left, scope, context }: Compared, operator: string, value: unknown, place: Place): Lowered {
  if (operator === "isNull") {
    const is = comparedOperand(value, { type: { kind: "boolean" }, nullable: false }, place, scope, context);
    return is && { kind: "isNull", of: left, is };
  }
  return value === null
    ? isNull(left, operator === "eq")
    : context.report("condition/json", place, [left.of.type.kind]);
}
