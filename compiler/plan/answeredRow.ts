import type { BatchStatement } from "../../runtime/server/plan.ts";
import type { Selection } from "../ir/operation.ts";
import { writtenJson } from "./returning.ts";
import { bareTable, columnSql, readScope, type Scope, unnamed } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import type { Surroundings, WrittenRow } from "./surroundings.ts";

/** Whether what is returned of a row counts rows that are written beside it: then it is read when they are. */
export function countsOthers(returns: Selection | undefined): returns is Selection {
  return returns?.columns.some(({ measured }) => measured) ?? false;
}

/** Reads what is returned of a row, by its key. */
export function answeredRow(returns: Selection, row: WrittenRow, { style, step }: Surroundings): BatchStatement {
  const { table } = returns;
  const scope: Scope = { ...readScope(table, unnamed(style)), bare: true };
  const key = table.primaryKey.map((column) => sequence(`${columnSql(column, scope)} = `, row.valueOf(column)));
  const from = ` AS "row" FROM ${bareTable(table, scope)} WHERE `;
  const head = sequence("SELECT ", writtenJson(returns, scope), from);
  return { step, sql: sequence(head, join(" AND ", key)), answers: true };
}
