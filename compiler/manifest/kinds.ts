import type { PathKey } from "./place.ts";
import { type Schema, schema } from "./schema.ts";

/** What is of exactly one kind, said by a key: a query by its verb, a relation by `one`, `many` and so on. */
export interface Family {
  readonly noun: string;
  /** the keys that each kind takes, by the key that says the kind */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
}

const families = {
  query: familyOf("query"),
  mutation: familyOf("mutation"),
  step: familyOf("step"),
  relation: familyOf("relation"),
};

/** The family of the map at a path. */
export function familyAt(path: readonly PathKey[]): Family | undefined {
  if (path.length === 2 && path[0] === "queries") return families.query;
  if (path.length === 2 && path[0] === "mutations") return families.mutation;
  if (path.length === 4 && path[0] === "mutations" && path[2] === "steps") return families.step;
  if (path.length !== 4 || path[2] !== "relations") return undefined;
  return path[0] === "tables" || path[0] === "auth" ? families.relation : undefined;
}

/** The section where a verb belongs that stands in the other one. */
export function sectionOf(verb: string, path: readonly PathKey[]): "queries" | "mutations" | undefined {
  const family = familyAt(path);
  if (family === families.query && !family.kinds.has(verb) && families.mutation.kinds.has(verb)) return "mutations";
  if (family === families.mutation && !family.kinds.has(verb) && families.query.kinds.has(verb)) return "queries";
  return undefined;
}

/** The kinds that a map says it is of, in the order in which it says so. */
export function kindsIn(family: Family, map: object): string[] {
  return Object.keys(map).filter((key) => family.kinds.has(key));
}

/** Reads a family off the schema: `oneOf` lists the keys that say the kind, `allOf` the closed shape of each. */
function familyOf(name: string): Family {
  const { title, oneOf = [], allOf = [] } = schema.$defs![name]!;
  const kinds = oneOf.map(({ required: [kind] }, index) => [kind, keysOf(allOf[index]!.then.$ref)] as const);
  return { noun: title!, kinds: new Map(kinds) };
}

function keysOf(reference: string): ReadonlySet<string> {
  const shape: Schema = schema.$defs![reference.slice("#/$defs/".length)]!;
  return new Set(Object.keys(shape.properties!));
}
