import type { Sql } from "../../runtime/server/plan.ts";
import type { Search } from "../ir/condition.ts";
import type { OrderTerm } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { callBind, optionalNames } from "./operand.ts";
import { quoteName } from "./quote.ts";
import type { Scope } from "./scope.ts";
import { sequence, whenSent } from "./sql.ts";

/** The SQL name of the full-text index of a table. It ends in no word that FTS5 puts behind it for tables of its own. */
export const searchIndexName = (table: string): string => `_af_${table}.search`;

/** How SQLite calls the number of a table's rows: a whole-number key is it; else by the first name for it that no column has. */
export function rowidName({ primaryKey, columns }: Pick<Table, "primaryKey" | "columns">): string {
  const [key, ...others] = primaryKey;
  if (key && others.length === 0 && (key.type.kind === "integer" || key.type.kind === "bigint")) return key.sqlName;
  const taken = new Set([...columns.values()].map(({ sqlName }) => sqlName.toLowerCase()));
  return ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name)) ?? "rowid";
}

/** Whether the row is among those that the full-text index finds. Where it orders them it is joined already. */
export function searchSql(search: Search, scope: Scope): Sql {
  const index = quoteName(searchIndexName(search.table.sqlName));
  const rowid = `${scope.row}.${quoteName(rowidName(search.table))}`;
  const words = { search: callBind(search.text) };
  if (scope.ranking?.search !== search) return sequence(`${rowid} IN (SELECT rowid FROM ${index}(`, words, "))");
  const { alias } = scope.ranking;
  return sequence(`(${alias}.${index} MATCH `, words, ` AND ${rowid} = ${alias}.rowid)`);
}

/** The scope of rows in an order: knows the search by whose matches they are ordered. */
export function orderedScope(scope: Scope, terms: readonly OrderTerm[]): Scope {
  const search = terms.flatMap((term) => ("by" in term && term.by.kind === "search" ? [term.by] : []))[0];
  return search ? { ...scope, ranking: { search, alias: `${scope.row}_search` } } : scope;
}

/** What stands behind FROM, with the index that orders the rows before it: a match is reckoned once, not anew for each row. */
export function rankedFrom(from: Sql, { ranking }: Scope): Sql {
  if (!ranking) return from;
  const { search, alias } = ranking;
  const index = `${quoteName(searchIndexName(search.table.sqlName))} AS ${alias} CROSS JOIN `;
  return sequence(whenSent(optionalNames(search.text), index), from);
}
