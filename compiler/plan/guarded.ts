import type { Sql } from "../../runtime/server/plan.ts";
import type { Column } from "../ir/table.ts";
import { MOST_ARGUMENTS } from "./json.ts";
import { isGuarded } from "./permission.ts";
import { quoteName, quoteText } from "./quote.ts";
import { ruleScope, type Scope, type WriteCondition } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/*
 * Columns that may not be read of every row that may be read.
 */

/** In what is seen of a table: whether the column may be read. */
export const flagOf = ({ sqlName }: Column): string => quoteName(`?${sqlName}`);

/** In what is seen of a table: what is there, whether it may be read or not. */
export const rawOf = ({ sqlName }: Column): string => quoteName(`!${sqlName}`);

/** That the caller may read the column of the scope's row; undefined where that is so of every row. */
export function knownColumn(column: Column, scope: Scope, write: WriteCondition): Sql | undefined {
  if (!isHidden(column, scope)) return undefined;
  return scope.bare ? write(column.read!, ruleScope(scope)) : `${scope.row}.${flagOf(column)}`;
}

/**
 * That the caller may read the columns by which the scope's row leads to others. What is seen of a row leads nowhere by others; the row itself
 * would.
 */
export function knownLink(columns: readonly Column[], scope: Scope, write: WriteCondition): readonly Sql[] {
  if (!scope.bare) return [];
  return columns.map((column) => knownColumn(column, scope, write)).filter((known) => known !== undefined);
}

/** The scope of a rule's condition over a row of which there is what the caller sees: it speaks of what there is. */
export function behindGuards(scope: Scope): Scope {
  if (scope.bare || !scope.eyes.see) return ruleScope(scope);
  const behind = (column: Column) => (!column.measured && isHidden(column, scope) ? rawOf(column) : undefined);
  return { ...ruleScope(scope), behind };
}

/** What a SELECT has to carry of a row that is seen, so that it is known of a column whether it may be read. */
export function carriedFlag(column: Column, scope: Scope): readonly string[] {
  return isHidden(column, scope) && !scope.bare ? [`${scope.row}.${flagOf(column)}`] : [];
}

/** Whether there are rows of the scope's table whose column its eyes do not see. */
export const isHidden = (column: Column, { eyes }: Scope): boolean => isGuarded(column, eyes);

/** A row's JSON, without the keys of columns that may not be read. */
export function withoutUnknown(json: Sql, columns: readonly Column[], scope: Scope, write: WriteCondition): Sql {
  if (!scope.eyes.see) return json;
  const paths = columns.flatMap((column): Sql[] => {
    const known = knownColumn(column, scope, write);
    // no key has a question mark
    const [kept, removed] = [`$."?${column.name}"`, `$.${column.name}`].map(quoteText);
    return known === undefined ? [] : [sequence("iif(", known, `, ${kept}, ${removed})`)];
  });
  let sql = json;
  // several at a time: each call reads the text anew
  for (let from = 0; from < paths.length; from += MOST_ARGUMENTS - 1) {
    sql = sequence("json_remove(", join(", ", [sql, ...paths.slice(from, from + MOST_ARGUMENTS - 1)]), ")");
  }
  return sql;
}
