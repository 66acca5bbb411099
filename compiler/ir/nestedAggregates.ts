import type { Place } from "../manifest/place.ts";
import type { Lowered } from "./combine.ts";
import { isMap } from "./constants.ts";
import type { BodyContext } from "./context.ts";
import { aggregateName, resultTable } from "./measure.ts";
import { lowerMeasures } from "./measures.ts";
import type { NestedAggregate, Selection } from "./operation.ts";
import type { Relation, Table } from "./table.ts";

/**
 * `aggregate` under a relation of `with`.
 *
 * @param where which of the relation's rows, for all measures
 * @param place of the relation under `with`
 */
export function lowerNestedAggregate(
  table: Table,
  relation: Relation,
  written: unknown,
  where: Lowered,
  place: Place,
  context: BodyContext,
): NestedAggregate | undefined {
  const name = aggregateName(relation.name);
  const at = place.at("aggregate");
  if (table.columns.has(name) || table.relations.has(name))
    return context.report("aggregate/name-taken", at, [name], { at: "key" });
  const of = { table: relation.to, taken: new Set<string>(), populated: false };
  const measures = lowerMeasures(written, of, at, context);
  if (!measures || !where) return;
  const columns = measures.map(({ column }) => column);
  const results = resultTable(
    columns.map((column) => [column.name, column] as const),
    at,
  );
  return {
    name,
    relation,
    ...(where !== "absent" && { where }),
    measures,
    selection: { table: results, columns, with: [] },
    carried: measures.map((measure) => {
      const own = `${name}.${measure.column.name}`;
      const measured = { relation, ...(where !== "absent" && { where }), measure };
      return { ...measure.column, name: own, sqlName: `$${own}`, measured };
    }),
  };
}

/**
 * A table as conditions and orders see it in an operation that reckons over its relations.
 *
 * @param selection undefined: something in it is wrong, which was said
 * @param written the operation's `with`
 */
export function measuredTable(table: Table, selection: Selection | undefined, written: unknown): Table {
  const aggregates = new Map<string, Table | undefined>();
  if (selection) for (const of of selection.aggregates ?? []) aggregates.set(of.name, carriedTable(of));
  else if (isMap(written))
    for (const relation of Object.keys(written)) aggregates.set(aggregateName(relation), undefined);
  return aggregates.size === 0 ? table : { ...table, aggregates };
}

function carriedTable({ carried, measures, selection }: NestedAggregate): Table {
  return resultTable(
    measures.map(({ column }, index) => [column.name, carried[index]!] as const),
    selection.table.place,
  );
}
