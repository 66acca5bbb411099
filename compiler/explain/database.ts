import type { DatabaseSync } from "node:sqlite";
import type { App } from "../ir/app.ts";
import type { Column, Index, Table } from "../ir/table.ts";
import { databaseOf } from "../migrate/database.ts";
import { openInMemory } from "../migrate/sqlite.ts";
import { createDatabase } from "../migrate/statements.ts";
import type { PlanRow } from "./tree.ts";

/** An index of the database, declared or made by SQLite for a key. */
export interface KnownIndex {
  /** absent: the table itself, which SQLite keeps in the order of its integer key */
  readonly sqlName?: string;
  readonly table: Table;
  /** columns in their order; undefined stands for an expression */
  readonly columns: readonly (Column | undefined)[];
  readonly unique: boolean;
  readonly partial: boolean;
  /** the primary key's own */
  readonly isKey: boolean;
  /** the index of the manifest; absent where a key or `unique: true` made it */
  readonly declared?: Index;
}

/** The integer key of a table, in whose order SQLite keeps the rows. */
export function keyOf(table: Table): KnownIndex {
  return { table, columns: table.primaryKey, unique: true, partial: false, isKey: true };
}

/** An empty database of an App in memory, to ask SQLite how it would run a statement. */
export class Database {
  readonly indexes: ReadonlyMap<string, KnownIndex>;
  readonly #sqlite: DatabaseSync;

  constructor(app: App) {
    this.#sqlite = openInMemory();
    for (const statement of createDatabase(databaseOf(app))) this.#sqlite.exec(statement);
    this.indexes = new Map([...app.tables.values()].flatMap((table) => this.#indexesOf(table)));
  }

  explain(sql: string): readonly PlanRow[] {
    return this.#sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as unknown as PlanRow[];
  }

  /** Explains as if an index were there, which is gone afterwards. */
  explainWith(createIndex: string, sql: string): readonly PlanRow[] {
    this.#sqlite.exec("SAVEPOINT advice");
    try {
      this.#sqlite.exec(createIndex);
      return this.explain(sql);
    } finally {
      this.#sqlite.exec("ROLLBACK TO advice");
    }
  }

  close(): void {
    this.#sqlite.close();
  }

  #indexesOf(table: Table): [sqlName: string, index: KnownIndex][] {
    const bySqlName = new Map([...table.columns.values()].map((column) => [column.sqlName, column]));
    const list = this.#sqlite.prepare('SELECT name, "unique", partial, origin FROM pragma_index_list(?)');
    const info = this.#sqlite.prepare("SELECT name FROM pragma_index_info(?) ORDER BY seqno");
    return list.all(table.sqlName).map(({ name, unique, partial, origin }) => {
      const declared = table.indexes.find(({ sqlName }) => sqlName === name);
      const index = {
        sqlName: String(name),
        table,
        columns: info.all(name!).map((column) => bySqlName.get(String(column.name))),
        unique: unique === 1,
        partial: partial === 1,
        isKey: origin === "pk",
        ...(declared && { declared }),
      };
      return [index.sqlName, index];
    });
  }
}
