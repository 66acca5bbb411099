import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Column } from "../ir/table.ts";
import { sqlValue } from "../plan/constant.ts";
import { quoteName } from "../plan/quote.ts";
import type { SeedRow } from "./seedRows.ts";

/**
 * Writes rows, all or none. A row whose key is there is set to what the file says; columns that the file leaves out keep what they
 * have, or get their default in a new row. Rows may refer to rows that come later.
 *
 * @throws what D1 says
 */
export async function seedDatabase(database: D1Database, rows: readonly SeedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const defer = database.prepare("PRAGMA defer_foreign_keys = on");
  await database.batch([defer, ...rows.map((row) => statement(database, row))]);
}

function statement(database: D1Database, { table, values }: SeedRow): D1PreparedStatement {
  const given = [...values.keys()];
  const made = [...table.columns.values()].filter((column) => !values.has(column) && isMade(column));
  const changed = given.filter((column) => !table.primaryKey.includes(column));
  const action = changed.length === 0 ? "NOTHING" : `UPDATE SET ${changed.map(assignment).join(", ")}`;
  const columns = [...given, ...made];
  const sql =
    `INSERT INTO ${quoteName(table.sqlName)} (${names(columns)}) VALUES (${columns.map(() => "?").join(", ")}) ` +
    `ON CONFLICT (${names(table.primaryKey)}) DO ${action}`;
  const binds = [...given.map((column) => sqlValue(values.get(column)!, column.type)), ...made.map(freshId)];
  return database.prepare(sql).bind(...binds);
}

function names(columns: readonly Column[]): string {
  return columns.map(({ sqlName }) => quoteName(sqlName)).join(", ");
}

function assignment({ sqlName }: Column): string {
  return `${quoteName(sqlName)} = excluded.${quoteName(sqlName)}`;
}

/** Ids have no default in SQL. */
function isMade(column: Column): boolean {
  return column.default?.kind === "uuid" || column.default?.kind === "nanoid";
}

function freshId({ default: value }: Column): string {
  const uuid = crypto.randomUUID();
  return value?.kind === "nanoid" ? uuid.replaceAll("-", "").slice(0, 21) : uuid;
}
