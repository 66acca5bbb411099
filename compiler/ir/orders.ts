import type { Place } from "../manifest/place.ts";
import type { Lowered } from "./combine.ts";
import { isMap, show } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { isOpen } from "./guarded.ts";
import type { ColumnTerm, OrderTerm } from "./operation.ts";
import { isRank, lowerRank, rankName } from "./ranks.ts";
import { strayOrder } from "./strayNames.ts";
import type { Column, Table } from "./table.ts";
import type { TypeKind } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

const unordered: ReadonlySet<TypeKind> = new Set<TypeKind>(["json", "array", "object", "bytes"]);

export const canBeOrdered = ({ type }: Pick<Column, "type">): boolean => !unordered.has(type.kind);

/**
 * An order as it is written: `title`, `-createdAt`, `-tasksAggregate.total`, `{ column, descending, nulls }`. Says what is not a
 * column, has no order, or stands there twice. `distance` and `relevance`, where no column is called so, are those of a `near` and a `search`.
 *
 * @param where the condition whose ranks may be meant; left out where there is none to speak of
 */
export function lowerOrder(
  written: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
  where: Lowered = "absent",
): readonly OrderTerm[] | undefined {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return context.report("operation/option", place, [show(written), "a list of columns"]);
  const terms = written.map((term, index) => lowerTerm(term, table, place.at(index), context, where));
  if (terms.includes(undefined)) return;
  const seen = new Set<object>();
  for (const [index, term] of (terms as OrderTerm[]).entries()) {
    const of = "column" in term ? term.column : term.by;
    if (seen.has(of)) return context.report("name/twice", place.at(index), [termName(term)]);
    seen.add(of);
  }
  return terms as OrderTerm[];
}

function lowerTerm(
  term: unknown,
  table: Table,
  place: Place,
  context: BodyContext,
  where: Lowered,
): OrderTerm | undefined {
  const long = isMap(term) ? term : undefined;
  const text = long ? long["column"] : term;
  if (typeof text !== "string")
    return context.report("operation/option", place, [show(term), "a column, or { column, descending, nulls }"]);
  const name = text.replace(/^-/, "");
  const at = long ? place.at("column") : place;
  if (isRank(name) && !table.columns.has(name)) {
    const by = lowerRank(name, where, at, context);
    return by && { by, descending: isDescending(text, long) };
  }
  const [aggregate, measure] = name.split(".") as [string, string?];
  if (measure !== undefined && table.aggregates?.has(aggregate)) {
    const results = table.aggregates.get(aggregate);
    if (!results) return;
    return orderedBy(text.replace(`${aggregate}.`, ""), long, results, at, context, (known) => `${aggregate}.${known}`);
  }
  return orderedBy(text, long, table, at, context, (known) => known);
}

function orderedBy(
  text: string,
  long: { readonly [key: string]: unknown } | undefined,
  table: Table,
  at: Place,
  context: BodyContext,
  qualified: (name: string) => string,
): OrderTerm | undefined {
  const name = text.replace(/^-/, "");
  const column = table.columns.get(name);
  if (!column) {
    return context.failed.has(`${table.name}.${name}`)
      ? undefined
      : unknownColumn(context.report, table.name, name, table.columns.keys(), at, {
          written: (known) => text.replace(name, qualified(known)),
          ...strayOrder(text, table),
        });
  }
  if (!canBeOrdered(column)) return context.report("operation/no-order", at, [name, typeText(column.type)]);
  if (!isOpen(column, "ordered by", at, context)) return;
  const nulls = long?.["nulls"];
  const descending = isDescending(text, long);
  return { column, descending, ...((nulls === "first" || nulls === "last") && { nulls }) };
}

const isDescending = (text: string, long: { readonly [key: string]: unknown } | undefined): boolean =>
  text.startsWith("-") || long?.["descending"] === true;

/** What a term is over, as the manifest calls it. */
export const termName = (term: OrderTerm): string => ("column" in term ? term.column.name : rankName(term.by));

/** The order with the key behind it, unless it holds a unique key already: no two rows are equal in it. */
export function totalOrder<T extends OrderTerm>(
  terms: readonly T[],
  { primaryKey, uniqueKeys }: Table,
): readonly (T | ColumnTerm)[] {
  const ordered = new Set(terms.flatMap((term) => ("column" in term ? [term.column] : [])));
  const unique = uniqueKeys.some(
    (key) => key.length > 0 && key.every((column) => !column.nullable && ordered.has(column)),
  );
  if (unique) return terms;
  const rest = primaryKey.filter((column) => !ordered.has(column));
  return [...terms, ...rest.map((column) => ({ column, descending: false }))];
}
