import type { ColumnSchema, DatabaseSchema, TableSchema } from "./schema.ts";

/** A thing of the last version and what has become of it. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export interface TablePair extends Pair<TableSchema> {
  readonly columns: Matching<ColumnSchema>;
}

export interface Matching<T, P extends Pair<T> = Pair<T>> {
  readonly pairs: readonly P[];
  readonly added: readonly T[];
  readonly dropped: readonly T[];
}

/** Which tables and columns of two versions are the same ones: by their label, by a former label, by their name in SQL. */
export function matchDatabases(before: DatabaseSchema, after: DatabaseSchema): Matching<TableSchema, TablePair> {
  const { pairs, added, dropped } = match(before.tables, after.tables);
  const withColumns = pairs.map((pair) => ({ ...pair, columns: match(pair.before.columns, pair.after.columns) }));
  return { pairs: withColumns, added, dropped };
}

interface Named {
  readonly name: string;
  readonly label: string;
  readonly renamedFrom?: readonly string[];
}

function match<T extends Named>(before: readonly T[], after: readonly T[]): Matching<T> {
  const found = new Map<T, T>();
  const left = new Set(before);
  const claim = (wanted: (item: T) => T | undefined): void => {
    for (const item of after) {
      const old = found.has(item) ? undefined : wanted(item);
      if (!old || !left.delete(old)) continue;
      found.set(item, old);
    }
  };
  const labelled = (label: string): T | undefined => [...left].find((old) => old.label === label);
  claim(({ label }) => labelled(label));
  claim(({ renamedFrom = [] }) => renamedFrom.map(labelled).find((old) => old !== undefined));
  claim(({ name }) => [...left].find((old) => old.name.toLowerCase() === name.toLowerCase()));
  return {
    pairs: after.flatMap((item) => (found.has(item) ? [{ before: found.get(item)!, after: item }] : [])),
    added: after.filter((item) => !found.has(item)),
    dropped: [...left],
  };
}
