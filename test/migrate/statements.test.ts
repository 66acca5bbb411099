import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { unstable_splitSqlQuery } from "wrangler";
import { compareDatabases } from "../../compiler/migrate/changes.ts";
import type { ColumnSchema, DatabaseSchema, TableSchema } from "../../compiler/migrate/schema.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";

const column = (name: string, rest: Partial<ColumnSchema> = {}): ColumnSchema => ({
  name,
  type: "TEXT",
  nullable: false,
  checks: [],
  ...rest,
});

const table = (name: string, columns: readonly ColumnSchema[], rest: Partial<TableSchema> = {}): TableSchema => ({
  name,
  columns,
  primaryKey: ["id"],
  foreignKeys: [],
  checks: [],
  indexes: [],
  ...rest,
});

const id = column("id");
const counting = column("id", { type: "INTEGER", counts: true });

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

test("adding tables, columns and indexes leads to the same rows as starting with them", () => {
  const before: DatabaseSchema = { tables: [table("users", [id]), table("tasks", [counting])] };
  const after: DatabaseSchema = {
    tables: [
      table("users", [id, column("slug", { nullable: true, unique: true })]),
      table(
        "tasks",
        [
          counting,
          column("done", {
            type: "INTEGER",
            default: { sql: "0", constant: true },
            checks: [{ name: "tasks.done.type", sql: '"done" IN (0, 1)' }],
          }),
          column("user_id", { nullable: true }),
        ],
        {
          foreignKeys: [
            { columns: ["user_id"], table: "users", references: ["id"], onDelete: "set null", onUpdate: "restrict" },
          ],
          indexes: [{ name: "tasks_done_idx", unique: false, parts: ['"done" DESC'] }],
        },
      ),
      table("labels", [id]),
    ],
  };
  const { statements, obstacles, title } = compareDatabases(before, after);
  expect(obstacles).toEqual([]);
  expect(title).toBe("users_slug_tasks_done_labels");
  const database = open(before);
  database.exec("INSERT INTO users (id) VALUES ('u'); INSERT INTO tasks DEFAULT VALUES");
  for (const statement of statements) database.exec(statement);
  expect(database.prepare("SELECT * FROM tasks").all()).toEqual([{ id: 1, done: 0, user_id: null }]);
  expect(() => database.exec("INSERT INTO tasks (done) VALUES (7)")).toThrow("tasks.done.type");
  expect(() => database.exec("INSERT INTO tasks (user_id) VALUES ('nobody')")).toThrow("FOREIGN KEY");
  database.exec("UPDATE users SET slug = 's'");
  expect(() => database.exec("INSERT INTO users (id, slug) VALUES ('v', 's')")).toThrow("users.slug");
  expect(compareDatabases(after, after)).toEqual({ statements: [], title: "", obstacles: [] });
});

test("an index may go and change", () => {
  const indexed = (...names: string[]): DatabaseSchema => ({
    tables: [table("t", [id], { indexes: names.map((name) => ({ name, unique: name === "u", parts: ['"id"'] })) })],
  });
  const { statements, obstacles } = compareDatabases(indexed("a", "b"), indexed("b", "u"));
  expect(statements).toEqual(['DROP INDEX "a"', 'CREATE UNIQUE INDEX "u" ON "t" ("id")']);
  expect(obstacles).toEqual([]);
});

test("what adding cannot do is named, and nothing else", () => {
  const before: DatabaseSchema = {
    tables: [table("gone", [id]), table("t", [id, column("a"), column("b")], { checks: [{ name: "c", sql: "1" }] })],
  };
  const after: DatabaseSchema = {
    tables: [
      table("t", [
        id,
        column("b", { nullable: true }),
        column("needed"),
        column("at", { default: { sql: "(unixepoch())", constant: false } }),
      ]),
    ],
  };
  expect(compareDatabases(before, after).obstacles).toEqual([
    { table: "t", column: "needed", what: "is new, and rows that are there have no value for it" },
    { table: "t", column: "at", what: "is new with a default that is not a constant" },
    { table: "t", column: "a", what: "is gone" },
    { table: "t", column: "b", what: "has changed" },
    { table: "t", what: "has other checks" },
    { table: "gone", what: "is gone" },
  ]);
});
