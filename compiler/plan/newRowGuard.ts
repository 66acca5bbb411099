import type { BatchInsert, Sql } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import { writtenBy } from "./assignment.ts";
import type { Words } from "./expectation.ts";
import { futureRow } from "./futureRow.ts";
import { guardOf, guardOfList, NUMBER } from "./guard.ts";
import { type Given, insertedValue } from "./insertion.ts";
import { keyRefusals } from "./keyRefusals.ts";
import { columnRefusals, type Refusal, ruleRefusals, tenantRefusals } from "./refusals.ts";
import { columnSql, type Scope } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/** A new row, and what rows that were written before it give the columns that lead to them. */
export interface NewRow {
  readonly table: Table;
  readonly assignments: readonly Assignment[];
  readonly given?: Given;
  /** the keys that lead to those rows */
  readonly through?: readonly OneRelation[];
}

/**
 * The guard before an INSERT; undefined where nothing can refuse.
 *
 * @param scope what the values are written in
 * @param source ` FROM …` behind the values, where there is a row for each of several
 */
export function newRowGuard(row: NewRow, scope: Scope, words: Words, source?: Sql): Sql | undefined {
  const future = futureRow(row.table, newValue(row, scope), scope, source);
  const refusals = newRowRefusals(row, future.scope);
  return guardOf(refusals, words, future.from(refusals.map(({ when }) => when)), []);
}

/**
 * The same for a row of a list, as an INSERT in parts: such rows are judged together, as far as they go into one statement.
 *
 * @param number the row's number in the list
 */
export function listedRowGuard(
  row: NewRow,
  scope: Scope,
  words: Words,
  number: Sql,
): Pick<BatchInsert, "into" | "values" | "returning"> | undefined {
  const future = futureRow(row.table, newValue(row, scope), scope);
  const refusals = newRowRefusals(row, future.scope);
  if (refusals.length === 0) return undefined;
  const { values, computed } = future.parts(refusals.map(({ when }) => when));
  const alias = future.scope.row;
  const names = [NUMBER, ...values.map(({ name }) => name)].join(", ");
  const from = computed === "" ? '"_af_rows"' : `(SELECT *${computed} FROM "_af_rows")`;
  return {
    into: `INSERT INTO "_af_guard" ("code") WITH "_af_rows" (${names}) AS (`,
    values: sequence("(", join(", ", [number, ...values.map(({ sql }) => sql)]), ")"),
    returning: sequence(") ", guardOfList(refusals, words, `${from} AS ${alias}`)),
  };
}

/** What a column of the new row will hold; null where SQLite counts. */
export function newValue({ table, assignments, given }: NewRow, scope: Scope): (column: Column) => Sql {
  const value = insertedValue(table, assignments, scope);
  return (column) => given?.get(column) ?? value(column);
}

/**
 * A column that leads to a row which was written before it is written, too; but what it leads to is there.
 *
 * @param scope the new row
 */
export function newRowRefusals({ table, assignments, given, through }: NewRow, scope: Scope): readonly Refusal[] {
  const led = Array.from(given?.keys() ?? [], ({ name }) => ({ name, sent: [] }));
  const written = [...writtenBy(assignments), ...led];
  return [
    ...tenantRefusals(table, scope, through),
    ...ruleRefusals(table, "create", scope),
    ...columnRefusals(table, written, scope),
    ...keyRefusals(table, written, { next: (column) => columnSql(column, scope) }, scope, through),
  ];
}
