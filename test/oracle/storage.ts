import type { SQLInputValue } from "node:sqlite";
import type { App } from "../../compiler/ir/app.ts";
import type { Statement } from "../../runtime/server/database.ts";
import { Memory } from "../plan/database.ts";
import { columnsOf, isComputed, type Json, type Manifest, type Type, tablesOf } from "./manifest.ts";
import type { Tables, WireRows } from "./rows.ts";
import { fromWire } from "./value.ts";

/**
 * SQLite makes joins of EXISTS since 3.51, and then OFFSET passes over what is joined, not over the rows that come. D1 has none of that:
 * a plus before it, which means nothing, keeps it as it is there.
 */
class WithoutJoins extends Memory {
  override run(statement: Statement) {
    return super.run({ ...statement, sql: statement.sql.replaceAll("EXISTS (", "+EXISTS (") });
  }
}

/**
 * A database in memory with rows.
 *
 * @throws where the rows do not fit
 */
export function filled(app: App, manifest: Manifest, rows: WireRows): Memory {
  const memory = new WithoutJoins(app);
  memory.sqlite.exec("PRAGMA foreign_keys = OFF");
  for (const table of tablesOf(manifest)) {
    const { sqlName, columns } = app.tables.get(table)!;
    const types = Object.entries(columnsOf(manifest, table)).filter(([, type]) => !isComputed(type));
    const stored = (rows[table] ?? []).map((row) =>
      Object.fromEntries(types.map(([name, type]) => [columns.get(name)!.sqlName, toSql(row[name], type)])),
    );
    memory.fill(sqlName, stored);
  }
  const broken = memory.sqlite.prepare("PRAGMA foreign_key_check").all();
  if (broken.length > 0) throw new Error("A row refers to one that is not there");
  memory.sqlite.exec("PRAGMA foreign_keys = ON");
  return memory;
}

/** A value as the table "Types" says that SQLite stores it. */
function toSql(wire: unknown, type: Type): SQLInputValue {
  if (wire === null || wire === undefined) {
    if (!type.nullable) throw new Error("A value is missing");
    return null;
  }
  if (type.kind === "boolean") return Number(wire);
  if (type.kind === "bytes") return Buffer.from(wire as string, "base64");
  if (type.kind === "json" || type.kind === "array" || type.kind === "object") return JSON.stringify(wire);
  return fromWire(wire, type) as SQLInputValue;
}

/** The rows that SQLite has. */
export function stored(memory: Memory, app: App, manifest: Manifest): Tables {
  return Object.fromEntries(
    tablesOf(manifest).map((table) => {
      const { sqlName, columns } = app.tables.get(table)!;
      const statement = memory.sqlite.prepare(`SELECT * FROM "${sqlName}"`);
      statement.setReadBigInts(true);
      const types = Object.entries(columnsOf(manifest, table)).filter(([, type]) => !isComputed(type));
      const read = (row: Json) =>
        Object.fromEntries(types.map(([name, type]) => [name, fromSql(row[columns.get(name)!.sqlName], type)]));
      return [table, statement.all().map(read)];
    }),
  );
}

/** A stored value as the oracle has it. */
function fromSql(value: Json, type: Type): Json {
  if (value === null || type.kind === "bigint" || type.kind === "decimal") return value;
  if (type.kind === "boolean") return value === 1n;
  if (type.kind === "bytes") return Buffer.from(value).toString("base64");
  if (["json", "array", "object"].includes(type.kind)) {
    const wire = JSON.parse(value);
    return type.kind === "json" ? wire : fromWire(wire, type);
  }
  return typeof value === "bigint" ? Number(value) : value;
}
