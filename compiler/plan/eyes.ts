import type { Sql } from "../../runtime/server/plan.ts";
import type { Audience } from "../ir/operation.ts";
import { isStored } from "../ir/sqlExpressions.ts";
import type { Column, Table, VerbRules } from "../ir/table.ts";
import { conditionSql } from "./condition.ts";
import { flagOf, rawOf } from "./guarded.ts";
import { granted, hidesRows, isGuarded, permission } from "./permission.ts";
import { quoteName } from "./quote.ts";
import { bareTable, type Eyes, innerScope, ruleScope, type Scope, unhindered } from "./scope.ts";
import { rowidName } from "./search.ts";
import { join, sequence, whereSql } from "./sql.ts";

/** The eyes of who calls an operation; `asSystem`, or where no table asks anything: those of the system, which see everything. */
export function eyesOf(
  { auth, asSystem }: { readonly auth: Audience; readonly asSystem?: string | undefined },
  tables: ReadonlyMap<string, Table>,
): Eyes {
  return asSystem === undefined && askAnything(tables) ? { auth, see } : { auth };
}

const asking = new WeakMap<ReadonlyMap<string, Table>, boolean>();

/** Whether some table asks who reads or writes it: found once for all operations. */
export function askAnything(tables: ReadonlyMap<string, Table>): boolean {
  let asks = asking.get(tables);
  if (asks === undefined) {
    asks = [...tables.values()].some(
      ({ rules, tenant, columns }) =>
        rules || tenant || [...columns.values()].some(({ read, write, secret }) => read || write || secret),
    );
    asking.set(tables, asks);
  }
  return asks;
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
  const guarded = [...table.columns.values()].filter((column) => !column.secret && isGuarded(column, scope.eyes));
  if (!hidesRows(table, scope.eyes) && guarded.length === 0 && columns.length === stored.length) return undefined;
  const { row, from } = foundRows(table, guarded, scope);
  const flag = (column: Column) => `${row}.${flagAmong(guarded, column)}`;
  const listed = columns.flatMap((column): string[] => {
    const name = quoteName(column.sqlName);
    if (!guarded.includes(column)) return [`${row}.${name}`];
    return [`iif(${flag(column)}, ${row}.${name}, NULL) AS ${name}`, `${row}.${name} AS ${rawOf(column)}`];
  });
  const flags = guarded.map((column) => `${flag(column)} AS ${flagOf(column)}`);
  const number = rowNumber(table);
  const found = [...listed, ...flags, ...(number === undefined ? [] : [`${row}.${number} AS ${number}`])];
  return sequence(`SELECT ${found.join(", ")} FROM `, from);
}

/** The rows that may be read, with a flag for each condition of guarded columns: it stands there once, however many columns it guards. */
function foundRows(
  table: Table,
  guarded: readonly Column[],
  scope: Scope,
): { readonly row: string; readonly from: Sql } {
  const inner = innerScope(scope, table, scope.path);
  const bare: Scope = { ...inner, eyes: unhindered(scope.eyes), few: scope.few, bare: true };
  const rows = readable(table, { ...bare, eyes: scope.eyes });
  const from = sequence(bareTable(table, bare), whereSql(rows === undefined ? [] : [rows]));
  if (guarded.length === 0) return { row: bare.row, from };
  const { row } = innerScope(scope, table, scope.path);
  const flags = guarded
    .filter((column) => firstOf(guarded, column) === column)
    .map((column) => sequence(conditionSql(column.read!, bare), ` AS ${flagAmong(guarded, column)}`));
  const number = rowNumber(table);
  const all = number === undefined ? "*" : `*, ${bare.row}.${number} AS ${number}`;
  return { row, from: sequence("(SELECT ", join(", ", [all, ...flags]), " FROM ", from, `) AS ${row}`) };
}

/** The first of the columns with the same guard. */
const firstOf = (guarded: readonly Column[], { read }: Column): Column => guarded.find((each) => each.read === read)!;

const flagAmong = (guarded: readonly Column[], column: Column): string => flagOf(firstOf(guarded, column));

/** What a full-text index calls a row by, where it is no column. */
function rowNumber({ searchable, columns, ...table }: Table): string | undefined {
  const name = rowidName({ columns, ...table });
  const isColumn = [...columns.values()].some(({ sqlName }) => sqlName === name);
  return searchable.length === 0 || isColumn ? undefined : quoteName(name);
}
