import type { App } from "../ir/app.ts";
import { foreignKeysOf } from "../ir/relationKinds.ts";
import { isStored } from "../ir/sqlExpressions.ts";
import type { Backfill, Column, Default, Index, IndexPart, OneRelation, Table } from "../ir/table.ts";
import type { Type, TypeKind } from "../ir/type.ts";
import { columnChecks } from "../plan/checks.ts";
import { indexCondition } from "../plan/condition.ts";
import { constantLiteral } from "../plan/constant.ts";
import { reckonedText } from "../plan/expression.ts";
import { quoteName } from "../plan/quote.ts";
import { rowidName } from "../plan/search.ts";
import { internalTables } from "./internal.ts";
import type {
  BackfillSchema,
  ColumnSchema,
  DatabaseSchema,
  ForeignKeySchema,
  IndexSchema,
  TableSchema,
} from "./schema.ts";

/** The database that an App needs, tables in the App's order. */
export function databaseOf(app: App): DatabaseSchema {
  return { internal: internalTables, tables: [...app.tables.values()].map(tableSchema) };
}

function tableSchema(table: Table): TableSchema {
  const checks = columnChecks(table);
  return {
    name: table.sqlName,
    label: table.name,
    columns: [...table.columns.values()].filter(isStored).map((column) => ({
      ...columnSchema(column),
      checks: checks.filter((check) => check.column === column).map(({ sqlName, sql }) => ({ name: sqlName, sql })),
    })),
    primaryKey: names(table.primaryKey),
    foreignKeys: foreignKeysOf(table).map(foreignKeySchema),
    checks: table.checks.map(({ sqlName, sql }) => ({ name: sqlName, sql })),
    indexes: [...uniqueColumns(table), ...table.indexes.map(indexSchema)],
    ...(table.searchable.length > 0 && { search: { columns: names(table.searchable), rowid: rowidName(table) } }),
    ...(table.renamedFrom && { renamedFrom: table.renamedFrom }),
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

function columnSchema(column: Column): Omit<ColumnSchema, "checks"> {
  const { type, default: written, renamedFrom, backfill } = column;
  const value = written && defaultSchema(written, type);
  return {
    name: column.sqlName,
    label: column.name,
    kind: type.kind,
    ...(type.kind === "decimal" && { scale: type.scale }),
    ...(type.kind === "enum" && { members: type.enum.members }),
    type: storage[type.kind],
    nullable: column.nullable,
    ...(column.computed?.kind === "expr" && { computed: reckonedText(type, column.computed.sql) }),
    ...(value && { default: value }),
    ...((written?.kind === "uuid" || written?.kind === "nanoid") && { generated: written.kind }),
    ...(written?.kind === "count" && { counts: true }),
    ...(renamedFrom && { renamedFrom }),
    ...(backfill && { backfill: backfillSchema(backfill, type) }),
  };
}

function backfillSchema(backfill: Backfill, type: Type): BackfillSchema {
  return backfill.kind === "expr"
    ? { sql: backfill.sql, names: "labels" }
    : { sql: constantLiteral(backfill.value, type), names: "none" };
}

/** Ids are made by the Worker and have no default in SQL; a time has one too, for rows that something else writes. */
function defaultSchema(value: Default, type: Type): ColumnSchema["default"] {
  if (value.kind === "constant") return { sql: constantLiteral(value.value, type), constant: true };
  if (value.kind !== "now") return undefined;
  const sql = type.kind === "date" ? "(date('now'))" : "(CAST(unixepoch('subsec') * 1000 AS INTEGER))";
  return { sql, constant: false };
}

/**
 * `unique: true` is an index, which may come and go without building the table anew. Its name holds points, as those of a column's
 * checks do, and no index of the manifest is called so by itself.
 */
function uniqueColumns(table: Table): IndexSchema[] {
  const isAlone = (columns: readonly unknown[], column: Column): boolean =>
    columns.length === 1 && columns[0] === column;
  const isUniqueOtherwise = (column: Column): boolean =>
    isAlone(table.primaryKey, column) ||
    table.indexes.some(
      ({ unique, where, parts }) =>
        unique &&
        !where &&
        isAlone(
          parts.map(({ on }) => on),
          column,
        ),
    );
  return [...table.columns.values()]
    .filter((column) => column.unique && !isUniqueOtherwise(column))
    .map(({ sqlName }) => ({
      name: `${table.sqlName}.${sqlName}.unique`,
      unique: true,
      parts: [quoteName(sqlName)],
    }));
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
