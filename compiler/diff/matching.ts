import type { App } from "../ir/app.ts";
import type { Column, Table } from "../ir/table.ts";
import { type Pairs, pair } from "./pairs.ts";

/** Which table and column of the old App lives on as which of the new one. */
export interface Matching {
  readonly tables: Pairs<Table>;
  /** by the old table */
  readonly columns: ReadonlyMap<Table, Pairs<Column>>;
  /** whether the new thing is what became of the old one */
  isSame(before: Table | Column, after: Table | Column): boolean;
  /** a column's name in the new App, as far as it is there; columns of the new App have theirs */
  nameOf(column: Column): string;
}

/** Tables and columns are what they were by name, else by `renamedFrom`, else by their name in SQL: there the data lies. */
export function match(before: App, after: App): Matching {
  const tables = pair(before.tables, after.tables, isRenamed);
  const columns = new Map(tables.kept.map(([old, now]) => [old, pair(old.columns, now.columns, isRenamed)] as const));
  const successors = new Map<Table | Column, Table | Column>([
    ...tables.kept,
    ...[...columns.values()].flatMap(({ kept }) => kept),
  ]);
  return {
    tables,
    columns,
    isSame: (old, now) => successors.get(old) === now,
    nameOf: (column) => successors.get(column)?.name ?? column.name,
  };
}

function isRenamed(old: Table | Column, now: Table | Column): boolean {
  return now.renamedFrom?.includes(old.name) || old.sqlName === now.sqlName;
}
