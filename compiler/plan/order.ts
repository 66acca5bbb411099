import type { Sql } from "../../runtime/server/plan.ts";
import type { ColumnTerm, OrderTerm, RankTerm } from "../ir/operation.ts";
import { rankName } from "../ir/ranks.ts";
import type { Column } from "../ir/table.ts";
import { distanceSql } from "./near.ts";
import { optionalNames } from "./operand.ts";
import { quoteName } from "./quote.ts";
import { columnSql, type Scope } from "./scope.ts";
import { join, sequence, whenSent } from "./sql.ts";

/**
 * `ORDER BY` and its terms; nothing for none.
 *
 * @param rank what stands for a rank; where the rows come out of a sub-select, its column of `rankColumns`
 */
export function orderSql(
  terms: readonly OrderTerm[],
  scope: Scope,
  rank: (term: RankTerm) => Sql = (term) => rankSql(term, scope),
): Sql {
  if (terms.length === 0) return "";
  const written = terms.map((term) => {
    if ("column" in term) return columnTermSql(term, scope);
    return whenRanked(term, sequence(rank(term), term.descending ? " DESC" : ""));
  });
  return sequence(" ORDER BY ", join(", ", written));
}

export const orderedColumns = (terms: readonly OrderTerm[]): readonly Column[] =>
  terms.flatMap((term) => ("column" in term ? [term.column] : []));

/** The ranks that rows are ordered by, as further columns of the SELECT that finds them. */
export function rankColumns(terms: readonly OrderTerm[], scope: Scope): Sql {
  return sequence(
    ...terms.flatMap((term) =>
      "by" in term ? [whenRanked(term, sequence(", ", rankSql(term, scope), ` AS ${rankColumn(term)}`))] : [],
    ),
  );
}

/** The name of such a column, which no relation's has. */
export const rankColumn = ({ by }: RankTerm): string => quoteName(`$order.${rankName(by)}`);

/** Less is better: metres, or what FTS5 makes of BM25. */
function rankSql({ by }: RankTerm, scope: Scope): Sql {
  return by.kind === "near" ? distanceSql(by, scope) : `${scope.ranking!.alias}.rank`;
}

function whenRanked({ by }: RankTerm, then: Sql): Sql {
  const operands = by.kind === "near" ? [by.latitude, by.longitude, by.within] : [by.text];
  return whenSent(optionalNames(...operands), then);
}

/** Where the nulls of a term come: null where there are none. SQLite puts them first, and last when descending. */
export function nullsOf({ column, descending, nulls }: ColumnTerm): "first" | "last" | null {
  if (!column.nullable) return null;
  return nulls ?? (descending ? "last" : "first");
}

function columnTermSql(term: ColumnTerm, scope: Scope): string {
  const nulls = nullsOf(term);
  const usual = term.descending ? "last" : "first";
  const unusual = nulls !== null && nulls !== usual ? ` NULLS ${nulls.toUpperCase()}` : "";
  return `${columnSql(term.column, scope)}${term.descending ? " DESC" : ""}${unusual}`;
}
