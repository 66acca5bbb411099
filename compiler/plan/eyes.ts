import type { Sql } from "../../runtime/server/plan.ts";
import type { Audience } from "../ir/operation.ts";
import { isStored } from "../ir/sqlExpressions.ts";
import type { Column, Table, VerbRules } from "../ir/table.ts";
import { conditionSql } from "./condition.ts";
import { flagOf, rawOf } from "./guarded.ts";
import { granted, hidesRows, isGuarded, permission } from "./permission.ts";
import { quoteName } from "./quote.ts";
import { bareTable, columnSql, type Eyes, innerScope, ruleScope, type Scope, unhindered } from "./scope.ts";
import { rowidName } from "./search.ts";
import { join, sequence, whereSql } from "./sql.ts";

/** The eyes of who calls an operation; `asSystem`: of the system in their stead. */
export function eyesOf({ auth, asSystem }: { readonly auth: Audience; readonly asSystem?: string | undefined }): Eyes {
  return asSystem === undefined ? { auth, see } : { auth };
}

/** That the caller may read the scope's row, which is of the table itself; undefined where all rows may be read. */
export function readable(table: Table, scope: Scope): Sql | undefined {
  if (!hidesRows(table, scope.eyes)) return undefined;
  return conditionSql(permission(table, "read")!, ruleScope(scope));
}

/** That a verb's rules let the caller do it to the scope's row: a grant holds, and no denial. */
export function permitted(rules: VerbRules, scope: Scope): Sql {
  return conditionSql(granted(rules), ruleScope(scope));
}

/**
 * What the caller may see of a table: its readable rows, without secrets. A guarded column is null where it may not be read; beside it stand
 * whether it may (`"?email"`) and what is there, for conditions that ask the former first (`"!email"`). SQLite makes no sub-select of it.
 */
function see(table: Table, scope: Scope): Sql | undefined {
  const stored = [...table.columns.values()].filter(isStored);
  const columns = stored.filter(({ secret }) => !secret);
  const guarded = columns.filter((column) => isGuarded(column, scope.eyes));
  if (!hidesRows(table, scope.eyes) && guarded.length === 0 && columns.length === stored.length) return undefined;
  const bare: Scope = {
    ...innerScope(scope, table, scope.path),
    eyes: unhindered(scope.eyes),
    few: scope.few,
    bare: true,
  };
  const rows = readable(table, { ...bare, eyes: scope.eyes });
  const listed = columns.flatMap((column): Sql[] => {
    const own = columnSql(column, bare);
    if (!guarded.includes(column)) return [own];
    const condition = conditionSql(column.read!, bare);
    return [
      sequence("iif(", condition, `, ${own}, NULL) AS ${quoteName(column.sqlName)}`),
      sequence(condition, ` AS ${flagOf(column)}`),
      `${own} AS ${rawOf(column)}`,
    ];
  });
  const found = [...listed, ...rowidOf(table, bare, columns)];
  return sequence(
    "SELECT ",
    join(", ", found),
    ` FROM ${bareTable(table, bare)}`,
    whereSql(rows === undefined ? [] : [rows]),
  );
}

/** By its number a full-text index knows the row. */
function rowidOf(table: Table, scope: Scope, columns: readonly Column[]): readonly string[] {
  const name = rowidName(table);
  const isListed = columns.some(({ sqlName }) => sqlName === name);
  return table.searchable.length === 0 || isListed ? [] : [`${scope.row}.${quoteName(name)} AS ${quoteName(name)}`];
}
