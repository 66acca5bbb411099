import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { selectObjects } from "../../compiler/cli/migration/memory.ts";
import { planMigration } from "../../compiler/cli/migration/plan.ts";
import { check } from "../../compiler/compile.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { describeChanges } from "../../compiler/migrate/describe.ts";
import type { SchemaObject } from "../../compiler/migrate/facts.ts";
import { internalTables } from "../../compiler/migrate/internal.ts";
import type { DatabaseSchema } from "../../compiler/migrate/schema.ts";
import { printSnapshot, readSnapshot, sameDatabase } from "../../compiler/migrate/snapshot.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";

/* Changes that are worth a look of their own; test/migrate/chain.test.ts has the many. */

function schemaOf(tables: string): DatabaseSchema {
  const text = `appflare: 1\nname: x\ndefaults: { auth: public }\nenums: { Size: [s, m] }\ntables:\n${tables}`;
  const { app, diagnostics } = check("appflare.yaml", () => new TextEncoder().encode(text));
  if (!app) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return databaseOf(app);
}

/** A database of the first tables with rows, and how it becomes one of the second. */
async function migrated(before: string, rows: string, after: string) {
  const [from, to] = [schemaOf(before), schemaOf(after)];
  const database = new DatabaseSync(":memory:");
  for (const statement of createDatabase(from)) database.exec(statement);
  database.exec(rows);
  const all = (sql: string) => database.prepare(sql).all();
  const plan = await planMigration(from, to, all(selectObjects) as unknown as SchemaObject[]);
  const run = () => {
    database.exec("BEGIN");
    for (const statement of plan.statements) database.exec(statement);
    database.exec("COMMIT");
    expect(all("PRAGMA foreign_key_check")).toEqual([]);
  };
  return { ...plan, run, all, lines: describeChanges(plan.changes) };
}

test("what SQLite can alter where it stands is altered there", async () => {
  const { statements, lines } = await migrated(
    `  notes: { columns: { id: integer, text: string, old: string? }, indexes: [[text]] }`,
    "",
    `  notes: { columns: { id: integer, text: { type: string, unique: true }, stars: { type: integer, default: 0 } }, relations: { author: { one: people, optional: true } } }
  people: { columns: { id: uuid } }`,
  );
  expect(statements.filter((sql) => !sql.includes("CREATE TABLE"))).toEqual([
    '-- New names, and indexes that go.\nDROP INDEX "notes_text_index"',
    'ALTER TABLE "notes" DROP COLUMN "old"',
    expect.stringMatching(
      /^ALTER TABLE "notes" ADD COLUMN "stars" INTEGER NOT NULL DEFAULT 0 CONSTRAINT "notes.stars.type"/,
    ),
    'ALTER TABLE "notes" ADD COLUMN "author_id" TEXT REFERENCES "people" ("id")',
    'CREATE UNIQUE INDEX "notes.text.unique" ON "notes" ("text")',
  ]);
  expect(lines).toEqual([
    "table people is new",
    "column notes.stars is new",
    "column notes.authorId is new",
    "column notes.old is gone",
    "index notes.text.unique of notes is new",
    "index notes_text_index of notes is gone",
  ]);
});

test("a key changes its type together with all that refers to it", async () => {
  const { run, all } = await migrated(
    `  shops: { columns: { id: integer, name: string } }
  orders: { columns: { id: integer }, relations: { shop: { one: shops, onDelete: cascade } } }
  lines: { columns: { id: integer }, relations: { order: { one: orders, onDelete: cascade } } }`,
    `INSERT INTO shops VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (10, 1), (20, 2); INSERT INTO lines VALUES (100, 10), (200, 20)`,
    `  shops: { columns: { id: string, name: string } }
  orders: { columns: { id: integer }, relations: { shop: { one: shops, onDelete: cascade } } }
  lines: { columns: { id: integer }, relations: { order: { one: orders, onDelete: cascade } } }`,
  );
  run();
  expect(all("SELECT * FROM orders")).toEqual([
    { id: 10, shop_id: "1" },
    { id: 20, shop_id: "2" },
  ]);
  expect(all("SELECT id, order_id FROM lines")).toEqual([
    { id: 100, order_id: 10 },
    { id: 200, order_id: 20 },
  ]);
});

test("another key takes over, and those who refer to it move along", async () => {
  const { run, all } = await migrated(
    `  shops: { columns: { id: integer, code: { type: string, unique: true } } }
  orders: { columns: { id: integer, code: string? }, relations: { shop: { one: shops } } }`,
    `INSERT INTO shops VALUES (1, 'a'); INSERT INTO orders VALUES (10, 'a', 1)`,
    `  shops: { columns: { id: integer, code: string }, primaryKey: code }
  orders: { columns: { id: integer, code: string? }, relations: { shop: { one: shops, columns: [code], onDelete: set null } } }`,
  );
  run();
  expect(all("SELECT * FROM orders")).toEqual([{ id: 10, code: "a" }]);
});

