import type { Index, Table } from "../ir/table.ts";
import type { Rule } from "./rule.ts";

/** An index over columns that a key or another index begins with costs writes and serves nothing. */
export const repeatedIndexes: Rule = ({ tables }, report) => {
  for (const table of tables.values()) {
    for (const [position, index] of table.indexes.entries()) {
      const columns = columnsOf(index);
      if (!columns || !isServed(index, columns, table, position)) continue;
      report("index/repeated", index.place, [columns.map((name) => `"${name}"`).join(", ")], {
        at: "key",
        severity: "warning",
      });
    }
  }
};

/** The columns of an index that a longer one could stand for: plain, ascending, without a condition. */
function columnsOf({ parts, where }: Index): readonly string[] | undefined {
  if (where) return;
  const names = parts.map(({ on, descending }) => (descending || "sql" in on ? undefined : on.name));
  return names.includes(undefined) ? undefined : (names as string[]);
}

function isServed(index: Index, columns: readonly string[], table: Table, position: number): boolean {
  if (index.unique)
    return (
      table.indexes.some((other, at) => at < position && other.unique && equal(columnsOf(other), columns)) ||
      isKey(columns, table)
    );
  const others = table.indexes.filter(
    (other, at) => at !== position && (at < position || (columnsOf(other)?.length ?? 0) > columns.length),
  );
  return isKey(columns, table) || others.some((other) => startsWith(columnsOf(other), columns));
}

/** Whether the primary key, or a column that is unique by its own declaration, begins with these columns. */
function isKey(columns: readonly string[], { primaryKey, columns: all, indexes }: Table): boolean {
  if (
    startsWith(
      primaryKey.map(({ name }) => name),
      columns,
    )
  )
    return true;
  const [first, ...others] = columns;
  const byIndex = indexes.some((index) => index.unique && equal(columnsOf(index), columns));
  return others.length === 0 && all.get(first!)?.unique === true && !byIndex;
}

const startsWith = (list: readonly string[] | undefined, start: readonly string[]): boolean =>
  start.every((name, at) => list?.[at] === name);

const equal = (left: readonly string[] | undefined, right: readonly string[]): boolean =>
  left?.length === right.length && startsWith(left, right);
