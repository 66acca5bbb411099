import type { Sql } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Column, Table } from "../ir/table.ts";
import { writtenBy } from "./assignment.ts";
import type { Words } from "./expectation.ts";
import { futureRow } from "./futureRow.ts";
import { guardOf } from "./guard.ts";
import { type Given, insertedValue } from "./insertion.ts";
import { columnRefusals, keyRefusals, type Refusal, ruleRefusals } from "./refusals.ts";
import { columnSql, type Scope } from "./scope.ts";

/** A new row, and what rows that were written before it give the columns that lead to them. */
export interface NewRow {
  readonly table: Table;
  readonly assignments: readonly Assignment[];
  readonly given?: Given;
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

/** What a column of the new row will hold; null where SQLite counts. */
export function newValue({ table, assignments, given }: NewRow, scope: Scope): (column: Column) => Sql {
  const value = insertedValue(table, assignments, scope);
  return (column) => given?.get(column) ?? value(column);
}

/** @param scope the new row */
export function newRowRefusals({ table, assignments }: NewRow, scope: Scope): readonly Refusal[] {
  const written = writtenBy(assignments);
  return [
    ...ruleRefusals(table, "create", scope),
    ...columnRefusals(table, written, scope),
    ...keyRefusals(table, written, { next: (column) => columnSql(column, scope) }, scope),
  ];
}
