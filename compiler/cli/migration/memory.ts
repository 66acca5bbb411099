import type { DatabaseSync } from "node:sqlite";
import type { SchemaObject } from "../../migrate/facts.ts";
import { openInMemory } from "../../migrate/sqlite.ts";
import type { Reference, Surroundings } from "../../migrate/surroundings.ts";

/** Every object of a database; D1's own tables are not read elsewhere. */
export const selectObjects =
  "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_cf!_%' ESCAPE '!'";

interface ReferenceRow extends Pick<Reference, "from" | "to" | "onDelete"> {
  readonly id: number;
  readonly column: string;
}

const selectReferences = `SELECT m.name AS "from", f.id, f."table" AS "to", f."from" AS "column", f.on_delete AS onDelete
  FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq`;

/** Columns of whole indexes in their order, the primary key's among them. */
const selectIndexed = `SELECT l.name, i.name AS "column" FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE NOT l.partial
  UNION ALL SELECT 'key', name FROM pragma_table_info(?) WHERE pk = 1`;

/** An empty SQLite in memory: where a migration is tried before it is written or run, and asked what a database looks like. */
export class MemoryDatabase {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** @param statements to run first */
  static async open(statements: readonly string[]): Promise<MemoryDatabase> {
    const database = new MemoryDatabase(openInMemory());
    database.run(statements);
    return database;
  }

  /** One with the objects of another, and none of its rows. Shadow tables of virtual ones come with these. */
  static async like(objects: readonly SchemaObject[]): Promise<MemoryDatabase> {
    const order = ["table", "index", "view", "trigger"];
    const created = objects
      .filter(({ sql }) => sql !== null)
      .sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type) || Number(isVirtual(b)) - Number(isVirtual(a)));
    const database = await MemoryDatabase.open([]);
    for (const { sql, name } of created) if (!database.#has(name)) database.run([sql!]);
    return database;
  }

  /** @throws what SQLite says */
  run(statements: readonly string[]): void {
    for (const statement of statements) this.#database.exec(statement);
  }

  objects(): SchemaObject[] {
    return this.#database.prepare(selectObjects).all() as unknown as SchemaObject[];
  }

  /** @param known names of the indexes that a manifest made */
  surroundings(known: ReadonlySet<string>): Surroundings {
    const attached = (type: string) =>
      this.objects().flatMap((object) =>
        object.type === type && object.sql !== null
          ? [{ name: object.name, table: object.tbl_name, sql: object.sql }]
          : [],
      );
    return {
      triggers: attached("trigger").filter(({ name }) => !name.startsWith("_af_")),
      indexes: attached("index").filter(({ name }) => !known.has(name)),
      references: this.#references(),
    };
  }

  #references(): Reference[] {
    const rows = this.#database.prepare(selectReferences).all() as unknown as ReferenceRow[];
    const keys = Map.groupBy(rows, ({ from, id }) => JSON.stringify([from, id]));
    return [...keys.values()].map((parts) => {
      const { from, to, onDelete } = parts[0]!;
      const columns = parts.map(({ column }) => column);
      return { from, to, columns, onDelete, isIndexed: this.#isIndexed(from, columns) };
    });
  }

  #isIndexed(table: string, columns: readonly string[]): boolean {
    const parts = this.#database.prepare(selectIndexed).all(table, table) as unknown as {
      name: string;
      column: string;
    }[];
    const indexes = Map.groupBy(parts, ({ name }) => name);
    return [...indexes.values()].some((all) => {
      const first = all.slice(0, columns.length).map(({ column }) => column);
      return columns.every((column) => first.includes(column));
    });
  }

  close(): void {
    this.#database.close();
  }

  #has(name: string): boolean {
    return this.#database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(name) !== undefined;
  }
}

function isVirtual({ sql }: SchemaObject): boolean {
  return /^CREATE VIRTUAL/i.test(sql ?? "");
}
