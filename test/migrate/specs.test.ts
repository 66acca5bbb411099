import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { unstable_splitSqlQuery } from "wrangler";
import { check, compile } from "../../compiler/compile.ts";
import { isStored } from "../../compiler/ir/sqlExpressions.ts";
import { compareDatabases } from "../../compiler/migrate/changes.ts";
import { databaseOf } from "../../compiler/migrate/database.ts";
import { describeChanges } from "../../compiler/migrate/describe.ts";
import { internalTables } from "../../compiler/migrate/internal.ts";
import { migrationStatements } from "../../compiler/migrate/migration.ts";
import { printSnapshot, readSnapshot, sameDatabase } from "../../compiler/migrate/snapshot.ts";
import { createDatabase } from "../../compiler/migrate/statements.ts";

const specs = fileURLToPath(new URL("../../specs", import.meta.url));

const nothing = { triggers: [], indexes: [], references: [] };

function read(path: string): Uint8Array | undefined {
  try {
    return readFileSync(join(specs, path));
  } catch {
    return undefined;
  }
}

describe.each(["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"])(
  "%s",
  (spec) => {
    const { app, diagnostics } = check(`${spec}/appflare.yaml`, read);
    if (!app) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    const schema = databaseOf(app);

    test("SQLite has the tables, columns and indexes that the App names, and no others", () => {
      const database = new DatabaseSync(":memory:");
      for (const statement of createDatabase(schema)) database.exec(statement);
      const objects = database.prepare("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all();
      const named = (type: string) => objects.filter((object) => object.type === type).map(({ name }) => name);
      const tables = [...app.tables.values()];
      const isOfSearch = (name: unknown): boolean => /^_af_.*\.search/.test(String(name));
      expect(named("table").filter((name) => !isOfSearch(name))).toEqual([
        ...tables.map(({ sqlName }) => sqlName),
        ...internalTables,
      ]);
      const searched = tables.filter(({ searchable }) => searchable.length > 0);
      const triggers = named("trigger").filter(isOfSearch);
      expect(triggers).toHaveLength(3 * searched.length);
      const declared = tables.flatMap(({ indexes }) => indexes.map(({ sqlName }) => sqlName));
      expect(named("index").filter((name) => !/\.unique$|^_af_/.test(String(name)))).toEqual(declared);
      for (const table of tables) {
        const columns = database.prepare('SELECT name, "notnull", pk FROM pragma_table_xinfo(?)').all(table.sqlName);
        const wanted = [...table.columns.values()].filter(isStored).map((column) => ({
          name: column.sqlName,
          notnull: column.nullable ? 0 : 1,
          pk: table.primaryKey.indexOf(column) + 1,
        }));
        expect(columns).toEqual(wanted);
      }
    });

    test("every unique key is one in SQLite", () => {
      const database = new DatabaseSync(":memory:");
      for (const statement of createDatabase(schema)) database.exec(statement);
      for (const table of app.tables.values()) {
        const lists = database
          .prepare('SELECT name FROM pragma_index_list(?) WHERE "unique" AND NOT partial')
          .all(table.sqlName);
        const unique = lists.map(({ name }) => {
          const columns = database.prepare("SELECT name FROM pragma_index_info(?)").all(name!);
          return columns
            .map((column) => String(column.name))
            .sort()
            .join();
        });
        for (const key of table.uniqueKeys) {
          const [only] = key;
          const isRowid = key.length === 1 && key === table.primaryKey && /^(integer|bigint)$/.test(only!.type.kind);
          if (!isRowid)
            expect(unique).toContain(
              key
                .map(({ sqlName }) => sqlName)
                .sort()
                .join(),
            );
        }
      }
    });

    test("the migration is split into the same statements by wrangler, and a snapshot says it all", () => {
      const { generated } = compile(`${spec}/appflare.yaml`, read, {
        existing: () => undefined,
        migrations: [],
        fromManifest: "generated",
        toManifest: "..",
      });
      const migration = generated!.find(({ path }) => path === "migrations/0001_init.sql")!;
      const [first, ...others] = unstable_splitSqlQuery(migration.contents);
      expect([first!.replace(/^(--.*\n|\n)+/, ""), ...others]).toEqual(createDatabase(schema));
      const snapshot = readSnapshot(generated!.find(({ path }) => path === "migrations/snapshot.json")!.contents)!;
      expect(sameDatabase(snapshot, schema)).toBe(true);
      expect(describeChanges(compareDatabases(snapshot, schema))).toEqual([]);
      expect(migrationStatements(compareDatabases(snapshot, schema), nothing)).toEqual([]);
      expect(printSnapshot(snapshot)).toBe(printSnapshot(schema));
    });
  },
);
