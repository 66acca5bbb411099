import { assignable, comparable } from "../../ir/assignable.ts";
import type { Column } from "../../ir/table.ts";
import type { Type, TypeOf, Value } from "../../ir/type.ts";
import { type Definitions, offer, ref, type Schema } from "./offer.ts";
import { literals, now, type Reference, textsOf } from "./references.ts";

/** What stands behind a column's name: in a condition, in `values`, in `set`. */
export type Use = "compare" | "write" | "change";

/** What is offered there: by the table, literals and `$now`; by an operation, its arguments. */
export interface Choice {
  /** before the names of the schemas, so that each owner has its own */
  readonly owner: string;
  readonly references: readonly Reference[];
  readonly literals: boolean;
}

/**
 * Schemas of values, one for each kind of column: many columns have the same.
 *
 * @returns by the names that `valueSchema` refers to; those with nothing to offer are left out
 */
export function valueDefinitions(columns: Iterable<Column>, uses: readonly Use[], choice: Choice): Definitions {
  const found: Record<string, Schema> = {};
  for (const column of columns) {
    for (const use of uses) {
      const schema = (use === "compare" ? comparison : written)(column, choice, use === "change");
      if (schema) found[nameOf(column, use, choice)] ??= schema;
    }
  }
  return found;
}

/** The schema of a column's value, where `definitions` have one. */
export function valueSchema(column: Column, use: Use, choice: Choice, definitions: Definitions): Schema | undefined {
  const name = nameOf(column, use, choice);
  return name in definitions ? ref(name) : undefined;
}

function nameOf({ name, type, nullable }: Column, use: Use, { owner }: Choice): string {
  // what may fill an array or an object hangs on all that is in it
  const kind =
    type.kind === "enum"
      ? type.enum.name
      : type.kind === "decimal"
        ? `decimal${type.scale}`
        : isJson(type)
          ? `${type.kind}.${name}`
          : type.kind;
  return `${owner}.${use}.${kind}${nullable ? ".null" : ""}`;
}

const isJson = ({ kind }: Type): boolean => kind === "json" || kind === "array" || kind === "object";
const isOrdered = ({ kind }: Type): boolean => kind !== "boolean" && kind !== "bytes";
const isNumber = ({ kind }: Type): boolean => ["integer", "number", "bigint", "decimal"].includes(kind);

/** A value, or a map of operators; undefined where there is nothing to offer. */
function comparison({ type, nullable }: Value, choice: Choice): Schema | undefined {
  const nothing = choice.literals && nullable ? [null] : [];
  if (type.kind === "array") return listComparison(type, nothing, choice);
  if (type.kind === "object") return objectComparison(type, nothing, choice);
  if (type.kind === "json") return nothing.length > 0 ? offer(nothing) : undefined;
  const fitting = textsOf(choice.references, type, comparable);
  const lists = textsOf(sentOf(choice), type, isListOf);
  if (!choice.literals && fitting.length + lists.length === 0) return undefined;
  const one = choice.literals ? [...literals(type), ...fitting] : fitting;
  return offer([...one, ...nothing], {
    title: "a comparison",
    properties: operators(type, one, nothing, lists, choice.literals),
  });
}

/** What can be asked of the elements of a list in JSON. */
function listComparison({ items }: TypeOf<"array">, nothing: readonly null[], choice: Choice): Schema | undefined {
  const of = comparison(items, choice);
  const lists = textsOf(sentOf(choice), items.type, isListOf);
  const length = comparison({ type: { kind: "integer" }, nullable: false }, choice);
  if (!of && lists.length === 0 && !length && nothing.length === 0) return undefined;
  const several = offer(lists);
  return offer(nothing, {
    title: "a comparison of a list",
    properties: {
      ...{ includes: several, includesAny: several },
      ...(length && { length }),
      ...(of && { some: of, every: of, none: of }),
      ...(choice.literals && { isNull: offer([true, false]) }),
    },
  });
}

/** The properties of an object in JSON. */
function objectComparison(
  { properties }: TypeOf<"object">,
  nothing: readonly null[],
  choice: Choice,
): Schema | undefined {
  const known = [...properties].flatMap(([name, { optional, nullable, ...value }]) => {
    const schema = comparison({ ...value, nullable: nullable || optional }, choice);
    return schema ? [[name, schema] as const] : [];
  });
  if (known.length === 0 && nothing.length === 0) return undefined;
  return offer(nothing, { title: "properties of an object", properties: Object.fromEntries(known) });
}

const sentOf = ({ references }: Choice): readonly Reference[] => references.filter((reference) => reference !== now);
const isListOf = (from: Type, to: Type): boolean => from.kind === "array" && comparable(from.items.type, to);

function operators(
  type: Type,
  one: readonly unknown[],
  nothing: readonly null[],
  lists: readonly string[],
  all: boolean,
) {
  const value = offer(one);
  const equal = offer([...one, ...nothing]);
  const many = { ...offer(lists), ...(one.length > 0 && { items: value }) };
  const text = type.kind === "string" && { contains: value, startsWith: value, endsWith: value };
  return {
    ...{ eq: equal, ne: equal, in: many, notIn: many },
    ...(isOrdered(type) && { gt: value, gte: value, lt: value, lte: value }),
    ...text,
    ...(all && { isNull: offer([true, false]) }),
    ...(all && text && { caseSensitive: offer([false]) }),
  };
}

/** A value; in `set`, a number may be changed by one. Undefined where there is nothing to offer. */
function written({ type, nullable }: Value, choice: Choice, changes: boolean): Schema | undefined {
  const references = choice.references.filter((reference) => nullable || !isNullOfCaller(reference));
  const fitting = textsOf(references, type, assignable);
  const own = choice.literals ? [...literals(type), ...(nullable ? [null] : [])] : [];
  const values = [...own, ...fitting];
  const number = offer(fitting);
  if (changes && isNumber(type) && (choice.literals || fitting.length > 0))
    return offer(values, { title: "a change", properties: { increment: number, decrement: number, multiply: number } });
  return values.length > 0 ? offer(values) : undefined;
}

/** What of the caller may be null fills no column that may not; of an argument that is for the call to see. */
const isNullOfCaller = ({ text, nullable }: Reference): boolean => nullable && /^\$(user|session)\./.test(text);
