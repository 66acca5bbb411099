import { assignable } from "./assignable.ts";
import { compareNumbers, isMultiple } from "./numbers.ts";
import type { Property, Type } from "./type.ts";

type Constraint = number | string | boolean;
type Rule = (own: Constraint, other: Constraint) => Constraint;

const larger: Rule = (own, other) => (compareNumbers(own as number, other as number) >= 0 ? own : other);
const smaller: Rule = (own, other) => (compareNumbers(own as number, other as number) <= 0 ? own : other);

/** What two constraints of one name are together. Two formats: the other's, for that is what is stored. */
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
  pattern: (own, other) => (own === other ? own : `^(?=[\\s\\S]*?(?:${own}))(?=[\\s\\S]*?(?:${other}))`),
  format: (_, other) => other,
};

/** A type with the constraints of another one that its values are to fill: both hold. */
export function intersection(own: Type, other: Type): Type {
  if (!assignable(own, other)) return own;
  const merged = { ...own, ...bothConstraints(own, other) } as Type;
  if (merged.kind === "array" && other.kind === "array") {
    return { ...merged, items: { ...merged.items, type: intersection(merged.items.type, other.items.type) } };
  }
  if (merged.kind === "object" && other.kind === "object") {
    return { ...merged, properties: bothProperties(merged.properties, other.properties) };
  }
  return merged;
}

function bothConstraints(own: Type, other: Type): { readonly [name: string]: Constraint } {
  const mine = own as unknown as { readonly [name: string]: Constraint | undefined };
  const constraints: { [name: string]: Constraint } = {};
  for (const [name, constraint] of Object.entries(other)) {
    const rule = together[name];
    const theirs = rule && inUnitOf(own, other, constraint as Constraint);
    if (theirs === undefined) continue;
    const already = mine[name];
    constraints[name] = already === undefined ? theirs : rule!(already, theirs);
  }
  return constraints;
}

/** A constraint as the own type writes it: an integer may fill a bigint, whose bounds are digits. Texts of other kinds have none. */
function inUnitOf(own: Type, other: Type, constraint: Constraint): Constraint | undefined {
  if (own.kind === other.kind) return constraint;
  return own.kind === "integer" ? Number(constraint) : undefined;
}

function bothProperties(
  own: ReadonlyMap<string, Property>,
  other: ReadonlyMap<string, Property>,
): ReadonlyMap<string, Property> {
  const merge = (name: string, property: Property) => intersection(property.type, other.get(name)!.type);
  return new Map([...own].map(([name, property]) => [name, { ...property, type: merge(name, property) }]));
}
