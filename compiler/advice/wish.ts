import type { ColumnTerm, OrderTerm } from "../ir/operation.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import type { Found } from "./found.ts";
import { type Pins, pinsOf } from "./pins.ts";
import { finds, indexesOf, orders, type Parts, startsWith } from "./serving.ts";
import { slow } from "./slow.ts";

/** An index that is missing. */
export interface Wish {
  readonly table: Table;
  readonly parts: readonly { readonly column: Column; readonly descending: boolean }[];
  /** the relation whose own columns these are */
  readonly relation?: OneRelation;
  /** what SQLite does without it */
  readonly because: string;
}

/** No more columns are wished for: further ones cost every write and find little. */
const MOST_COLUMNS = 4;

/**
 * The index that rows lack, judged by what every call asks. Nothing is wished where rows are few once found: by the key of another row, by a
 * value of their own. Flags and enums find too many rows to be worth an index alone.
 *
 * @param wished indexes that were wished for before, and count as if they were there
 */
export function wishOf(found: Found, wished: readonly Wish[]): Wish | undefined {
  const { table, link, where, order } = found;
  const path = `"${found.path}"`;
  const indexes = indexesOf(
    table,
    wished.flatMap((wish) => (wish.table === table ? [columnsOf(wish)] : [])),
  );
  if (link) return startsWith(indexes, link) ? undefined : linkWish(table, link, slow.find(path));

  const pins = pinsOf(where);
  const { equal, coarse, ranged, near } = pins;
  const sorted = ownOrder(order?.terms ?? [], pins, table);
  if (isFew(pins, table)) return;
  if (equal.length > 0) {
    const fixed = [...equal, ...coarse];
    const isFound = finds(indexes, fixed, equal);
    const isSlowPage = order?.many && sorted[0] && !orders(indexes, fixed, sorted[0].column, equal);
    if (isFound && !isSlowPage) return;
    const because = isFound ? slow.sortFound : sorted.length > 0 ? slow.sortAll : order ? slow.findUntil : slow.find;
    if (!isFound) {
      const relation = relationOver(table, equal);
      if (relation) return linkWish(table, relation.columns, because(path));
    }
    return { table, parts: [...ascending(equal), ...sorted].slice(0, MOST_COLUMNS), because: because(path) };
  }
  if (near.length > 0) {
    const isFound = near.some((column) => orders(indexes, [], column));
    return isFound ? undefined : { table, parts: ascending(near), because: slow.find(path) };
  }
  if (pins.either.some((parts) => parts.every((part) => isFoundBy(part, table, indexes)))) return;
  const [first] = sorted;
  if (first) {
    if (orders(indexes, coarse, first.column)) return;
    const because = finds(indexes, coarse, coarse) ? slow.sortFound : slow.sortAll;
    return { table, parts: [...ascending(coarse), ...sorted].slice(0, MOST_COLUMNS), because: because(path) };
  }
  const [range] = ranged;
  if (!range || order || orders(indexes, coarse, range)) return;
  return { table, parts: ascending([range]), because: slow.find(path) };
}

/** Whether no more than one row is found, or the full-text index finds them. */
function isFew({ equal, coarse, searched }: Pins, { uniqueKeys }: Table): boolean {
  const fixed = [...equal, ...coarse];
  return searched || uniqueKeys.some((key) => key.every((column) => fixed.includes(column)));
}

function isFoundBy(pins: Pins, table: Table, indexes: readonly Parts[]): boolean {
  return isFew(pins, table) || finds(indexes, [...pins.equal, ...pins.coarse], pins.equal);
}

/** The columns that rows are ordered by, as far as an index can have them: without those that are equal anyway, and the key that is appended. */
function ownOrder(terms: readonly OrderTerm[], { equal, coarse }: Pins, { primaryKey }: Table): Wish["parts"] {
  if (terms.some((term) => !isPlain(term))) return [];
  const told = (terms as readonly ColumnTerm[]).filter(({ column }) => ![...equal, ...coarse].includes(column));
  const [first] = told;
  if (!first || first.column === primaryKey[0]) return [];
  return told
    .filter(({ column }) => !primaryKey.includes(column))
    .map(({ column, descending }) => ({ column, descending }));
}

/** An index has nulls where SQLite puts them, and no measures. */
const isPlain = (term: OrderTerm): term is ColumnTerm =>
  "column" in term && term.nulls === undefined && !term.column.measured;

function linkWish(table: Table, columns: readonly Column[], because: string): Wish {
  const relation = relationOver(table, columns);
  return { table, parts: ascending(columns), ...(relation && { relation }), because };
}

function relationOver({ relations }: Table, columns: readonly Column[]): OneRelation | undefined {
  return [...relations.values()].find(
    (relation): relation is OneRelation =>
      relation.kind === "one" && relation.columns.every((column) => columns.includes(column)),
  );
}

const ascending = (columns: readonly Column[]): Wish["parts"] =>
  columns.map((column) => ({ column, descending: false }));

export const columnsOf = ({ parts }: Wish): readonly Column[] => parts.map(({ column }) => column);

/** As `indexes:` lists it. */
export function written({ parts }: Wish): string {
  return `[${parts.map(({ column, descending }) => `${descending ? "-" : ""}${column.name}`).join(", ")}]`;
}
