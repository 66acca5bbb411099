import type { App } from "../ir/app.ts";
import type { Column, Default, Index, IndexPart, OneRelation, Relation, Table } from "../ir/table.ts";
import type { Type, TypeKind } from "../ir/type.ts";
import { columnChecks } from "../plan/checks.ts";
import { indexCondition } from "../plan/condition.ts";
import { constantLiteral } from "../plan/constant.ts";
import { quoteName } from "../plan/quote.ts";
import type { ColumnSchema, DatabaseSchema, ForeignKeySchema, IndexSchema, TableSchema } from "./schema.ts";

/** The database that an App needs, tables in the App's order. */
export function databaseOf(app: App): DatabaseSchema {
  return { tables: [...app.tables.values()].map(tableSchema) };
}

function tableSchema(table: Table): TableSchema {
  const checks = columnChecks(table);
  return {
    name: table.sqlName,
    columns: [...table.columns.values()].map((column) => ({
      ...columnSchema(table, column),
      checks: checks.filter((check) => check.column === column).map(({ sqlName, sql }) => ({ name: sqlName, sql })),
    })),
    primaryKey: names(table.primaryKey),
    foreignKeys: [...table.relations.values()].filter(isOne).map(foreignKeySchema),
    checks: table.checks.map(({ sqlName, sql }) => ({ name: sqlName, sql })),
    indexes: table.indexes.map(indexSchema),
  };
}

const storage: { readonly [kind in TypeKind]: ColumnSchema["type"] } = {
  string: "TEXT",
  integer: "INTEGER",
  number: "REAL",
  bigint: "INTEGER",
  decimal: "INTEGER",
  boolean: "INTEGER",
  uuid: "TEXT",
  timestamp: "INTEGER",
  date: "TEXT",
  json: "TEXT",
  bytes: "BLOB",
  enum: "TEXT",
  array: "TEXT",
  object: "TEXT",
};

function columnSchema(table: Table, column: Column): Omit<ColumnSchema, "checks"> {
  const value = column.default && defaultSchema(column.default, column.type);
  return {
    name: column.sqlName,
    type: storage[column.type.kind],
    nullable: column.nullable,
    ...(value && { default: value }),
    ...(column.default?.kind === "count" && { counts: true }),
    ...(column.unique && !isUniqueOtherwise(table, column) && { unique: true }),
  };
}

/** Ids are made by the Worker and have no default in SQL; a time has one too, for rows that something else writes. */
function defaultSchema(value: Default, type: Type): ColumnSchema["default"] {
  if (value.kind === "constant") return { sql: constantLiteral(value.value, type), constant: true };
  if (value.kind !== "now") return undefined;
  const sql = type.kind === "date" ? "(date('now'))" : "(CAST(unixepoch('subsec') * 1000 AS INTEGER))";
  return { sql, constant: false };
}

/** By being the key, or by an index of its own. */
function isUniqueOtherwise(table: Table, column: Column): boolean {
  const isAlone = (columns: readonly unknown[]): boolean => columns.length === 1 && columns[0] === column;
  const hasIndex = table.indexes.some(
    ({ unique, where, parts }) => unique && !where && isAlone(parts.map(({ on }) => on)),
  );
  return isAlone(table.primaryKey) || hasIndex;
}

function isOne(relation: Relation): relation is OneRelation {
  return relation.kind === "one";
}

function foreignKeySchema({ columns, to, references, onDelete, onUpdate }: OneRelation): ForeignKeySchema {
  return { columns: names(columns), table: to.sqlName, references: names(references), onDelete, onUpdate };
}

function indexSchema({ sqlName, unique, parts, where }: Index): IndexSchema {
  return { name: sqlName, unique, parts: parts.map(indexPart), ...(where && { where: indexCondition(where) }) };
}

/** An expression stands in parentheses, so that no text of it can be taken for a direction or another part. */
function indexPart({ on, descending }: IndexPart): string {
  const what = "sql" in on ? `(${on.sql})` : quoteName(on.sqlName);
  return descending ? `${what} DESC` : what;
}

function names(columns: readonly Column[]): string[] {
  return columns.map((column) => column.sqlName);
}
