import type { Place } from "../manifest/place.ts";
import { tableDraft } from "./draft.ts";
import type { Column, MeasureFunction, Table } from "./table.ts";
import type { Type, Value } from "./type.ts";

export const measureFunctions = ["count", "sum", "avg", "min", "max"] as const satisfies readonly MeasureFunction[];

/** What is reckoned over the rows of a relation is called so, in the result and in conditions. */
export const aggregateName = (relation: string): string => `${relation}Aggregate`;

/** A column that stands in no table: a result. No name of a table's column in SQL begins so. */
export function resultColumn(name: string, of: Value, place: Place): Column {
  return { name, sqlName: `$${name}`, type: of.type, nullable: of.nullable, unique: false, place };
}

/** A table that exists inside of an operation alone, of its results by name; it has no name of its own. */
export function resultTable(columns: readonly (readonly [name: string, column: Column])[], place: Place): Table {
  return { ...tableDraft("", "", place), columns: new Map(columns) };
}

export const isResultTable = ({ name }: Pick<Table, "name">): boolean => name === "";

/** What comes of a function over values of a type: sums are as exact as what is added, an average is a number. */
export function resultType(fn: MeasureFunction, type: Type): Type {
  if (fn === "count") return { kind: "integer" };
  if (fn === "avg") return { kind: "number" };
  if (fn !== "sum") return type;
  return type.kind === "decimal" ? { kind: "decimal", scale: type.scale } : ({ kind: type.kind } as Type);
}
