import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { unstable_splitSqlQuery } from "wrangler";
import type { ColumnSchema, DatabaseSchema, TableSchema } from "../../compiler/migrate/schema.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";

const column = (name: string, rest: Partial<ColumnSchema> = {}): ColumnSchema => ({
  name,
  label: name,
  kind: "string",
  type: "TEXT",
  nullable: false,
  checks: [],
  ...rest,
});

const table = (name: string, columns: readonly ColumnSchema[], rest: Partial<TableSchema> = {}): TableSchema => ({
  name,
  label: name,
  columns,
  primaryKey: ["id"],
  foreignKeys: [],
  checks: [],
  indexes: [],
  ...rest,
});

const id = column("id");
const counting = column("id", { kind: "integer", type: "INTEGER", counts: true });

function open(schema: DatabaseSchema): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec("PRAGMA foreign_keys = on");
  for (const statement of createDatabase(schema)) database.exec(statement);
  return database;
}

test("names of any kind and text with semicolons survive SQLite and wrangler's splitter", () => {
  const name = 'end; "select" -- begin\' /* `x` [y] $🦊';
  const schema: DatabaseSchema = {
    tables: [
      table(name, [id, column('a "b"', { default: { sql: "'x; END; -- ''y'", constant: true } })], {
        checks: [{ name: "no;end", sql: '"a ""b""" <> \'CASE; END\'' }],
        indexes: [{ name: "i; x", unique: true, parts: ['"a ""b""" DESC'], where: "\"id\" <> ';'" }],
      }),
    ],
  };
  const statements = createDatabase(schema);
  const text = statements.map((statement) => `${statement};\n`).join("\n");
  expect(unstable_splitSqlQuery(text)).toEqual(statements);
  const database = open(schema);
  database.prepare(`INSERT INTO "${name.replaceAll('"', '""')}" (id) VALUES ('1')`).run();
  const row = database.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`).get();
  expect(row).toEqual({ id: "1", 'a "b"': "x; END; -- 'y" });
});

test("tables refer to one another in a ring, and rows obey", () => {
  const refer = (to: string) => ({
    foreignKeys: [
      {
        columns: ["other"],
        table: to,
        references: ["id"],
        onDelete: "cascade" as const,
        onUpdate: "restrict" as const,
      },
    ],
  });
  const other = column("other", { nullable: true });
  const database = open({ tables: [table("a", [id, other], refer("b")), table("b", [id, other], refer("a"))] });
  database.exec("INSERT INTO a (id) VALUES ('1'); INSERT INTO b (id, other) VALUES ('2', '1')");
  expect(() => database.exec("INSERT INTO a (id, other) VALUES ('3', 'none')")).toThrow("FOREIGN KEY");
  database.exec("DELETE FROM a");
  expect(database.prepare("SELECT count(*) AS n FROM b").get()).toEqual({ n: 0 });
});

test("the id of a deleted row is not given again", () => {
  const database = open({ tables: [table("t", [counting, column("text", { nullable: true })])] });
  const insert = database.prepare("INSERT INTO t (text) VALUES ('x') RETURNING id");
  expect([insert.get(), insert.get()]).toEqual([{ id: 1 }, { id: 2 }]);
  database.exec("DELETE FROM t");
  expect(insert.get()).toEqual({ id: 3 });
});

test("the guard aborts with its code, and with null does nothing", () => {
  const database = open({ tables: [] });
  database.exec("INSERT INTO _af_guard (code) SELECT NULL");
  expect(() => database.exec("INSERT INTO _af_guard (code) SELECT '_af:not_found'")).toThrow(/^_af:not_found$/);
});
