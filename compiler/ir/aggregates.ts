import { lowerCondition } from "./conditions.ts";
import { havingScope, readScope } from "./context.ts";
import { isOpen } from "./guarded.ts";
import { resultTable } from "./measure.ts";
import { lowerMeasures } from "./measures.ts";
import type { OrderTerm } from "./operation.ts";
import { type BodyOf, lowerWhere, present, type Told } from "./options.ts";
import { canBeOrdered, lowerOrder } from "./orders.ts";
import { lowerColumnNames, lowerLimit, lowerOffset } from "./selection.ts";
import type { Column } from "./table.ts";
import { typeText } from "./typeText.ts";

/** What speaks of groups, and has no use where there are none. */
const ofGroups = ["having", "orderBy", "limit", "offset"];

/** `aggregate`: measures over rows; one object, or with `groupBy` one for each group. */
export function lowerAggregate(told: Told): BodyOf<"aggregate"> | undefined {
  const { table, options, place, context } = told;
  const grouped = options["groupBy"] !== undefined;
  const groupBy = grouped ? lowerGroups(told) : [];
  const taken = new Set(groupBy?.map(({ name }) => name));
  const measures = lowerMeasures(options["select"], { table, taken, populated: grouped }, place.at("select"), context);
  const where = lowerWhere(told, readScope(context));
  if (!groupBy || !measures || !where) return;
  const columns = [...groupBy, ...measures.map(({ column }) => column)];
  const results = resultTable(
    columns.map((column) => [column.name, column] as const),
    place,
  );
  const selection = { table: results, columns, with: [] };
  const base = { kind: "aggregate", table, ...present(where), measures, selection } as const;
  if (grouped) return lowerGroupOptions({ ...told, table: results }, { ...base, groupBy });
  const needless = ofGroups.filter((option) => options[option] !== undefined);
  for (const option of needless)
    context.report("operation/no-use", place.at(option), [option, 'an "aggregate" without "groupBy"'], { at: "key" });
  return needless.length > 0 ? undefined : { ...base, orderBy: [] };
}

/** Columns whose equal values make a group. */
function lowerGroups({ table, options, place, context }: Told): readonly Column[] | undefined {
  const at = place.at("groupBy");
  const columns = lowerColumnNames(options["groupBy"], table, at, context);
  const isClosed = columns?.some((column, index) => !isOpen(column, "grouped by", at.at(index), context));
  if (isClosed) return;
  const wrong = columns?.findIndex((column) => !canBeOrdered(column) || column.measured);
  if (!columns || wrong === undefined || wrong === -1) return columns;
  if (columns[wrong]!.measured) return context.report("aggregate/count", at.at(wrong), [columns[wrong]!.name]);
  const { name, type } = columns[wrong]!;
  return context.report("aggregate/group-type", at.at(wrong), [name, typeText(type)]);
}

/** What is told of the groups, over the table of results. */
function lowerGroupOptions(
  { table: results, options, place, context }: Told,
  base: Omit<BodyOf<"aggregate">, "orderBy"> & { readonly groupBy: readonly Column[] },
): BodyOf<"aggregate"> | undefined {
  const having =
    options["having"] === undefined
      ? "absent"
      : lowerCondition(options["having"], results, place.at("having"), havingScope(context), context);
  const orderBy = lowerOrder(options["orderBy"], results, place.at("orderBy"), context);
  const limit = lowerLimit(options["limit"], "limit", place, context);
  const offset = lowerOffset(options["offset"], place, context);
  if (!having || !orderBy || !limit || !offset) return;
  return {
    ...base,
    ...(having !== "absent" && { having }),
    orderBy: totalOrder(orderBy, base.groupBy),
    limit,
    ...(offset !== "absent" && { offset }),
  };
}

/** No two groups are equal in all of their columns. */
function totalOrder(terms: readonly OrderTerm[], groupBy: readonly Column[]): readonly OrderTerm[] {
  const ordered = new Set(terms.flatMap((term) => ("column" in term ? [term.column] : [])));
  const rest = groupBy.filter((column) => !ordered.has(column));
  return [...terms, ...rest.map((column) => ({ column, descending: false }))];
}
