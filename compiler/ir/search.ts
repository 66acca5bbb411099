import type { Place } from "../manifest/place.ts";
import { absence, type Lowered } from "./combine.ts";
import type { BodyContext } from "./context.ts";
import type { Lowering } from "./draft.ts";
import { callOperand } from "./operands.ts";
import type { Scope } from "./scopes.ts";
import type { Column, Table } from "./table.ts";
import type { Value } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

/** FTS5 takes time by the square of the number of words, so that a text as long as a request would keep the database busy for minutes. */
const text: Value = { type: { kind: "string", maxLength: 1000 }, nullable: false };

/** `search: text`, over the columns that the table calls searchable. */
export function lowerSearch(value: unknown, table: Table, place: Place, scope: Scope, context: BodyContext): Lowered {
  if (table.searchable.length === 0) {
    return context.failed.has(`${table.name}:searchable`)
      ? undefined
      : context.report("condition/not-searchable", place, [table.name], { at: "key" });
  }
  if (value === undefined) return absence(place, scope, context);
  const operand = callOperand(value, text, place, scope, context);
  return operand && { kind: "search", table, text: operand };
}

/** Gives every table its searchable columns. Needs columns and keys only, so that conditions can rely on it. */
export function lowerSearchable(lowering: Lowering): void {
  for (const { table, manifest } of lowering.unfinished.values()) {
    for (const [index, name] of (manifest.searchable ?? []).entries()) {
      const place = table.place.at("searchable").at(index);
      const column = searchableColumn(lowering, table, name, manifest.searchable!.indexOf(name) < index, place);
      if (column) table.searchable.push(column);
      else lowering.failed.add(`${table.name}:searchable`);
    }
  }
}

/** Whether full-text search may look into a column. Triggers hear of no change of a computed one. */
export const isSearchable = ({ type, computed }: Column): boolean => type.kind === "string" && !computed;

function searchableColumn(
  { report, failed }: Lowering,
  table: Table,
  name: string,
  again: boolean,
  place: Place,
): Column | undefined {
  if (again) return report("name/twice", place, [name]);
  const column = table.columns.get(name);
  if (!column) {
    if (failed.has(`${table.name}.${name}`)) return;
    return unknownColumn(report, table.name, name, table.columns.keys(), place);
  }
  if (isSearchable(column)) return column;
  return report("table/not-searchable", place, [name, column.computed ? "computed" : typeText(column.type)]);
}
