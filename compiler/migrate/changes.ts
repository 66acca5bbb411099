import type { ColumnSchema, DatabaseSchema, ForeignKeySchema, IndexSchema, TableSchema } from "./schema.ts";
import { addColumn, createIndex, createTable, dropIndex } from "./statements.ts";

/** What a change needs that cannot be done by adding: a table (and column) by SQL name, and what happened to it. */
export interface Obstacle {
  readonly table: string;
  readonly column?: string;
  readonly what: string;
}

export interface Changes {
  /** in the order they have to run */
  readonly statements: readonly string[];
  /** a few words for the migration's file name, in SQL names */
  readonly title: string;
  readonly obstacles: readonly Obstacle[];
}

/**
 * What leads from one database to the next as far as adding goes: new tables, new columns that rows which are there can do
 * without, and indexes, which may also go since they hold no data. Everything else is an obstacle.
 */
export function compareDatabases(before: DatabaseSchema, after: DatabaseSchema): Changes {
  const known = new Map(before.tables.map((table) => [table.name, table]));
  const steps = after.tables.map((table) => {
    const old = known.get(table.name);
    return old ? compareTables(old, table) : { added: createTable(table), title: table.name };
  });
  const kept = new Set(after.tables.map((table) => table.name));
  const dropped = before.tables.filter((table) => !kept.has(table.name));
  return {
    statements: [...steps.flatMap((step) => step.removed ?? []), ...steps.flatMap((step) => step.added)],
    title: steps.flatMap((step) => step.title ?? []).join("_"),
    obstacles: [
      ...steps.flatMap((step) => step.obstacles ?? []),
      ...dropped.map((table) => ({ table: table.name, what: "is gone" })),
    ],
  };
}

interface Step {
  readonly removed?: readonly string[];
  readonly added: readonly string[];
  readonly title?: string;
  readonly obstacles?: readonly Obstacle[];
}

function compareTables(before: TableSchema, after: TableSchema): Step {
  const columns = compareLists(before.columns, after.columns);
  const indexes = compareLists(before.indexes, after.indexes);
  const addedNames = new Set(columns.added.map((column) => column.name));
  const ownKey = (column: ColumnSchema): ForeignKeySchema | undefined =>
    after.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column.name);
  const title = [...columns.added, ...indexes.added].map((part) => part.name)[0];
  return {
    removed: [...indexes.removed, ...indexes.changed].map(dropIndex),
    added: [
      ...columns.added.flatMap((column) => addColumn(after, column, ownKey(column))),
      ...[...indexes.changed, ...indexes.added].map((index: IndexSchema) => createIndex(after, index)),
    ],
    ...(title !== undefined && { title: columns.added.length > 0 ? `${after.name}_${title}` : title }),
    obstacles: [
      ...columns.added.flatMap((column) => obstacleToAdding(after, column, ownKey(column))),
      ...columns.removed.map((column) => ({ table: after.name, column: column.name, what: "is gone" })),
      ...columns.changed.map((column) => ({ table: after.name, column: column.name, what: "has changed" })),
      ...tableObstacles(before, after, addedNames),
    ],
  };
}

function obstacleToAdding(table: TableSchema, column: ColumnSchema, key: ForeignKeySchema | undefined): Obstacle[] {
  const why = table.primaryKey.includes(column.name)
    ? "is new in the primary key"
    : column.default && !column.default.constant
      ? "is new with a default that is not a constant"
      : !column.nullable && !column.default
        ? "is new, and rows that are there have no value for it"
        : key && column.default
          ? "is new with a relation and a default"
          : undefined;
  return why === undefined ? [] : [{ table: table.name, column: column.name, what: why }];
}

/** What SQLite changes only by building the table anew. A foreign key of one added column comes with the column. */
function tableObstacles(before: TableSchema, after: TableSchema, added: ReadonlySet<string>): Obstacle[] {
  const later = after.foreignKeys.filter((key) => !(key.columns.length === 1 && added.has(key.columns[0]!)));
  const differences: [boolean, string][] = [
    [!same(before.primaryKey, after.primaryKey), "has another primary key"],
    [!same(sorted(before.foreignKeys), sorted(later)), "has other relations"],
    [!same(sorted(before.checks), sorted(after.checks)), "has other checks"],
  ];
  return differences.flatMap(([differs, what]) => (differs ? [{ table: after.name, what }] : []));
}

function compareLists<T extends { readonly name: string }>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((item) => [item.name, item]));
  const kept = new Map(after.map((item) => [item.name, item]));
  return {
    added: after.filter((item) => !old.has(item.name)),
    removed: before.filter((item) => !kept.has(item.name)),
    changed: after.filter((item) => old.has(item.name) && !same(old.get(item.name), item)),
  };
}

/** Equal as JSON: both sides were made by the same code, so keys stand in the same order. */
function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}
