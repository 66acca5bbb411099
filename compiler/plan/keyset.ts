import type { Sql } from "../../runtime/server/plan.ts";
import type { Shape } from "../../runtime/wire/shape.ts";
import type { ColumnTerm, Selection } from "../ir/operation.ts";
import { isLong } from "./constant.ts";
import { nullsOf } from "./order.ts";
import { columnSql, type Scope } from "./scope.ts";
import { shapeOf } from "./shape.ts";
import { integerBind, join, sequence } from "./sql.ts";

/*
 * Pages by position: a cursor holds what the last row had under each term of the order, and the next page starts behind it.
 */

/**
 * What a cursor is made of where a row's JSON has it all: the order's columns with their shapes; undefined where it has not. Rows with
 * others nested in them are too long to read for that, and a `number` may be infinite, which JSON cannot say.
 */
export function cursorShapes(
  terms: readonly ColumnTerm[],
  selection: Selection,
): { readonly [column: string]: Shape } | undefined {
  const readable = ({ column }: ColumnTerm) => selection.columns.includes(column) && column.type.kind !== "number";
  if (selection.with.length > 0 || !terms.every(readable)) return undefined;
  return Object.fromEntries(terms.map(({ column }) => [column.name, shapeOf(column.type)]));
}

/**
 * What a cursor keeps of a row that does not say it: a JSON array, one item a term. JSON numbers are not 64 bits long: those that are
 * become text.
 */
export function cursorSql(terms: readonly ColumnTerm[], scope: Scope): string {
  const items = terms.map(({ column }) => {
    const sql = columnSql(column, scope);
    return isLong(column.type) ? `CAST(${sql} AS TEXT)` : sql;
  });
  return `json_array(${items.join(", ")})`;
}

/**
 * The rows behind the cursor in the order. Where all terms run one way and none is null this is one comparison of row values;
 * otherwise term by term, under a bound on the first that lets an index start there. Comparisons depend on whether the cursor has
 * a value or null in a place (`cursor.0`), so that what stands in the text is what an index can be searched by.
 */
export function behindCursor(terms: readonly ColumnTerm[], scope: Scope): Sql {
  const places = terms.map((term, index) => placeOf(term, index, scope));
  const [first] = places as [Place, ...Place[]];
  const direction = first.after;
  if (places.every(({ after, nulls }) => after === direction && nulls === null)) {
    if (places.length === 1) return sequence(first.column, ` ${direction} `, first.cursor);
    const columns = places.map(({ column }) => column).join(", ");
    return sequence(
      `(${columns}) ${direction} (`,
      join(
        ", ",
        places.map(({ cursor }) => cursor),
      ),
      ")",
    );
  }
  const behind = behindFrom(places);
  const bound = sequence(first.column, ` ${direction}= `, first.cursor);
  if (first.nulls === "last") return behind;
  return join(" AND ", [first.nulls === null ? bound : { when: first.present, then: bound }, behind]);
}

/** A term as a person writes it. */
export function orderText(term: ColumnTerm): string {
  return `${term.descending ? "-" : ""}${term.column.name}${term.nulls ? ` nulls ${term.nulls}` : ""}`;
}

/** The other way round: what is behind in it stands before in the order. */
export function reversed(terms: readonly ColumnTerm[]): readonly ColumnTerm[] {
  return terms.map((term) => {
    const nulls = nullsOf(term);
    const turned = { column: term.column, descending: !term.descending };
    return nulls === null ? turned : { ...turned, nulls: nulls === "first" ? "last" : "first" };
  });
}

/** A term of the order, and the cursor's value for it. */
interface Place {
  readonly column: string;
  readonly cursor: Sql;
  /** the condition that the cursor has a value here and not null */
  readonly present: string;
  readonly after: ">" | "<";
  readonly nulls: "first" | "last" | null;
}

function placeOf(term: ColumnTerm, index: number, scope: Scope): Place {
  const bind = { cursor: index };
  return {
    column: columnSql(term.column, scope),
    cursor: isLong(term.column.type) ? integerBind(bind) : bind,
    present: `cursor.${index}`,
    after: term.descending ? "<" : ">",
    nulls: nullsOf(term),
  };
}

function behindFrom([first, ...rest]: readonly Place[]): Sql {
  if (rest.length === 0) return laterThan(first!, "FALSE");
  return join(" OR ", [laterThan(first!), join(" AND ", [levelWith(first!), behindFrom(rest)])]);
}

/**
 * Strictly behind the cursor in one term.
 *
 * @param nothing what stands where nothing is: behind a null where nulls come last. Absent unless given, since an OR hides an index
 */
function laterThan({ column, cursor, present, after, nulls }: Place, nothing?: "FALSE"): Sql {
  const greater = sequence(column, ` ${after} `, cursor);
  if (nulls === null) return greater;
  if (nulls === "first") return { when: present, then: greater, otherwise: `${column} IS NOT NULL` };
  return {
    when: present,
    then: sequence("(", greater, ` OR ${column} IS NULL)`),
    ...(nothing && { otherwise: nothing }),
  };
}

function levelWith({ column, cursor, present, nulls }: Place): Sql {
  const equal = sequence(column, " = ", cursor);
  return nulls === null ? equal : { when: present, then: equal, otherwise: `${column} IS NULL` };
}
