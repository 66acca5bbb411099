import type { PageOperation, RowsOperation, Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Body, ColumnTerm, OrderTerm, Selection } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { conditionSql } from "./condition.ts";
import { behindCursor, cursorShapes, cursorSql, orderText, reversed } from "./keyset.ts";
import { joinedMeasures } from "./measure.ts";
import { orderedColumns, orderSql, rankColumn, rankColumns } from "./order.ts";
import { rowOf } from "./row.ts";
import { innerScope, isJoined, readScope, type Scope, type Style, tableSql, unnamed } from "./scope.ts";
import { orderedScope, rankedFrom, rowidName } from "./search.ts";
import { hexOf } from "./shape.ts";
import { sequence, whereSql } from "./sql.ts";
import { windowSql } from "./window.ts";

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;

export function planGet({ selection, where }: BodyOf<"get">, style: Style): PlanOf<RowsOperation> {
  const scope: Scope = { ...readScope(selection.table, style), few: true };
  const sql = selectRows({ selection, scope, conditions: conditions(where, scope), orderBy: [], window: " LIMIT 1" });
  return { result: "row", sql, ...hexOf(selection) };
}

export function planList(body: BodyOf<"list">, style: Style): PlanOf<RowsOperation> {
  const { selection, orderBy, distinct } = body;
  const { scope, joins } = joinedMeasures(
    selection,
    orderedScope(readScope(selection.table, style), orderBy),
    conditionSql,
  );
  const rows = { selection, scope, joins, conditions: conditions(body.where, scope), orderBy, distinct };
  const sql = selectRows({ ...rows, window: windowSql(body, scope) });
  return { result: "rows", sql, ...hexOf(selection) };
}

export function planPage(body: BodyOf<"page">, style: Style): PlanOf<PageOperation> {
  const { selection, orderBy, size, bothWays } = body;
  const shapes = cursorShapes(orderBy, selection);
  const rowsBehind = (terms: readonly ColumnTerm[], styled: Style): Sql => {
    const { scope, joins } = joinedMeasures(selection, readScope(selection.table, styled), conditionSql);
    const behind: Sql = { when: "cursor", then: behindCursor(terms, scope) };
    const rows = { selection, scope, joins, conditions: [...conditions(body.where, scope), behind], orderBy: terms };
    const cursor = shapes ? "" : `, ${cursorSql(terms, scope)} AS "cursor"`;
    const found = selectRows({ ...rows, cursor, window: sequence(" LIMIT ", { size: "page" }) });
    return body.total ? withTotal(found, body, scope, shapes === undefined) : found;
  };
  return {
    result: "page",
    sql: rowsBehind(orderBy, style),
    ...(bothWays && { backward: rowsBehind(reversed(orderBy), unnamed(style)) }),
    order: orderBy.map(orderText),
    ...(shapes && { cursor: shapes }),
    size,
    ...(body.total && { total: true as const }),
    ...hexOf(selection),
  };
}

/** A page's rows behind a row that is a number: how many rows there are, whatever the cursor. */
function withTotal(found: Sql, { selection: { table }, where }: BodyOf<"page">, scope: Scope, cursor: boolean): Sql {
  const counted = innerScope(scope, table);
  const head = `SELECT count(*) AS "row"${cursor ? ', NULL AS "cursor"' : ""} FROM `;
  return sequence(
    head,
    tableSql(table, counted),
    whereSql(conditions(where, counted)),
    " UNION ALL SELECT * FROM (",
    found,
    ")",
  );
}

/** A plan without what every operation has. */
export type PlanOf<P> = Omit<P, "kind" | "name" | "auth" | "args">;

interface Rows {
  readonly selection: Selection;
  readonly scope: Scope;
  readonly conditions: readonly Sql[];
  readonly orderBy: readonly OrderTerm[];
  /** what is joined to the table */
  readonly joins?: Sql;
  readonly distinct?: boolean;
  /** what is selected beside the row */
  readonly cursor?: string;
  readonly window: Sql;
}

/**
 * Rows in an order. Where SQLite may have to sort, they are found first, in a sub-select: it would otherwise write the JSON of every row
 * that it meets on its way, nested rows too, and throw most of it away. Distinct rows have to be told apart before they are JSON.
 */
function selectRows({ selection, scope, joins = "", conditions, orderBy, distinct, cursor = "", window }: Rows): Sql {
  const counts = distinct ? selection.columns.filter(({ measured }) => measured) : [];
  const joined = (selection.aggregates ?? []).flatMap(({ carried }) => carried.filter((each) => isJoined(each, scope)));
  const ordered = orderedColumns(orderBy);
  const row = rowOf(selection, scope, [...ordered, ...counts, ...joined]);
  const order = orderSql(orderBy, scope);
  const head = sequence("SELECT ", row.json, ` AS "row"${cursor}`);
  const from = rankedFrom(tableSql(selection.table, scope), scope);
  const found = sequence(" FROM ", from, joins, whereSql(conditions), order, window);
  const nests = selection.with.length > 0 || selection.aggregates;
  const counted = ordered.some(({ measured }) => measured);
  const sorts = orderBy.length > 0 && (nests || counted || !isRowId(orderBy[0]!, selection.table));
  if (!sorts && !row.apart && !distinct) return sequence(head, found);
  const inner = sequence(distinct ? "SELECT DISTINCT " : "SELECT ", row.columns(), rankColumns(orderBy, scope), found);
  const again = orderSql(orderBy, scope, (term) => `${scope.row}.${rankColumn(term)}`);
  return sequence(head, " FROM (", inner, `) AS ${scope.row}`, again);
}

/** Rows lie in this order already, in the table and under each value of an index. */
function isRowId(term: OrderTerm, table: Table): boolean {
  return "column" in term && term.column.sqlName === rowidName(table);
}

function conditions(where: Condition | undefined, scope: Scope): readonly Sql[] {
  return where ? [conditionSql(where, scope)] : [];
}
