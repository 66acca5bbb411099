import { quoteName } from "../plan/quote.ts";
import { conversion, same } from "./convert.ts";
import { copiedColumns } from "./copy.ts";
import type { Finding } from "./finding.ts";
import { type InternalTable, internalTablesOf } from "./internal.ts";
import { matchDatabases, type Pair, type TablePair } from "./match.ts";
import { renamed } from "./renames.ts";
import type { ColumnSchema, DatabaseSchema, ForeignKeySchema, IndexSchema, TableSchema } from "./schema.ts";
import { constraintFindings } from "./unfit.ts";

/** A table that stays, and what SQLite can do to it where it stands. Names are those after renaming. */
export interface AlteredTable {
  readonly table: TableSchema;
  readonly dropIndexes: readonly IndexSchema[];
  readonly dropColumns: readonly ColumnSchema[];
  readonly addColumns: readonly ColumnSchema[];
  readonly createIndexes: readonly IndexSchema[];
}

export interface Changes {
  /** tables that stay, each as it was and as it will be */
  readonly pairs: readonly TablePair[];
  readonly before: DatabaseSchema;
  readonly altered: readonly AlteredTable[];
  /** tables of the last version whose full-text index goes, perhaps to come anew: what it hangs on changes */
  readonly dropSearch: readonly TableSchema[];
  /** tables that stay where they are, and get a full-text index over their rows */
  readonly createSearch: readonly TableSchema[];
  /** those of `pairs` that have to be built anew */
  readonly rebuilt: readonly TablePair[];
  readonly added: readonly TableSchema[];
  readonly dropped: readonly TableSchema[];
  /** internal tables that the database lacks */
  readonly internal: readonly InternalTable[];
  readonly findings: readonly Finding[];
}

/** What leads from one database to the next. */
export function compareDatabases(before: DatabaseSchema, after: DatabaseSchema): Changes {
  const { pairs, added, dropped } = matchDatabases(before, after);
  const afterRenaming = renamed(pairs);
  const isRebuilt = afterRenaming.map(needsRebuild);
  const losesSearch = (pair: TablePair, index: number): boolean =>
    isRebuilt[index]! || !keepsSearch(pair, afterRenaming[index]!);
  return {
    pairs,
    before,
    altered: afterRenaming.filter((_, index) => !isRebuilt[index]).flatMap(alteration),
    dropSearch: [
      ...dropped.filter(({ search }) => search),
      ...pairs.filter((pair, index) => pair.before.search && losesSearch(pair, index)).map((pair) => pair.before),
    ],
    createSearch: pairs
      .filter((pair, index) => pair.after.search && !isRebuilt[index] && losesSearch(pair, index))
      .map((pair) => pair.after),
    rebuilt: pairs.filter((_, index) => isRebuilt[index]),
    added,
    dropped,
    internal: internalTablesOf(after).filter((table) => !internalTablesOf(before).includes(table)),
    findings: [
      ...dropped.map(droppedTable),
      ...pairs.flatMap((pair) => pair.columns.dropped.filter(isWritten).map((column) => droppedColumn(pair, column))),
      ...pairs.flatMap((pair) => copiedColumns(pair).flatMap(({ findings }) => findings)),
      ...constraintFindings(pairs, afterRenaming),
    ],
  };
}

function droppedTable({ name, label }: TableSchema): Finding {
  const count = `SELECT count(*) FROM ${quoteName(name)}`;
  return { kind: "loss", table: label, what: "is gone from the manifest, and its rows would go with it", count };
}

const isWritten = ({ computed }: ColumnSchema): boolean => computed === undefined;

function droppedColumn({ before, after }: TablePair, { name, label }: ColumnSchema): Finding {
  const count = `SELECT count(*) FROM ${quoteName(before.name)} WHERE ${quoteName(name)} IS NOT NULL`;
  const what = "is gone from the manifest, and its values would go with it";
  return { kind: "loss", table: after.label, column: label, what, count };
}

/** SQLite alters little of a table where it stands (https://sqlite.org/lang_altertable.html). */
function needsRebuild({ before, after, columns }: TablePair): boolean {
  const addedNames = new Set(columns.added.map(({ name }) => name));
  const isOfAdded = ({ columns: [only, ...others] }: ForeignKeySchema): boolean =>
    others.length === 0 && addedNames.has(only!);
  return (
    columns.pairs.some((pair) => !isSameColumn(pair)) ||
    columns.added.some((column) => !isAddable(after, column)) ||
    columns.dropped.some((column) => !isDroppable(before, column)) ||
    !equal(before.primaryKey, after.primaryKey) ||
    !equal(sorted(before.foreignKeys), sorted(after.foreignKeys.filter((key) => !isOfAdded(key)))) ||
    !equal(sorted(before.checks), sorted(after.checks))
  );
}

function isSameColumn({ before, after }: Pair<ColumnSchema>): boolean {
  const storedAs = ({ type, nullable, computed, default: value, counts, checks }: ColumnSchema) => [
    type,
    nullable,
    computed,
    value?.sql,
    counts,
    sorted(checks),
  ];
  const converts = conversion(before, after);
  const isKept = converts?.fits === undefined && converts?.sql("x") === same.sql("x");
  return isKept && equal(storedAs(before), storedAs(after));
}

function isAddable(table: TableSchema, { name, nullable, default: value, ...column }: ColumnSchema): boolean {
  if (column.computed !== undefined) return true;
  const isReference = table.foreignKeys.some((key) => key.columns.includes(name));
  const isFilled = column.backfill !== undefined || column.generated !== undefined || table.primaryKey.includes(name);
  return !isFilled && (value ? value.constant && !isReference : nullable);
}

/** A column with a constraint cannot be dropped; one that a check of the table or a computed column speaks of could not either. */
function isDroppable(
  { primaryKey, foreignKeys, checks, columns }: TableSchema,
  { name, ...column }: ColumnSchema,
): boolean {
  const texts = [...checks.map(({ sql }) => sql), ...columns.flatMap(({ computed }) => computed ?? [])];
  const isNamed = texts.some((sql) => sql.includes(quoteName(name)));
  const isReference = foreignKeys.some(({ columns }) => columns.includes(name));
  return column.checks.length === 0 && !primaryKey.includes(name) && !isReference && !isNamed;
}

/** A full-text index speaks of its table and columns by their names, and no renaming reaches it. */
function keepsSearch({ before, after }: TablePair, renamed: TablePair): boolean {
  const sameNames = before.name === after.name && equal(before.search, after.search);
  return sameNames && equal(renamed.before.search, after.search);
}

function alteration({ before, after, columns }: TablePair): AlteredTable[] {
  const kept = new Set(after.indexes.map((index) => JSON.stringify(index)));
  const had = new Set(before.indexes.map((index) => JSON.stringify(index)));
  const altered = {
    table: after,
    dropIndexes: before.indexes.filter((index) => !kept.has(JSON.stringify(index))),
    dropColumns: columns.dropped,
    addColumns: columns.added,
    createIndexes: after.indexes.filter((index) => !had.has(JSON.stringify(index))),
  };
  const { table, ...steps } = altered;
  return Object.values(steps).some(({ length }) => length > 0) ? [altered] : [];
}

/** Equal as JSON: both sides were made by the same code, so keys stand in the same order. */
export function equal(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sorted(items: readonly unknown[]): string[] {
  return items.map((item) => JSON.stringify(item)).sort();
}
