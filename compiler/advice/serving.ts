import type { Column, IndexPart, Table } from "../ir/table.ts";

/** What an index is over, its columns in their order; undefined stands for an expression. */
export type Parts = readonly (Column | undefined)[];

/**
 * All that finds rows of a table: its keys and indexes. One with a condition counts as one without: whoever wrote it knows for which
 * rows.
 */
export function indexesOf(
  { primaryKey, uniqueKeys, indexes }: Table,
  further: readonly Parts[] = [],
): readonly Parts[] {
  return [primaryKey, ...uniqueKeys, ...indexes.map(({ parts }) => parts.map(columnOf)), ...further];
}

const columnOf = ({ on }: IndexPart): Column | undefined => ("sql" in on ? undefined : on);

/** Whether an index starts with columns that are all equal to something, one of `telling` among them. */
export function finds(indexes: readonly Parts[], equal: readonly Column[], telling: readonly Column[]): boolean {
  return indexes.some((parts) => {
    const end = parts.findIndex((column) => !column || !equal.includes(column));
    const start = end === -1 ? parts : parts.slice(0, end);
    return start.some((column) => telling.includes(column!));
  });
}

/**
 * Whether an index has the rows in an order by a column, where it starts with columns that are all equal to something.
 *
 * @param telling one of these has to be among those that it starts with
 */
export function orders(
  indexes: readonly Parts[],
  equal: readonly Column[],
  by: Column,
  telling?: readonly Column[],
): boolean {
  return indexes.some((parts) => {
    const end = parts.findIndex((column) => !column || !equal.includes(column));
    return parts[end] === by && (!telling || parts.slice(0, end).some((column) => telling.includes(column!)));
  });
}

/** Whether an index starts with all of these columns, in any order. */
export function startsWith(indexes: readonly Parts[], columns: readonly Column[]): boolean {
  return indexes.some((parts) => columns.every((column) => parts.slice(0, columns.length).includes(column)));
}
