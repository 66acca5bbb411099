import type { Sql } from "../../runtime/server/plan.ts";
import type { OrderTerm } from "../ir/operation.ts";
import { isLong } from "./constant.ts";
import { nullsOf } from "./order.ts";
import { columnSql, type Scope } from "./scope.ts";
import { integerBind, join, sequence } from "./sql.ts";

/*
 * Pages by position: a cursor holds what the last row had under each term of the order, and the next page starts behind it.
 */

/** What a cursor keeps of a row: a JSON array, one item a term. JSON numbers are not 64 bits long: those that are become text. */
export function cursorSql(terms: readonly OrderTerm[], scope: Scope): string {
  const items = terms.map(({ column }) => {
    const sql = columnSql(column, scope);
    return isLong(column.type) ? `CAST(${sql} AS TEXT)` : sql;
  });
  return `json_array(${items.join(", ")})`;
}

/**
 * The rows behind the cursor in the order. Where all terms run one way and none is null this is one comparison of row values;
 * otherwise term by term, under a bound on the first that lets an index start there.
 */
export function behindCursor(terms: readonly OrderTerm[], scope: Scope): Sql {
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
  if (first.nulls !== null) return behind;
  return join(" AND ", [sequence(first.column, ` ${direction}= `, first.cursor), behind]);
}

/** A term of the order, and the cursor's value for it. */
interface Place {
  readonly column: string;
  readonly cursor: Sql;
  readonly after: ">" | "<";
  readonly nulls: "first" | "last" | null;
}

function placeOf(term: OrderTerm, index: number, scope: Scope): Place {
  const bind = { cursor: index };
  return {
    column: columnSql(term.column, scope),
    cursor: isLong(term.column.type) ? integerBind(bind) : bind,
    after: term.descending ? "<" : ">",
    nulls: nullsOf(term),
  };
}

function behindFrom([first, ...rest]: readonly Place[]): Sql {
  const { column, cursor, nulls } = first!;
  const later = laterThan(first!);
  if (rest.length === 0) return later;
  const level = sequence(column, nulls === null ? " = " : " IS ", cursor);
  return join(" OR ", [later, join(" AND ", [level, behindFrom(rest)])]);
}

/** Strictly behind the cursor in one term, whether the cursor holds null there or not. */
function laterThan({ column, cursor, after, nulls }: Place): Sql {
  const greater = sequence(column, ` ${after} `, cursor);
  if (nulls === null) return greater;
  const acrossNulls =
    nulls === "first"
      ? sequence("(", cursor, ` IS NULL AND ${column} IS NOT NULL)`)
      : sequence("(", cursor, ` IS NOT NULL AND ${column} IS NULL)`);
  return join(" OR ", [greater, acrossNulls]);
}
