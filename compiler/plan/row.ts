import type { Sql } from "../../runtime/server/plan.ts";
import type { NestedSelection, Selection } from "../ir/operation.ts";
import type { Column, ManyToManyRelation } from "../ir/table.ts";
import { conditionSql, whereSql } from "./condition.ts";
import { columnJson, jsonObject } from "./json.ts";
import { columnsOf, equal, isToOne, linkColumns, linkOf, tuple } from "./link.ts";
import { operandSql } from "./operand.ts";
import { orderSql } from "./order.ts";
import { innerScope, type Scope, tableSql } from "./scope.ts";
import { sequence } from "./sql.ts";

/** A row and the rows nested in it as JSON, in wire form. It has to stand in the select that returns or gathers it: SQLite forgets behind a FROM that a text is JSON. */
export function rowSql({ columns, with: nested }: Selection, scope: Scope): Sql {
  return jsonObject([
    ...columns.map((column) => [column.name, columnJson(column, scope)] as const),
    ...nested.map((selection) => [selection.name, nestedSql(selection, scope)] as const),
  ]);
}

/** The columns that a row's JSON is made from. */
export function neededColumns({ columns, with: nested }: Selection): readonly Column[] {
  return [...new Set([...columns, ...nested.flatMap(({ relation }) => linkColumns(relation))])];
}

function nestedSql(nested: NestedSelection, outer: Scope): Sql {
  const scope = innerScope(outer);
  const row = rowSql(nested.selection, scope);
  const { from, conditions } = relatedRows(nested, outer, scope);
  if (isToOne(nested.relation)) return sequence("(SELECT ", row, ` FROM ${from}`, whereSql(conditions), ")");
  const columns = columnsOf(neededColumns(nested.selection), scope).join(", ");
  const rows = sequence(
    `SELECT ${columns} FROM ${from}`,
    whereSql(conditions),
    orderSql(nested.orderBy, scope),
    windowSql(nested, scope),
  );
  return sequence("(SELECT json_group_array(", row, ") FROM (", rows, `) AS ${scope.row})`);
}

/** `LIMIT` and `OFFSET`. SQLite knows no offset without a limit. */
export function windowSql({ limit, offset }: Pick<NestedSelection, "limit" | "offset">, scope: Scope): Sql {
  if (!limit) return "";
  const from: readonly Sql[] = offset ? [" OFFSET ", operandSql(offset, scope)] : [];
  return sequence(" LIMIT ", operandSql(limit, scope), ...from);
}

function relatedRows({ relation, where }: NestedSelection, outer: Scope, scope: Scope) {
  const further = where ? [conditionSql(where, scope)] : [];
  if (relation.kind === "manyToMany" && mayRepeat(relation)) {
    return { from: tableSql(relation.to, scope), conditions: [linkedOnce(relation, outer, scope), ...further] };
  }
  const link = linkOf(relation, outer, scope);
  return { from: link.from, conditions: [equal(link.inner, link.outer), ...further] };
}

/** Whether a junction may link the same two rows twice. */
function mayRepeat({ junction, near, far }: ManyToManyRelation): boolean {
  const pair = [...near.columns, ...far.columns];
  return !junction.uniqueKeys.some((key) => key.every((column) => pair.includes(column)));
}

function linkedOnce({ junction, near, far }: ManyToManyRelation, outer: Scope, scope: Scope): string {
  const middle = innerScope(scope);
  const columns = columnsOf(far.columns, middle).join(", ");
  const here = equal(columnsOf(near.columns, middle), columnsOf(near.references, outer));
  return `${tuple(columnsOf(far.references, scope))} IN (SELECT ${columns} FROM ${tableSql(junction, middle)} WHERE ${here})`;
}
