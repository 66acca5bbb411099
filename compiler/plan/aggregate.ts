import type { RowsOperation, Sql } from "../../runtime/server/plan.ts";
import type { Body, NestedAggregate } from "../ir/operation.ts";
import type { Column } from "../ir/table.ts";
import { conditionSql } from "./condition.ts";
import { columnJson, jsonObject } from "./json.ts";
import { columnsOf } from "./link.ts";
import { measureColumns } from "./measure.ts";
import { orderSql } from "./order.ts";
import { relatedRows } from "./relatedRows.ts";
import { innerScope, readScope, relatedScope, type Scope, type Style, tableSql } from "./scope.ts";
import { join, sequence, whereSql } from "./sql.ts";
import { windowSql } from "./window.ts";

type Aggregate = Extract<Body, { kind: "aggregate" }>;

/** The results of an aggregate as JSON: one object, or one for each group. */
export function planAggregate(body: Aggregate, style: Style): Pick<RowsOperation, "result" | "sql"> {
  const rows = readScope(body.table, style);
  const results = resultScope(rows, body.selection.table);
  const head = sequence("SELECT ", resultJson(body.selection.columns, results), ' AS "row" FROM (');
  const found = resultsSql(body, rows);
  if (!body.groupBy) return { result: "row", sql: sequence(head, found, `) AS ${results.row}`) };
  const order = orderSql(body.orderBy, results);
  const having = whereSql(body.having ? [conditionSql(body.having, results)] : []);
  // JSON is made of the groups that come, not of all that are put in order
  const chosen = sequence("SELECT * FROM (", found, `) AS ${results.row}`, having, order, windowSql(body, results));
  return { result: "rows", sql: sequence(head, chosen, `) AS ${results.row}`, order) };
}

/**
 * The SELECT whose rows are the results of an aggregate: grouped columns under their own names in SQL, measures under theirs.
 *
 * @param rows the scope of the rows that are measured
 */
export function resultsSql({ table, where, groupBy = [], measures }: Aggregate, rows: Scope): Sql {
  const groups = columnsOf(groupBy, rows);
  return sequence(
    "SELECT ",
    join(", ", [...groups, measureColumns(measures, rows, conditionSql)]),
    " FROM ",
    tableSql(table, rows),
    whereSql(where ? [conditionSql(where, rows)] : []),
    groups.length > 0 ? ` GROUP BY ${groups.join(", ")}` : "",
  );
}

/**
 * What is reckoned over the rows of a relation, as JSON.
 *
 * @param carried measures that the row has as columns already, because it is ordered by them
 */
export function nestedAggregateSql(of: NestedAggregate, outer: Scope, carried: readonly Column[]): Sql {
  const { relation, measures } = of;
  const known = new Map(carried.map((column) => [column.measured?.measure, column]));
  const rest = measures.filter((measure) => !known.has(measure));
  const rows = relatedScope(outer, relation);
  const results = resultScope(rows, of.selection.table);
  const json = jsonObject(
    measures.map((measure) => {
      const column = known.get(measure);
      return [measure.column.name, column ? columnJson(column, outer) : columnJson(measure.column, results)] as const;
    }),
  );
  if (rest.length === 0) return json;
  const { from, conditions } = relatedRows(of, outer, rows, conditionSql);
  const found = sequence("SELECT ", measureColumns(rest, rows, conditionSql), " FROM ", from, whereSql(conditions));
  return sequence("(SELECT ", json, " FROM (", found, `) AS ${results.row})`);
}

const resultScope = (rows: Scope, results: Aggregate["table"]): Scope =>
  innerScope(rows, results, `${rows.path} (results)`);

function resultJson(columns: readonly Column[], scope: Scope): Sql {
  return jsonObject(columns.map((column) => [column.name, columnJson(column, scope)] as const));
}
