import { quoteName } from "../plan/quote.ts";
import { searchIndexName } from "../plan/search.ts";
import type { TableSchema } from "./schema.ts";

/*
 * The full-text index of a table: an FTS5 table that holds words and no texts (https://sqlite.org/fts5.html#contentless_delete_tables),
 * and knows rows by their rowid. Triggers keep it in step with every write, whoever writes: cascades and other tools too. Each has one
 * statement, and BEGIN and END in upper case, as everything that splits SQL into statements understands it.
 */

type Searched = TableSchema & { readonly search: NonNullable<TableSchema["search"]> };

const isSearched = (table: TableSchema): table is Searched => table.search !== undefined;

/** The index and its triggers, for a table without rows; nothing where a table has none. */
export function createSearch(table: TableSchema): string[] {
  if (!isSearched(table)) return [];
  const { columns, rowid } = table.search;
  const [index, row] = [indexName(table), quoteName(rowid)];
  const quoted = columns.map(quoteName);
  const list = quoted.join(", ");
  const news = quoted.map((column) => `NEW.${column}`);
  const sets = quoted.map((column, at) => `${column} = ${news[at]}`).join(", ");
  const isKey = table.columns.some(({ name }) => name === rowid);
  const watched = [...new Set([...(isKey ? [row] : []), ...quoted])].join(", ");
  return [
    `CREATE VIRTUAL TABLE ${index} USING fts5(${list}, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`,
    // REPLACE, since a row that another one replaced is deleted without a trigger
    `CREATE TRIGGER ${triggerName(table, "insert")} AFTER INSERT ON ${quoteName(table.name)} BEGIN INSERT OR REPLACE INTO ${index} (rowid, ${list}) VALUES (NEW.${row}, ${news.join(", ")}); END`,
    `CREATE TRIGGER ${triggerName(table, "update")} AFTER UPDATE OF ${watched} ON ${quoteName(table.name)} BEGIN UPDATE ${index} SET rowid = NEW.${row}, ${sets} WHERE rowid = OLD.${row}; END`,
    `CREATE TRIGGER ${triggerName(table, "delete")} AFTER DELETE ON ${quoteName(table.name)} BEGIN DELETE FROM ${index} WHERE rowid = OLD.${row}; END`,
  ];
}

/** The index and its triggers, for a table with rows. */
export function searchRows(table: TableSchema): string[] {
  if (!isSearched(table)) return [];
  const { columns, rowid } = table.search;
  const list = columns.map(quoteName).join(", ");
  const fill = `INSERT INTO ${indexName(table)} (rowid, ${list}) SELECT ${quoteName(rowid)}, ${list} FROM ${quoteName(table.name)}`;
  return [...createSearch(table), fill];
}

export function dropSearch(table: TableSchema): string[] {
  const triggers = (["insert", "update", "delete"] as const).map((event) => triggerName(table, event));
  return [...triggers.map((name) => `DROP TRIGGER ${name}`), `DROP TABLE ${indexName(table)}`];
}

const indexName = ({ name }: TableSchema): string => quoteName(searchIndexName(name));

const triggerName = ({ name }: TableSchema, event: "insert" | "update" | "delete"): string =>
  quoteName(`${searchIndexName(name)}_${event}`);
