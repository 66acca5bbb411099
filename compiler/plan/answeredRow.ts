import type { BatchStatement } from "../../runtime/server/plan.ts";
import type { Selection } from "../ir/operation.ts";
import { rowOf } from "./row.ts";
import { columnSql, readScope, tableSql, unnamed } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import type { Surroundings, WrittenRow } from "./surroundings.ts";

/** Whether what is returned of a row counts rows that are written beside it: then it is read when they are. */
export function countsOthers(returns: Selection | undefined): returns is Selection {
  return returns?.columns.some(({ measured }) => measured) ?? false;
}

/** Reads what is returned of a row, by its key. */
export function answeredRow(returns: Selection, row: WrittenRow, { style, step }: Surroundings): BatchStatement {
  const { table } = returns;
  const scope = readScope(table, unnamed(style));
  const key = table.primaryKey.map((column) => sequence(`${columnSql(column, scope)} = `, row.valueOf(column)));
  const head = sequence("SELECT ", rowOf(returns, scope).json, ' AS "row" FROM ', tableSql(table, scope), " WHERE ");
  return { step, sql: sequence(head, join(" AND ", key)), answers: true };
}
