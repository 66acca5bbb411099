import type { Place } from "../manifest/place.ts";
import { lowerCondition } from "./conditions.ts";
import { isMap, show } from "./constants.ts";
import { type BodyContext, readScope } from "./context.ts";
import { lowerNestedAggregate, measuredTable } from "./nestedAggregates.ts";
import type { NestedAggregate, NestedSelection, Selection } from "./operation.ts";
import { lowerOrder, totalOrder } from "./orders.ts";
import { isToMany } from "./relationKinds.ts";
import { lowerColumnList, lowerLimit, lowerOffset, type Options, onlyOptions } from "./selection.ts";
import { strayLoad } from "./strayNames.ts";
import type { Relation, Table } from "./table.ts";

/** What of a row is returned: `select` (every column, where it is left out) and `with`. */
export function lowerSelection(
  table: Table,
  { select, with: nested }: Options,
  place: Place,
  context: BodyContext,
): Selection | undefined {
  const columns = lowerColumnList(select, table, place.at("select"), context);
  const related = nested === undefined ? { with: [] } : lowerWith(table, nested, place.at("with"), context);
  return columns && related && { table, columns, ...related };
}

/** `with`: what of related rows comes along with a row. */
function lowerWith(
  table: Table,
  written: unknown,
  place: Place,
  context: BodyContext,
): Pick<Selection, "with" | "aggregates"> | undefined {
  if (!isMap(written)) return context.report("operation/option", place, [show(written), "a map of relations"]);
  const loads = Object.entries(written)
    .filter(([, options]) => options !== undefined && !(options === false && context.references === "none"))
    .map(([name, options]) => lowerLoad(table, name, options, place.at(name), context));
  if (loads.includes(undefined)) return;
  const aggregates = loads.flatMap((load) => load?.aggregate ?? []);
  return { with: loads.flatMap((load) => load?.rows ?? []), ...(aggregates.length > 0 && { aggregates }) };
}

/** What comes of a relation: its rows, what is reckoned over them, or both. */
interface Load {
  readonly rows?: NestedSelection;
  readonly aggregate?: NestedAggregate;
}

/** Options that ask for rows. */
const rowOptions = ["select", "with", "orderBy", "limit", "offset"];
const optionsOfMany = ["where", ...rowOptions, "aggregate", "rows"];
const optionsOfOne = ["where", "select", "with"];

function lowerLoad(table: Table, name: string, written: unknown, place: Place, context: BodyContext): Load | undefined {
  const relation = table.relations.get(name);
  if (!relation) {
    if (context.failed.has(`${table.name}.${name}`)) return;
    const stray = strayLoad(name, table);
    const extras = stray ? { hint: stray } : { suggest: [name, table.relations.keys()] as const };
    return context.report("reference/unknown-relation", place, [table.name, name], { at: "key", ...extras });
  }
  const options = written === true ? {} : written;
  if (!isMap(options)) return context.report("operation/option", place, [show(written), "true, or a map of options"]);
  const [known, owner] = isToMany(relation) ? [optionsOfMany, "a relation"] : [optionsOfOne, "a relation to one row"];
  if (!onlyOptions(options, known, owner, place, context)) return;
  return lowerOptions(table, relation, options, place, context);
}

function lowerOptions(
  table: Table,
  relation: Relation,
  options: Options,
  place: Place,
  context: BodyContext,
): Load | undefined {
  const { aggregate, rows } = options;
  if (aggregate === undefined && rows !== undefined)
    return context.report("operation/no-use", place.at("rows"), ["rows", 'a relation without "aggregate"'], {
      at: "key",
    });
  const withRows =
    aggregate === undefined || rows === true || rowOptions.some((option) => options[option] !== undefined);
  const selection = withRows ? lowerSelection(relation.to, options, place, context) : "absent";
  const seen = selection === "absent" ? relation.to : measuredTable(relation.to, selection, options["with"]);
  const where =
    options["where"] === undefined
      ? "absent"
      : lowerCondition(options["where"], seen, place.at("where"), readScope(context), context);
  const toMany = isToMany(relation);
  const orderBy = lowerOrder(options["orderBy"], seen, place.at("orderBy"), context, where);
  const limit = toMany ? lowerLimit(options["limit"], "limit", place, context) : "absent";
  const offset = lowerOffset(options["offset"], place, context);
  const reckoned =
    aggregate === undefined ? "absent" : lowerNestedAggregate(table, relation, aggregate, where, place, context);
  if (!selection || !where || !orderBy || !limit || !offset || !reckoned) return;
  const nested = selection !== "absent" && {
    name: relation.name,
    relation,
    selection,
    ...(where !== "absent" && { where }),
    orderBy: toMany ? totalOrder(orderBy, relation.to) : [],
    ...(limit !== "absent" && { limit }),
    ...(offset !== "absent" && { offset }),
  };
  return { ...(nested && { rows: nested }), ...(reckoned !== "absent" && { aggregate: reckoned }) };
}
