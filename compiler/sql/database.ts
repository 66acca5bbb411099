import type { DatabaseSync } from "node:sqlite";
import type { App } from "../ir/app.ts";
import { withoutSecrets } from "../ir/secrets.ts";
import { databaseOf } from "../migrate/database.ts";
import { openInMemory } from "../migrate/sqlite.ts";
import { createDatabase } from "../migrate/statements.ts";
import { searchIndexName } from "../plan/search.ts";

/** A column that a statement returns; where it is a table's own, the SQL names of both. */
export interface ReturnedColumn {
  readonly name: string;
  readonly table: string | null;
  readonly column: string | null;
}

/** What SQLite knows of a statement. */
export interface Prepared {
  readonly columns: readonly ReturnedColumn[];
  readonly writes: boolean;
  /** SQL names of the tables that it touches */
  readonly tables: readonly string[];
}

interface Instruction {
  readonly opcode: string;
  readonly p1: number;
  readonly p2: number;
}

/** The page of the table that an instruction opens, or empties. */
function pageOf({ opcode, p1, p2 }: Instruction): number | undefined {
  if (opcode === "Clear") return p1;
  return opcode === "OpenRead" || opcode === "OpenWrite" ? p2 : undefined;
}

/** Whether it is about a table that is not SQLite's own. Which one, EXPLAIN does not tell. */
const isOfVirtual = ({ opcode }: Instruction): boolean => opcode === "VOpen" || opcode === "VUpdate";

/** The empty database of an App in memory, without secrets, which is asked what statements mean. */
export class Database {
  readonly #sqlite: DatabaseSync;
  /** by the page where it begins */
  readonly #tables: ReadonlyMap<number, string>;
  /** full-text indexes, which begin on no page */
  readonly #indexes: readonly string[];

  constructor(app: App) {
    this.#sqlite = openInMemory();
    const tables = new Map(Array.from(app.tables, ([name, table]) => [name, withoutSecrets(table)]));
    for (const statement of createDatabase(databaseOf({ ...app, tables }))) this.#sqlite.exec(statement);
    const roots = this.#sqlite.prepare("SELECT rootpage, tbl_name FROM sqlite_schema WHERE rootpage > 0").all();
    this.#indexes = [...tables.values()]
      .filter(({ searchable }) => searchable.length > 0)
      .map(({ sqlName }) => searchIndexName(sqlName));
    this.#tables = new Map([
      [1, "sqlite_schema"],
      ...roots.map(({ rootpage, tbl_name }) => [Number(rootpage), String(tbl_name)] as const),
    ]);
  }

  /**
   * Asks what a statement means. It is not run: EXPLAIN shows the instructions that it would run as.
   *
   * @throws what SQLite says against it
   */
  prepare(sql: string): Prepared {
    const columns = this.#sqlite.prepare(sql).columns();
    const program = this.#sqlite.prepare(`EXPLAIN ${sql}`).all() as unknown as readonly Instruction[];
    return {
      columns: columns.map(({ name, table, column }) => ({ name, table, column })),
      writes: program.some(({ opcode, p2 }) => opcode === "Transaction" && p2 > 0),
      tables: [
        ...program.flatMap((instruction) => this.#tables.get(pageOf(instruction) ?? 0) ?? []),
        ...(program.some(isOfVirtual) ? this.#indexes : []),
      ],
    };
  }

  close(): void {
    this.#sqlite.close();
  }
}
