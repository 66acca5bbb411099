import type { Sql } from "../../runtime/server/plan.ts";
import type { NestedSelection, Selection } from "../ir/operation.ts";
import type { Column, ManyToManyRelation } from "../ir/table.ts";
import { conditionSql, whereSql } from "./condition.ts";
import { columnJson, jsonObject } from "./json.ts";
import { columnsOf, equal, isToOne, linkColumns, linkOf, tuple } from "./link.ts";
import { operandSql } from "./operand.ts";
import { orderSql } from "./order.ts";
import { quoteName } from "./quote.ts";
import { innerScope, relatedScope, type Scope, tableSql } from "./scope.ts";
import { orderedScope, rankedFrom } from "./search.ts";
import { join, sequence } from "./sql.ts";

/** How a row is made: its JSON, with the rows nested in it, and what a sub-select has to give where it comes out of one. */
export interface Row {
  readonly json: Sql;
  readonly columns: Sql;
  /** nested rows are among `columns`, so that there has to be a sub-select */
  readonly apart: boolean;
}

/**
 * Nested rows stand in the JSON itself, since SQLite forgets behind a FROM that a text is JSON, and has to read it again. But it
 * adds up the heights of expressions within expressions, and those behind a FROM count but once: so deep nests stand there.
 *
 * @param further columns that the statement needs besides
 * @param deep whether the row is part of a deep nest
 */
export function rowOf(
  selection: Selection,
  scope: Scope,
  further: readonly Column[] = [],
  deep: boolean = levels(selection) > MOST_LEVELS,
): Row {
  const apart = deep && selection.with.length > 0;
  const nested = selection.with.map((each) => ({
    name: each.name,
    alias: quoteName(`$${each.name}`),
    sql: nestedSql(each, scope, deep),
  }));
  const linked = apart ? [] : selection.with.flatMap(({ relation }) => linkColumns(relation));
  const columns = columnsOf([...new Set([...selection.columns, ...linked, ...further])], scope);
  const json = jsonObject([
    ...selection.columns.map((column) => [column.name, columnJson(column, scope)] as const),
    ...nested.map(({ name, alias, sql }) => [name, apart ? `json(${scope.row}.${alias})` : sql] as const),
  ]);
  const above = apart ? nested.map(({ alias, sql }) => sequence(sql, ` AS ${alias}`)) : [];
  const listed = [...columns, ...above];
  return { json, columns: listed.length === 0 ? "NULL" : join(", ", listed), apart };
}

/** How deep rows nest inside one expression. D1 takes a height of 100 in all. */
const MOST_LEVELS = 3;

function levels({ with: nested }: Selection): number {
  return Math.max(0, ...nested.map(({ selection }) => 1 + levels(selection)));
}

function nestedSql(nested: NestedSelection, outer: Scope, deep: boolean): Sql {
  const scope = orderedScope(relatedScope(outer, nested.relation), nested.orderBy);
  const row = rowOf(nested.selection, scope, [], deep);
  const { from, conditions } = relatedRows(nested, outer, scope);
  const found = sequence(
    " FROM ",
    rankedFrom(from, scope),
    whereSql(conditions),
    orderSql(nested.orderBy, scope),
    windowSql(nested, scope),
  );
  const rows = sequence(" FROM (SELECT ", row.columns, found, `) AS ${scope.row}`);
  if (!isToOne(nested.relation)) return sequence("(SELECT json_group_array(", row.json, ")", rows, ")");
  return sequence("(SELECT ", row.json, row.apart ? rows : found, ")");
}

/** `LIMIT` and `OFFSET`. SQLite knows no offset without a limit. */
export function windowSql({ limit, offset }: Pick<NestedSelection, "limit" | "offset">, scope: Scope): Sql {
  if (!limit) return "";
  const from: readonly Sql[] = offset ? [" OFFSET ", operandSql(offset, scope)] : [];
  return sequence(" LIMIT ", operandSql(limit, scope), ...from);
}

function relatedRows({ relation, where }: NestedSelection, outer: Scope, scope: Scope) {
  const further = where ? [conditionSql(where, scope)] : [];
  if (relation.kind === "manyToMany" && mayRepeat(relation)) {
    return { from: tableSql(relation.to, scope), conditions: [linkedOnce(relation, outer, scope), ...further] };
  }
  const link = linkOf(relation, outer, scope);
  return { from: link.from, conditions: [equal(link.inner, link.outer), ...further] };
}

/** Whether a junction may link the same two rows twice. */
function mayRepeat({ junction, near, far }: ManyToManyRelation): boolean {
  const pair = [...near.columns, ...far.columns];
  return !junction.uniqueKeys.some((key) => key.every((column) => pair.includes(column)));
}

function linkedOnce({ junction, near, far }: ManyToManyRelation, outer: Scope, scope: Scope): string {
  const middle = innerScope(scope, junction);
  const columns = columnsOf(far.columns, middle).join(", ");
  const here = equal(columnsOf(near.columns, middle), columnsOf(near.references, outer));
  return `${tuple(columnsOf(far.references, scope))} IN (SELECT ${columns} FROM ${tableSql(junction, middle)} WHERE ${here})`;
}