test("rows in a ring of tables stay", async () => {
  const ring = (
    extra: string,
  ) => `  a: { columns: { id: integer, ${extra} }, relations: { b: { one: b, optional: true, onDelete: cascade } } }
  b: { columns: { id: integer, ${extra} }, relations: { a: { one: a, onDelete: cascade }, self: { one: b, optional: true, onDelete: set null } } }`;
  const { run, all } = await migrated(
    ring("n: integer?"),
    `BEGIN; PRAGMA defer_foreign_keys = on; INSERT INTO a VALUES (1, NULL, 1); INSERT INTO b VALUES (1, 7, 1, 1); COMMIT`,
    ring("n: { type: string, backfill: none }"),
  );
  run();
  expect(all("SELECT a.n AS a, b.n AS b, b.self_id FROM a JOIN b ON b.a_id = a.id AND a.b_id = b.id")).toEqual([
    { a: "none", b: "7", self_id: 1 },
  ]);
});

test("names in SQL may change places, and change their case", async () => {
  const { run, all, changes } = await migrated(
    `  first: { sqlName: one, columns: { id: integer, x: { type: string, sqlName: p }, y: { type: string, sqlName: q } } }
  second: { sqlName: two, columns: { id: integer }, relations: { first: { one: first, onDelete: cascade } } }`,
    `INSERT INTO one VALUES (1, 'x', 'y'); INSERT INTO two VALUES (2, 1)`,
    `  first: { sqlName: two, columns: { id: integer, x: { type: string, sqlName: q }, y: { type: string, sqlName: P } } }
  second: { sqlName: one, columns: { id: integer }, relations: { first: { one: first, onDelete: cascade } } }`,
  );
  expect(changes.findings).toEqual([]);
  run();
  expect(all('SELECT q AS x, "P" AS y FROM two')).toEqual([{ x: "x", y: "y" }]);
  expect(all("SELECT * FROM one")).toEqual([{ id: 2, first_id: 1 }]);
});

test("a view by hand goes on, and one that needs what is dropped stops the migration before it is written", async () => {
  const before = `  notes: { columns: { id: integer, text: string, old: string? } }`;
  const rows = `INSERT INTO notes VALUES (1, 'x', 'y'); CREATE VIEW texts AS SELECT text FROM notes; CREATE VIEW olds AS SELECT old FROM notes`;
  const kept = await migrated(
    before,
    rows,
    `  notes: { columns: { id: integer, text: { type: string, maxLength: 9 }, old: string? } }`,
  );
  kept.run();
  expect(kept.all("SELECT * FROM texts")).toEqual([{ text: "x" }]);
  const { problem } = await migrated(before, rows, `  notes: { columns: { id: integer, text: string } }`);
  expect(problem).toContain("error in view olds after drop column");
});

test("tables that no manifest knows keep what refers to a table that is built anew", async () => {
  const { run, all } = await migrated(
    `  notes: { columns: { id: integer, text: string? } }`,
    `INSERT INTO notes VALUES (1, 'x'); CREATE TABLE by_hand (note INTEGER REFERENCES notes (id) ON DELETE CASCADE); INSERT INTO by_hand VALUES (1)`,
    `  notes: { columns: { id: integer, text: string } }`,
  );
  run();
  expect(all("SELECT * FROM by_hand")).toEqual([{ note: 1 }]);
});

test("a guard in the file stops where rows do not fit, with words for a person", async () => {
  const { run, all } = await migrated(
    `  shirts: { columns: { id: integer, size: Size, note: string? } }`,
    `INSERT INTO shirts VALUES (1, 's', NULL), (2, 'm', NULL)`,
    `  shirts: { columns: { id: integer, size: Size, note: string } }`,
  );
  expect(run).toThrow(/^"shirts\.note" is required now, and rows have no value for it: 2 rows$/);
  expect(all("SELECT count(*) AS n FROM shirts")).toEqual([{ n: 2 }]);
});

test("a database that was made before an internal table was thought of gets it", async () => {
  const now = schemaOf("  notes: { columns: { id: integer } }");
  const before: DatabaseSchema = { tables: now.tables };
  const memory = new DatabaseSync(":memory:");
  for (const statement of createDatabase(before)) memory.exec(statement);
  const objects = memory.prepare(selectObjects).all() as unknown as SchemaObject[];
  expect(readSnapshot(printSnapshot(before))).toEqual(before);
  expect(readSnapshot(printSnapshot(now))).toEqual(now);
  expect(sameDatabase(before, now)).toBe(false);
  const { changes, statements } = await planMigration(before, now, objects);
  expect(describeChanges(changes)).toEqual(
    internalTables.slice(1).map((table) => `table ${table} is new: the Worker needs it`),
  );
  for (const statement of statements) memory.exec(statement);
  memory.exec("INSERT INTO _af_idempotency VALUES ('', 'notes/add', 'k', 'digest', NULL, 1)");
});
