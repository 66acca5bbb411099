import type { Sql } from "../../runtime/server/plan.ts";
import type { NestedSelection, Selection } from "../ir/operation.ts";
import { isToMany } from "../ir/relationKinds.ts";
import type { Column } from "../ir/table.ts";
import { nestedAggregateSql } from "./aggregate.ts";
import { conditionSql } from "./condition.ts";
import { carriedFlag, withoutUnknown } from "./guarded.ts";
import { columnJson, jsonObject } from "./json.ts";
import { linkColumns } from "./link.ts";
import { carriedSql, measuredSql } from "./measure.ts";
import { orderedColumns, orderSql } from "./order.ts";
import { quoteName } from "./quote.ts";
import { relatedRows } from "./relatedRows.ts";
import { columnSql, isJoined, relatedScope, type Scope } from "./scope.ts";
import { orderedScope, rankedFrom } from "./search.ts";
import { join, sequence, whereSql } from "./sql.ts";
import { windowSql } from "./window.ts";

/** How a row is made: its JSON, with the rows nested in it, and what a sub-select has to give where it comes out of one. */
export interface Row {
  readonly json: Sql;
  /** made when there is a sub-select: most rows come out of none */
  readonly columns: () => Sql;
  /** nested rows are among `columns`, so that there has to be a sub-select */
  readonly apart: boolean;
}

/**
 * Nested rows stand in the JSON itself, since SQLite forgets behind a FROM that a text is JSON, and has to read it again. But it
 * adds up the heights of expressions within expressions, and those behind a FROM count but once: so deep nests stand there.
 *
 * @param further columns that the statement needs besides; counts among them are reckoned in the sub-select
 * @param deep whether the row is part of a deep nest
 */
export function rowOf(
  selection: Selection,
  scope: Scope,
  further: readonly Column[] = [],
  deep: boolean = levels(selection) > MOST_LEVELS,
): Row {
  const { with: related, aggregates = [] } = selection;
  const apart = deep && related.length > 0;
  // of columns of its own list a SELECT knows nothing
  const carried = further.filter((column) => column.measured && (!apart || isJoined(column, scope)));
  const nested = [
    ...related.map((each) => ({ name: each.name, sql: nestedSql(each, scope, deep) })),
    ...aggregates.map((each) => ({ name: each.name, sql: nestedAggregateSql(each, scope, carried) })),
  ].map((each) => ({ ...each, alias: quoteName(`$${each.name}`) }));
  const isCounted = (column: Column): boolean => column.measured !== undefined && !further.includes(column);
  const counted = selection.columns.filter(isCounted).map(({ measured }) => measured!);
  const linked = [...(apart ? [] : [...related, ...aggregates]), ...counted].flatMap(({ relation }) =>
    linkColumns(relation),
  );
  const object = jsonObject([
    ...selection.columns.map((column) => {
      const value = isCounted(column) ? measuredSql(column.measured!, scope, conditionSql) : columnJson(column, scope);
      return [column.name, value] as const;
    }),
    ...nested.map(({ name, alias, sql }) => [name, apart ? `json(${scope.row}.${alias})` : sql] as const),
  ]);
  const json = withoutUnknown(object, selection.columns, scope, conditionSql);
  const columns = (): Sql => {
    const own = selection.columns.filter((column) => !isCounted(column));
    const below = [...new Set([...own, ...linked, ...further])].map((column) =>
      column.measured
        ? sequence(carriedSql(column, scope, conditionSql), ` AS ${quoteName(column.sqlName)}`)
        : columnSql(column, scope),
    );
    const flags = selection.columns.flatMap((column) => carriedFlag(column, scope));
    const above = apart ? nested.map(({ alias, sql }) => sequence(sql, ` AS ${alias}`)) : [];
    const listed = [...below, ...flags, ...above];
    return listed.length === 0 ? "NULL" : join(", ", listed);
  };
  return { json, columns, apart };
}

/** How deep rows nest inside one expression. D1 takes a height of 100 in all. */
const MOST_LEVELS = 3;

function levels({ with: nested }: Selection): number {
  return Math.max(0, ...nested.map(({ selection }) => 1 + levels(selection)));
}

function nestedSql(nested: NestedSelection, outer: Scope, deep: boolean): Sql {
  const isOne = !isToMany(nested.relation);
  const scope = orderedScope({ ...relatedScope(outer, nested.relation), few: isOne }, nested.orderBy);
  const measured = orderedColumns(nested.orderBy).filter((column) => column.measured);
  const row = rowOf(nested.selection, scope, measured, deep);
  const { from, conditions } = relatedRows(nested, outer, scope, conditionSql);
  const found = sequence(
    " FROM ",
    rankedFrom(from, scope),
    whereSql(conditions),
    orderSql(nested.orderBy, scope),
    windowSql(nested, scope),
  );
  if (isOne && !row.apart) return sequence("(SELECT ", row.json, found, ")");
  const rows = sequence(" FROM (SELECT ", row.columns(), found, `) AS ${scope.row}`);
  return isOne
    ? sequence("(SELECT ", row.json, rows, ")")
    : sequence("(SELECT json_group_array(", row.json, ")", rows, ")");
}
