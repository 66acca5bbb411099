import type { OrderTerm } from "../ir/operation.ts";
import { columnSql, type Scope } from "./scope.ts";

/** `ORDER BY` and its terms; nothing for none. */
export function orderSql(terms: readonly OrderTerm[], scope: Scope): string {
  return terms.length === 0 ? "" : ` ORDER BY ${terms.map((term) => termSql(term, scope)).join(", ")}`;
}

/** Where the nulls of a term come: null where there are none. SQLite puts them first, and last when descending. */
export function nullsOf({ column, descending, nulls }: OrderTerm): "first" | "last" | null {
  if (!column.nullable) return null;
  return nulls ?? (descending ? "last" : "first");
}

function termSql(term: OrderTerm, scope: Scope): string {
  const nulls = nullsOf(term);
  const usual = term.descending ? "last" : "first";
  const unusual = nulls !== null && nulls !== usual ? ` NULLS ${nulls.toUpperCase()}` : "";
  return `${columnSql(term.column, scope)}${term.descending ? " DESC" : ""}${unusual}`;
}
