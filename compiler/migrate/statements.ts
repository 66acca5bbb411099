import { quoteName } from "../plan/quote.ts";
import { createInternal, internalTablesOf } from "./internal.ts";
import type {
  CheckSchema,
  ColumnSchema,
  DatabaseSchema,
  ForeignKeySchema,
  IndexSchema,
  TableSchema,
} from "./schema.ts";
import { createSearch } from "./search.ts";

/** The whole database, as statements in the order they have to run, none with a semicolon at its end. */
export function createDatabase(schema: DatabaseSchema): string[] {
  return [...schema.tables.flatMap(createTable), ...createInternal(internalTablesOf(schema))];
}

/** A table and its indexes, the full-text one too. Tables may refer to tables that are created later: SQLite looks only when rows are written. */
export function createTable(table: TableSchema): string[] {
  const key = table.primaryKey.length === 1 ? table.primaryKey[0] : undefined;
  const parts = [
    ...table.columns.map((column) => columnDefinition(column, column.name === key)),
    ...(key === undefined ? [`PRIMARY KEY (${names(table.primaryKey)})`] : []),
    ...table.foreignKeys.map((key) => `FOREIGN KEY (${names(key.columns)}) ${references(key)}`),
    ...[...table.columns.flatMap((column) => column.checks), ...table.checks].map(check),
  ];
  const body = parts.map((part) => `  ${part}`).join(",\n");
  return [
    `CREATE TABLE ${quoteName(table.name)} (\n${body}\n)`,
    ...table.indexes.map((index) => createIndex(table, index)),
    ...createSearch(table),
  ];
}

export function createIndex(table: TableSchema, index: IndexSchema): string {
  const kind = index.unique ? "UNIQUE INDEX" : "INDEX";
  const where = index.where === undefined ? "" : ` WHERE ${index.where}`;
  return `CREATE ${kind} ${quoteName(index.name)} ON ${quoteName(table.name)} (${index.parts.join(", ")})${where}`;
}

export function dropIndex(index: IndexSchema): string {
  return `DROP INDEX ${quoteName(index.name)}`;
}

/** A column for a table that is there, with its foreign key if it has one of its own. */
export function addColumn({ name, foreignKeys }: TableSchema, column: ColumnSchema): string {
  const key = foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column.name);
  const definition = [columnDefinition(column, false), ...(key ? [references(key)] : []), ...column.checks.map(check)];
  return `ALTER TABLE ${quoteName(name)} ADD COLUMN ${definition.join(" ")}`;
}

export function dropColumn({ name }: TableSchema, column: ColumnSchema): string {
  return `ALTER TABLE ${quoteName(name)} DROP COLUMN ${quoteName(column.name)}`;
}

export function dropTable(name: string): string {
  return `DROP TABLE ${quoteName(name)}`;
}

/** A counting key is AUTOINCREMENT: the id of a deleted row is never given to another. */
function columnDefinition(column: ColumnSchema, isKey: boolean): string {
  const parts: string[] = [quoteName(column.name), column.type];
  if (column.computed !== undefined) parts.push(`GENERATED ALWAYS AS (${column.computed}) VIRTUAL`);
  if (!column.nullable) parts.push("NOT NULL");
  if (isKey) parts.push(column.counts ? "PRIMARY KEY AUTOINCREMENT" : "PRIMARY KEY");
  if (column.default) parts.push(`DEFAULT ${column.default.sql}`);
  return parts.join(" ");
}

/**
 * `restrict` is SQLite's default, NO ACTION: it refuses as well, but looks when the statement is done and not row by row, so
 * that one DELETE may remove rows that refer to one another.
 */
function references(key: ForeignKeySchema): string {
  const actions = [
    key.onDelete === "restrict" ? "" : ` ON DELETE ${key.onDelete.toUpperCase()}`,
    key.onUpdate === "restrict" ? "" : ` ON UPDATE ${key.onUpdate.toUpperCase()}`,
  ];
  return `REFERENCES ${quoteName(key.table)} (${names(key.references)})${actions.join("")}`;
}

function check({ name, sql }: CheckSchema): string {
  return `CONSTRAINT ${quoteName(name)} CHECK (${sql})`;
}

/** Statements with a comment before the first of them; none without statements. */
export function said(comment: string, [first, ...others]: readonly string[]): string[] {
  return first === undefined ? [] : [`-- ${comment}\n${first}`, ...others];
}

/** Names as a list of SQL. */
export function names(columns: readonly string[]): string {
  return columns.map(quoteName).join(", ");
}
