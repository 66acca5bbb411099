import { quoteText } from "../plan/quote.ts";
import type { Changes } from "./changes.ts";
import type { Finding } from "./finding.ts";
import { createInternal } from "./internal.ts";
import { keepAside, replaceTables } from "./rebuild.ts";
import { renameStatements } from "./renames.ts";
import { dropSearch as dropSearchIndex, searchRows } from "./search.ts";
import { addColumn, createIndex, dropColumn, dropIndex, said } from "./statements.ts";
import type { Surroundings } from "./surroundings.ts";

/** What gives everything its new name: the first part of a migration that changes anything but copies. */
export function renaming({ pairs, before, altered, dropSearch }: Changes): string[] {
  return [
    ...dropSearch.flatMap(dropSearchIndex),
    ...altered.flatMap(({ dropIndexes }) => dropIndexes.map(dropIndex)),
    ...renameStatements(pairs, before.tables),
  ];
}

/**
 * A migration as statements in the order they have to run, in one transaction.
 *
 * @param surroundings of the database as it is behind `renaming`
 */
export function migrationStatements(changes: Changes, surroundings: Surroundings): string[] {
  const { rebuilt, dropped, added, altered, createSearch, internal, findings } = changes;
  const replaces = rebuilt.length > 0 || dropped.length > 0;
  return [
    ...(replaces ? ["PRAGMA defer_foreign_keys = on"] : []),
    ...said("Stops where rows do not fit.", findings.filter(({ guarded }) => guarded).map(refusal)),
    ...said("Rows are kept aside.", keepAside(rebuilt)),
    ...said("New names, and indexes that go.", renaming(changes)),
    ...altered.flatMap(({ table, dropColumns, addColumns, createIndexes }) => [
      ...dropColumns.map((column) => dropColumn(table, column)),
      ...addColumns.map((column) => addColumn(table, column)),
      ...createIndexes.map((index) => createIndex(table, index)),
    ]),
    ...said("Rows that are there can be searched.", createSearch.flatMap(searchRows)),
    ...replaceTables(rebuilt, dropped, added, surroundings),
    ...createInternal(internal),
  ];
}

/** Aborts with words for a person while there are rows that do not fit. */
function refusal({ table, column, what, count }: Finding): string {
  const name = column === undefined ? table : `${table}.${column}`;
  return `INSERT INTO "_af_guard" ("code") SELECT ${quoteText(`"${name}" ${what}: `)} || n || ' rows' FROM (${count.replace("count(*)", "count(*) AS n")}) WHERE n > 0`;
}
