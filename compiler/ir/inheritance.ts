import type { OperationArguments } from "./arguments.ts";
import { assignable } from "./assignable.ts";
import { lowerConstant } from "./constants.ts";
import type { Lowering } from "./draft.ts";
import { compareNumbers, isMultiple } from "./numbers.ts";
import type { Argument } from "./operation.ts";
import type { Purpose } from "./scopes.ts";
import type { Property, Type, Value } from "./type.ts";

/** The arguments with the constraints of what they are used for: of the columns that they fill, of limits and offsets. */
export function inheritConstraints(
  lowering: Lowering,
  { declared, purposes }: OperationArguments,
): ReadonlyMap<string, Argument> {
  const inherited = new Map<string, Argument>();
  for (const [name, argument] of declared) {
    if (!argument) continue;
    const own = purposes.filter(({ path }) => path[0] === name);
    const value = own.reduce<Value>(
      (value, { path, purpose }) => narrowed(value, path.slice(1), purpose, lowering),
      argument,
    );
    const whole: Argument = { ...argument, type: value.type, nullable: value.nullable };
    if (own.length > 0 && whole.default !== undefined)
      lowerConstant(whole.default, whole, whole.place.at("default"), { ...lowering, references: "none" });
    inherited.set(name, whole);
  }
  return inherited;
}

/** A value whose part at a path must serve a purpose too. */
function narrowed<V extends Value>(
  value: V,
  [property, ...rest]: readonly string[],
  purpose: Purpose,
  lowering: Lowering,
): V {
  if (property !== undefined && value.type.kind === "object") {
    const properties = new Map<string, Property>(value.type.properties);
    properties.set(property, narrowed(properties.get(property)!, rest, purpose, lowering));
    return { ...value, type: { ...value.type, properties } };
  }
  if ("counts" in purpose) {
    const most = purpose.counts === "limit" ? { maximum: lowering.limits.maxLimit } : {};
    return { ...value, type: both(value.type, { kind: "integer", minimum: 0, ...most }) };
  }
  return { ...value, type: both(value.type, purpose.fills.type), nullable: value.nullable && purpose.fills.nullable };
}

type Constraint = number | string | boolean;
type Rule = (own: Constraint, other: Constraint) => Constraint;

const larger: Rule = (own, other) => (compareNumbers(own as number, other as number) >= 0 ? own : other);
const smaller: Rule = (own, other) => (compareNumbers(own as number, other as number) <= 0 ? own : other);

/** What two constraints of one name are together. Two formats: the column's, for that is what is stored. */
const together: { readonly [name: string]: Rule } = {
  minLength: larger,
  minItems: larger,
  minimum: larger,
  exclusiveMinimum: larger,
  maxLength: smaller,
  maxItems: smaller,
  maximum: smaller,
  exclusiveMaximum: smaller,
  multipleOf: (own, other) => (isMultiple(own as number, other as number) ? own : other),
  uniqueItems: (own, other) => own || other,
  pattern: (own, other) => (own === other ? own : `^(?=[^]*?(?:${own}))(?=[^]*?(?:${other}))`),
};

/** A type with the constraints of another one of its kind. */
function both(own: Type, other: Type): Type {
  if (!assignable(own, other) || own.kind === "enum") return own;
  const merged: { [key: string]: unknown } = { ...own };
  for (const [name, constraint] of Object.entries(other)) {
    if (name === "kind" || name === "scale" || name === "items" || name === "properties" || name === "enum") continue;
    const mine = merged[name] as Constraint | undefined;
    merged[name] = mine === undefined ? constraint : (together[name]?.(mine, constraint) ?? constraint);
  }
  if (own.kind === "array" && other.kind === "array")
    merged["items"] = { ...own.items, type: both(own.items.type, other.items.type) };
  if (own.kind === "object" && other.kind === "object")
    merged["properties"] = bothProperties(own.properties, other.properties);
  return merged as unknown as Type;
}

function bothProperties(
  own: ReadonlyMap<string, Property>,
  other: ReadonlyMap<string, Property>,
): ReadonlyMap<string, Property> {
  return new Map(
    [...own].map(([name, property]) => [name, { ...property, type: both(property.type, other.get(name)!.type) }]),
  );
}
