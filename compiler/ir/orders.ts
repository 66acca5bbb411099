import type { Place } from "../manifest/place.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import type { OrderTerm } from "./operation.ts";
import type { Column, Table } from "./table.ts";
import type { TypeKind } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

const unordered: ReadonlySet<TypeKind> = new Set<TypeKind>(["json", "array", "object", "bytes"]);

export const canBeOrdered = ({ type }: Column): boolean => !unordered.has(type.kind);

/**
 * An order as it is written: `title`, `-createdAt`, `{ column, descending, nulls }`. Says what is not a column, has no order, or stands
 * there twice.
 */
export function lowerOrder(
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
): readonly OrderTerm[] | undefined {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return context.report("operation/option", place, [show(written), "a list of columns"]);
  const terms = written.map((term, index) => lowerTerm(term, table, place.at(index), context));
  if (terms.includes(undefined)) return;
  const seen = new Set<Column>();
  for (const [index, term] of (terms as OrderTerm[]).entries()) {
    if (seen.has(term.column)) return context.report("name/twice", place.at(index), [term.column.name]);
    seen.add(term.column);
  }
  return terms as OrderTerm[];
}

function lowerTerm(term: unknown, table: Table, place: Place, context: BodyContext): OrderTerm | undefined {
  const long = isMap(term) ? term : undefined;
  const text = long ? long["column"] : term;
  if (typeof text !== "string")
    return context.report("operation/option", place, [show(term), "a column, or { column, descending, nulls }"]);
  const name = text.replace(/^-/, "");
  const at = long ? place.at("column") : place;
  const column = table.columns.get(name);
  if (!column) {
    return context.failed.has(`${table.name}.${name}`)
      ? undefined
      : unknownColumn(context.report, table.name, name, table.columns.keys(), at, {
          written: (known) => text.replace(name, known),
        });
  }
  if (!canBeOrdered(column)) return context.report("operation/no-order", at, [name, typeText(column.type)]);
  const nulls = long?.["nulls"];
  const descending = text.startsWith("-") || long?.["descending"] === true;
  return { column, descending, ...((nulls === "first" || nulls === "last") && { nulls }) };
}

/** The order with the key behind it, unless it holds a unique key already: no two rows are equal in it. */
export function totalOrder(terms: readonly OrderTerm[], { primaryKey, uniqueKeys }: Table): readonly OrderTerm[] {
  const ordered = new Set(terms.map(({ column }) => column));
  const unique = uniqueKeys.some(
    (key) => key.length > 0 && key.every((column) => !column.nullable && ordered.has(column)),
  );
  if (unique) return terms;
  const rest = primaryKey.filter((column) => !ordered.has(column));
  return [...terms, ...rest.map((column) => ({ column, descending: false }))];
}
