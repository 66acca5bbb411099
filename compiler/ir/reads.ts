import type { OperationManifest } from "../manifest/manifest.ts";
import { readScope } from "./context.ts";
import { isOpen } from "./guarded.ts";
import { measuredTable } from "./nestedAggregates.ts";
import type { ColumnTerm, OrderTerm, Selection } from "./operation.ts";
import { type BodyOf, lowerWhere, present, type Told } from "./options.ts";
import { canBeOrdered, lowerOrder, termName, totalOrder } from "./orders.ts";
import { lowerLimit, lowerOffset } from "./selection.ts";
import { fixesOneRow, keysText } from "./uniqueWhere.ts";
import { lowerSelection } from "./with.ts";

/** `get`: one row or none. Its `where` must fix a unique key. */
export function lowerGet(told: Told): BodyOf<"get"> | undefined {
  const { table, options, place, context } = told;
  const selection = lowerSelection(table, options, place, context);
  const seen = measuredTable(table, selection, options["with"]);
  const where = lowerWhere({ ...told, table: seen }, readScope(context));
  if (!selection || !where) return;
  if (where !== "absent" && fixesOneRow(where, table, context.caller)) return { kind: "get", selection, where };
  if (table.uniqueKeys.length === 0) return;
  const at = options["where"] === undefined ? "get" : "where";
  return context.report("operation/not-one-row", place.at(at), [table.name, keysText(table)], { at: "key" });
}

/** `list`: rows in a total order, or with `distinct` different rows of the selected columns, ordered by those alone. */
export function lowerList(told: Told): BodyOf<"list"> | undefined {
  const { table, options, place, context } = told;
  const selection = lowerSelection(table, options, place, context);
  const seen = measuredTable(table, selection, options["with"]);
  const where = lowerWhere({ ...told, table: seen }, readScope(context));
  const written = lowerOrder(options["orderBy"], seen, place.at("orderBy"), context, where);
  const limit = lowerLimit(options["limit"], "limit", place, context);
  const offset = lowerOffset(options["offset"], place, context);
  if (!selection || !where || !written || !limit || !offset) return;
  const distinct = options["distinct"] === true;
  const orderBy = distinct ? distinctOrder(told, written, selection) : totalOrder(written, table);
  return (
    orderBy && {
      kind: "list",
      selection,
      ...present(where),
      orderBy,
      limit,
      ...(offset !== "absent" && { offset }),
      distinct,
    }
  );
}

/** Rows of which no two are equal are ordered by their own columns: as written, or by all of them from the left. */
function distinctOrder(
  { options, place, context }: Told,
  written: readonly OrderTerm[],
  selection: Selection,
): readonly OrderTerm[] | undefined {
  if (options["select"] === undefined || selection.with.length > 0 || selection.aggregates) {
    return context.report("operation/distinct", place.at("distinct"), [], { at: "key" });
  }
  const closed = selection.columns.findIndex(
    (column, index) => !isOpen(column, "told apart", place.at("select").at(index), context),
  );
  if (closed !== -1) return;
  const foreign = written.findIndex((term) => !("column" in term && selection.columns.includes(term.column)));
  if (foreign !== -1)
    return context.report("operation/distinct-order", place.at("orderBy").at(foreign), [termName(written[foreign]!)]);
  if (written.length > 0) return written;
  return selection.columns.filter(canBeOrdered).map((column) => ({ column, descending: false }));
}

/** `page`: rows behind a cursor, in a total order. */
export function lowerPage(told: Told): BodyOf<"page"> | undefined {
  const { table, options, place, context } = told;
  const selection = lowerSelection(table, options, place, context);
  const seen = measuredTable(table, selection, options["with"]);
  const where = lowerWhere({ ...told, table: seen }, readScope(context));
  const orderBy = ofColumns(lowerOrder(options["orderBy"], seen, place.at("orderBy"), context, where), told);
  const size = lowerSize(told);
  if (!selection || !where || !orderBy || !size) return;
  return {
    kind: "page",
    selection,
    ...present(where),
    orderBy: totalOrder(orderBy, table),
    size,
    bothWays: options["bothWays"] === true,
    total: options["total"] === true,
  };
}

/** What a cursor can hold. A rank is of the call, and may differ from one page to the next. */
function ofColumns(
  terms: readonly OrderTerm[] | undefined,
  { place, context }: Told,
): readonly ColumnTerm[] | undefined {
  const rank = terms?.find((term) => "by" in term);
  if (rank) return context.report("operation/page-rank", place.at("orderBy"), [termName(rank)]);
  return terms as readonly ColumnTerm[] | undefined;
}

/** `size`: how many rows a page has unless the caller says, and at most. */
function lowerSize({ options, place, context: { limits, report } }: Told) {
  const at = place.at("size");
  const { default: written, max = limits.maxLimit } = (options["size"] ?? {}) as NonNullable<OperationManifest["size"]>;
  const usual = written ?? Math.min(limits.defaultLimit, max);
  if (max > limits.maxLimit) return report("operation/limit", at.at("max"), ["size.max", String(max), limits.maxLimit]);
  if (usual > max) return report("operation/limit", at.at("default"), ["size.default", String(usual), max]);
  return { default: usual, max };
}
