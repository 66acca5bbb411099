import { tokens } from "../ir/sqlText.ts";
import { quoteName } from "../plan/quote.ts";
import type { Pair, TablePair } from "./match.ts";
import type { ColumnSchema, TableSchema } from "./schema.ts";

/** Statements that give tables and columns their new names. What speaks of them (foreign keys, checks, indexes, triggers, views) follows in SQLite. */
export function renameStatements(pairs: readonly TablePair[], all: readonly TableSchema[]): string[] {
  const tables = moves(
    pairs,
    all.map(({ name }) => name),
  ).map(([from, to]) => `ALTER TABLE ${quoteName(from)} RENAME TO ${quoteName(to)}`);
  const columns = pairs.flatMap(({ before, after, columns }) =>
    moves(
      columns.pairs,
      before.columns.map(({ name }) => name),
    ).map(([from, to]) => `ALTER TABLE ${quoteName(after.name)} RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`),
  );
  return [...tables, ...columns];
}

/** From which name to which, over a name of no one where another thing still has the new one. Case does not tell names apart. */
function moves(pairs: readonly Pair<{ readonly name: string }>[], taken: readonly string[]): [string, string][] {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  const renamed = pairs.filter(({ before, after }) => before.name !== after.name);
  const first: [string, string][] = [];
  const second: [string, string][] = [];
  for (const { before, after } of renamed) {
    if (!names.has(after.name.toLowerCase())) second.push([before.name, after.name]);
    else {
      const meanwhile = `_af_renamed_${before.name}`;
      first.push([before.name, meanwhile]);
      second.push([meanwhile, after.name]);
    }
  }
  return [...first, ...second];
}

/** Tables of the last version as they are after `renameStatements`, paired as before. Names of checks and indexes stay. */
export function renamed(pairs: readonly TablePair[]): TablePair[] {
  const tables = new Map(pairs.map((pair) => [pair.before.name, pair]));
  return pairs.map((pair) => {
    const { before, after, columns } = pair;
    const names = columnNames(pair);
    const sql = (text: string): string => renameInSql(text, names);
    const renameColumn = (column: ColumnSchema): ColumnSchema => ({
      ...column,
      name: names.get(column.name) ?? column.name,
      ...(column.computed !== undefined && { computed: sql(column.computed) }),
      checks: column.checks.map((check) => ({ ...check, sql: sql(check.sql) })),
    });
    const to = (column: string): string => names.get(column) ?? column;
    const table: TableSchema = {
      ...before,
      name: after.name,
      columns: before.columns.map(renameColumn),
      primaryKey: before.primaryKey.map(to),
      foreignKeys: before.foreignKeys.map((key) => {
        const target = tables.get(key.table);
        const there = target ? columnNames(target) : new Map<string, string>();
        return {
          ...key,
          columns: key.columns.map(to),
          table: target?.after.name ?? key.table,
          references: key.references.map((column) => there.get(column) ?? column),
        };
      }),
      checks: before.checks.map((check) => ({ ...check, sql: sql(check.sql) })),
      indexes: before.indexes.map(({ where, parts, ...index }) => ({
        ...index,
        parts: parts.map(sql),
        ...(where !== undefined && { where: sql(where) }),
      })),
      ...(before.search && { search: { columns: before.search.columns.map(to), rowid: to(before.search.rowid) } }),
    };
    const renamedColumns = columns.pairs.map((column) => ({ ...column, before: renameColumn(column.before) }));
    return { before: table, after, columns: { ...columns, pairs: renamedColumns } };
  });
}

function columnNames({ columns }: TablePair): ReadonlyMap<string, string> {
  return new Map(columns.pairs.map(({ before, after }) => [before.name, after.name]));
}

/** An SQL text with its quoted names replaced. */
export function renameInSql(sql: string, names: ReadonlyMap<string, string>): string {
  return tokens(sql)
    .map((token) => (token.kind === "quoted" ? quoteName(names.get(token.name) ?? token.name) : token.text))
    .join("");
}
