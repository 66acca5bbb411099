import type { PageOperation, RowsOperation, Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Body, OrderTerm, Selection } from "../ir/operation.ts";
import { conditionSql, whereSql } from "./condition.ts";
import { behindCursor, cursorSql } from "./keyset.ts";
import { columnsOf } from "./link.ts";
import { orderSql } from "./order.ts";
import { neededColumns, rowSql, windowSql } from "./row.ts";
import { type Constants, readScope, type Scope, tableSql } from "./scope.ts";
import { hexOf } from "./shape.ts";
import { sequence } from "./sql.ts";

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;

export function planGet({ selection, where }: BodyOf<"get">, constants: Constants): PlanOf<RowsOperation> {
  const scope = readScope(constants);
  const head = sequence("SELECT ", rowSql(selection, scope), ` AS "row" FROM ${tableSql(selection.table, scope)}`);
  const sql = sequence(head, whereSql(conditions(where, scope)), " LIMIT 1");
  return { result: "row", sql, ...hexOf(selection) };
}

export function planList(body: BodyOf<"list">, constants: Constants): PlanOf<RowsOperation> {
  const scope = readScope(constants);
  const { selection, orderBy, distinct } = body;
  const sql = selectRows({
    ...{ selection, scope, orderBy, distinct },
    row: sequence(rowSql(selection, scope), ' AS "row"'),
    conditions: conditions(body.where, scope),
    window: windowSql(body, scope),
  });
  return { result: "rows", sql, ...hexOf(selection) };
}

export function planPage(body: BodyOf<"page">, constants: Constants): PlanOf<PageOperation> {
  const scope = readScope(constants);
  const { selection, orderBy, size } = body;
  const behind: Sql = { when: "cursor", then: behindCursor(orderBy, scope) };
  const sql = selectRows({
    ...{ selection, scope, orderBy, distinct: false },
    row: sequence(rowSql(selection, scope), ` AS "row", ${cursorSql(orderBy, scope)} AS "cursor"`),
    conditions: [...conditions(body.where, scope), behind],
    window: sequence(" LIMIT ", { size: "page" }),
  });
  return { result: "page", sql, size, ...hexOf(selection) };
}

/** A plan without what every operation has. */
export type PlanOf<P> = Omit<P, "kind" | "name" | "auth" | "args">;

interface Rows {
  readonly selection: Selection;
  readonly scope: Scope;
  readonly orderBy: readonly OrderTerm[];
  readonly distinct: boolean;
  /** what is selected for each row */
  readonly row: Sql;
  readonly conditions: readonly Sql[];
  readonly window: Sql;
}

/**
 * Rows in an order. Where rows are nested the outer ones are found first, in a sub-select: SQLite would otherwise gather the
 * nested rows of every row that it sorts, and throw most of them away. Distinct rows have to be told apart before they are JSON.
 */
function selectRows({ selection, scope, orderBy, distinct, row, conditions, window }: Rows): Sql {
  const from = tableSql(selection.table, scope);
  const order = orderSql(orderBy, scope);
  const found = sequence(` FROM ${from}`, whereSql(conditions), order, window);
  if (selection.with.length === 0 && !distinct) return sequence("SELECT ", row, found);
  const columns = new Set([...neededColumns(selection), ...orderBy.map((term) => term.column)]);
  const list = columnsOf([...columns], scope).join(", ");
  const inner = sequence(`SELECT ${distinct ? "DISTINCT " : ""}${list}`, found);
  return sequence("SELECT ", row, " FROM (", inner, `) AS ${scope.row}${order}`);
}

function conditions(where: Condition | undefined, scope: Scope): readonly Sql[] {
  return where ? [conditionSql(where, scope)] : [];
}
