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

/** Tables and columns are what they were by name, else by `renamedFrom`, else by their name in SQL: as migrations see it. */
export function match(before: App, after: App): Matching {
  const tables = pair(before.tables, after.tables, byFormerName, bySqlName);
  const columns = new Map(
    tables.kept.map(([old, now]) => [old, pair(old.columns, now.columns, byFormerName, bySqlName)] as const),
  );
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

/** Former names stand with the likelier first. */
function byFormerName<T extends Table | Column>({ renamedFrom = [] }: T, left: readonly T[]): T | undefined {
  return renamedFrom.map((name) => left.find((old) => old.name === name)).find((old) => old !== undefined);
}

/** SQL does not tell names apart by case. */
function bySqlName<T extends Table | Column>({ sqlName }: T, left: readonly T[]): T | undefined {
  return left.find((old) => old.sqlName.toLowerCase() === sqlName.toLowerCase());
}
