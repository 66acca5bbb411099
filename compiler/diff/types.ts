import type { Property, Type, TypeKind, TypeOf, Value } from "../ir/type.ts";
import { typeText } from "../ir/typeText.ts";
import { compareConstraints, type Direction, isConstrained } from "./constraints.ts";

/** One way in which two values differ. */
export interface Difference {
  /** the properties that lead to it, and `[]` for the items of an array */
  readonly path: readonly string[];
  readonly what: "type" | "null" | "absence" | "constraint" | "property added" | "property removed";
  readonly direction: Direction;
  /** the constraint's or the property's name */
  readonly name?: string;
  readonly words: string;
}

/** Whether every value of one type is, or becomes, one of another type of another kind. */
export type Widens = (from: Type, to: Type) => boolean;

const texts: ReadonlySet<TypeKind> = new Set(["uuid", "enum", "date", "timestamp", "decimal", "bigint", "bytes"]);

/** On the wire most types are texts. */
export const widensOnWire: Widens = (from, to) =>
  !isConstrained(to) &&
  (to.kind === "json" ||
    (to.kind === "number" && from.kind === "integer") ||
    (to.kind === "string" && texts.has(from.kind)));

/**
 * How the values that are allowed differ. Enums of one name are the same here: their members are told where the enum stands.
 * What is inside of arrays and objects is JSON wherever they are. A new property that need not be there is wider, one that must be is
 * narrower, and so is one that is gone: objects are closed.
 */
export function compareValues(before: Value, after: Value, widens: Widens): readonly Difference[] {
  return compareAt([], before, after, widens);
}

function compareAt(path: readonly string[], before: Value, after: Value, widens: Widens): readonly Difference[] {
  return [...compareNull(path, before, after), ...compareTypes(path, before.type, after.type, widens)];
}

function compareNull(path: readonly string[], before: Value, after: Value): Difference[] {
  if (before.nullable === after.nullable) return [];
  return after.nullable
    ? [{ path, what: "null", direction: "wider", words: "null too" }]
    : [{ path, what: "null", direction: "narrower", words: "never null" }];
}

function compareTypes(path: readonly string[], before: Type, after: Type, widens: Widens): readonly Difference[] {
  if (before.kind === "enum" && after.kind === "enum") return compareEnums(path, before, after);
  if (before.kind !== after.kind) return [compareKinds(path, before, after, widens)];
  const own = compareConstraints(before, after).map(
    (difference): Difference => ({ path, what: "constraint", ...difference }),
  );
  if (before.kind === "array" && after.kind === "array")
    return [...own, ...compareAt([...path, "[]"], before.items, after.items, widensOnWire)];
  if (before.kind === "object" && after.kind === "object") return compareObjects(path, before, after);
  return own;
}

function compareKinds(path: readonly string[], before: Type, after: Type, widens: Widens): Difference {
  const direction = widens(before, after) ? "wider" : widens(after, before) ? "narrower" : "other";
  return { path, what: "type", direction, words: `${typeText(after)} instead of ${typeText(before)}` };
}

/** Enums of two names, by their members. */
function compareEnums(path: readonly string[], { enum: before }: TypeOf<"enum">, { enum: after }: TypeOf<"enum">) {
  if (before.name === after.name) return [];
  const isWider = before.members.every((member) => after.members.includes(member));
  const isNarrower = after.members.every((member) => before.members.includes(member));
  if (isWider && isNarrower) return [];
  const direction: Direction = isWider ? "wider" : isNarrower ? "narrower" : "other";
  return [{ path, what: "type", direction, words: `${after.name} instead of ${before.name}` } satisfies Difference];
}

function compareObjects(
  path: readonly string[],
  { properties: before }: TypeOf<"object">,
  { properties: after }: TypeOf<"object">,
): readonly Difference[] {
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...gone.map((name) => goneProperty(path, name)),
    ...[...after].flatMap(([name, property]) => {
      const old = before.get(name);
      return old ? compareProperties([...path, name], old, property) : [newProperty(path, name, property)];
    }),
  ];
}

function goneProperty(path: readonly string[], name: string): Difference {
  return { path, what: "property removed", direction: "narrower", name, words: `no property "${name}"` };
}

function newProperty(path: readonly string[], name: string, { optional }: Property): Difference {
  return optional
    ? { path, what: "property added", direction: "wider", name, words: `a new property "${name}"` }
    : {
        path,
        what: "property added",
        direction: "narrower",
        name,
        words: `a new property "${name}" that must be there`,
      };
}

function compareProperties(path: readonly string[], before: Property, after: Property) {
  const others = compareAt(path, before, after, widensOnWire);
  if (before.optional === after.optional) return others;
  const absence: Difference = after.optional
    ? { path, what: "absence", direction: "wider", words: "absent too" }
    : { path, what: "absence", direction: "narrower", words: "never absent" };
  return [absence, ...others];
}

/** The properties of a path: items are spoken of by the name of their list. */
export const propertiesOf = ({ path }: Difference): readonly string[] => path.filter((step) => step !== "[]");

/** Differences of one value in words, each with the part that it is of. */
export function differenceWords(differences: readonly Difference[]): readonly string[] {
  return differences.map((difference) => {
    const properties = propertiesOf(difference);
    if (properties.length > 0) return `${difference.words} in "${properties.join(".")}"`;
    return difference.path.length > 0 ? `${difference.words} in its items` : difference.words;
  });
}
