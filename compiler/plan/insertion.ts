import type { Sql } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Column, Table } from "../ir/table.ts";
import { assignedSql, assignmentNames } from "./assignment.ts";
import { constantSql } from "./constant.ts";
import { freshId } from "./freshId.ts";
import { quoteText } from "./quote.ts";
import type { Scope } from "./scope.ts";
import { whenSent } from "./sql.ts";

/** A column of an INSERT. It is listed only when the arguments `names` were sent. */
export interface Inserted {
  readonly column: Column;
  readonly names: readonly string[];
  readonly value: Sql;
}

export type Given = ReadonlyMap<Column, Sql>;

/**
 * What an INSERT says of each column: what is written to it, else the default that the Worker makes. Columns whose default is
 * the table's are left out. A key that counts is always listed, with null, so that the list is never empty.
 *
 * @param given what rows written before give the columns that lead to them
 */
export function insertedColumns(
  table: Table,
  assignments: readonly Assignment[],
  scope: Scope,
  given: Given = new Map(),
): readonly Inserted[] {
  return [...table.columns.values()].flatMap((column) => {
    const known = given.get(column);
    if (known !== undefined) return [{ column, names: [], value: known }];
    const assignment = assignments.find((candidate) => candidate.column === column);
    const made = madeDefault(column, table, scope);
    if (!assignment) return made === undefined ? [] : [{ column, names: [], value: made }];
    const value = assignedSql(assignment, scope);
    const names = assignmentNames(assignment);
    if (made === undefined) return [{ column, names, value }];
    return [{ column, names: [], value: whenSent(names, value, made) }];
  });
}

/** What a column of the new row holds, its default too; null where SQLite counts. */
export function insertedValue(table: Table, assignments: readonly Assignment[], scope: Scope): (column: Column) => Sql {
  const inserted = insertedColumns(table, assignments, scope);
  return (column) => {
    const listed = inserted.find((candidate) => candidate.column === column);
    const left: Sql =
      column.default?.kind === "constant" ? constantSql(column.default.value, column.type, scope) : "NULL";
    return listed ? whenSent(listed.names, listed.value, left) : left;
  };
}

/** The key that the database counted last for a table. */
export function lastCounted({ sqlName }: Table): string {
  return `(SELECT "seq" FROM "sqlite_sequence" WHERE "name" = ${quoteText(sqlName)})`;
}

/** The request's time in the form that the column takes. */
export function nowSql(column: Column): Sql {
  return { now: column.type.kind === "date" ? "date" : "timestamp" };
}

function madeDefault(column: Column, table: Table, { batch }: Scope): Sql | undefined {
  switch (column.default?.kind) {
    case "now":
      return nowSql(column);
    case "uuid":
    case "nanoid": {
      const { kind } = column.default;
      return batch?.item ? freshId(kind) : { generate: kind, key: `${batch?.ids ?? ""}${table.name}.${column.name}` };
    }
    case "count":
      return "NULL";
    default:
      return undefined;
  }
}
