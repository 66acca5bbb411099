import type { Column, Index, Table } from "../ir/table.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import type { Matching } from "./matching.ts";
import { keyed, pair } from "./pairs.ts";

type Key = readonly Column[];

/** In what no two rows of a table may be equal: its key, and whatever is declared unique over plain columns. */
export function keyChanges(before: Table, after: Table, { nameOf }: Matching): readonly Change[] {
  const [old, now] = [before.primaryKey.map(nameOf), names(after.primaryKey)];
  const key = old.join() === now.join() ? [] : [change("table/key", after.name, inNew(after), [after.name, old, now])];
  const { removed, added } = pair(
    uniqueKeys(before, nameOf),
    uniqueKeys(after, (column) => column.name),
  );
  return [
    ...key,
    ...removed.map((columns) => {
      const gone = columns.map(nameOf);
      return change("unique/removed", subjectOf(after, gone), inOld(placeOf(before, columns)), [after.name, gone]);
    }),
    ...added.map((columns) => {
      const is = names(columns);
      return change("unique/added", subjectOf(after, is), inNew(placeOf(after, columns)), [after.name, is]);
    }),
  ];
}

/** How a set of columns is called: `tasks.ownerId+name`. */
export const subjectOf = ({ name }: Table, columns: readonly string[]): string => `${name}.${columns.join("+")}`;

/** Unique sets of columns besides the primary key, by their names in one order. */
export function uniqueKeys(table: Table, nameOf: (column: Column) => string): ReadonlyMap<string, Key> {
  const others = table.uniqueKeys.filter((key) => key !== table.primaryKey);
  return keyed(others, (key) => key.map(nameOf).sort().join());
}

const names = (columns: Key): readonly string[] => columns.map(({ name }) => name);

/** Where it is declared: by an index over just these columns, or by the column itself. */
function placeOf({ indexes, columns }: Table, key: Key): Pick<Index, "place"> {
  const index = indexes.find(({ unique, parts }) => unique && parts.every(({ on }) => key.includes(on as Column)));
  return index ?? columns.get(key[0]!.name)!;
}
