import type { BatchInsert, BatchStatement, Sql } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import type { LinkChange } from "../ir/nestedWrite.ts";
import type { InverseRelation, ManyToManyRelation } from "../ir/table.ts";
import { columnsOf, equal, tuple } from "./link.ts";
import { keyed, keysSql, missingRows } from "./linkKeys.ts";
import { optionalNames } from "./operand.ts";
import { quoteName } from "./quote.ts";
import { columnSql, innerScope, type Scope, tableSql } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import { type Surroundings, scopeWithin, type WrittenRow } from "./surroundings.ts";
import { insertParts, setClause } from "./write.ts";

/*
 * Links between rows. A guard before each says which keys lead to no row; linking what is linked already does nothing. A list of keys is
 * one parameter, however long, and two statements.
 */

/** Makes the row lead to rows that are there. */
export function linkRows(
  relation: InverseRelation | ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  const link =
    relation.kind === "manyToMany" ? junctionRows(relation, keys, row, inner) : adoption(relation, keys, row, inner);
  const ends = relation.kind === "manyToMany" ? relation.far.references : [];
  return [missingRows(relation.to, keys, ends, inner), link];
}

/** What an update does with the links of its row. */
export function changeLinks(
  { relation, change, keys }: LinkChange,
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  if (change === "add") return linkRows(relation, keys, row, inner);
  if (change === "remove") return [unlinking(relation, keys, row, inner, false)];
  const [guard, link] = linkRows(relation, keys, row, inner) as [BatchStatement, BatchStatement];
  return [guard, unlinking(relation, keys, row, inner, true), link];
}

/** Links a row to one that was written with it. */
export function createdLink(
  { junction, near, far }: ManyToManyRelation,
  row: WrittenRow,
  created: WrittenRow,
  inner: Surroundings,
): BatchInsert {
  const ends = new Map([
    ...near.columns.map((column, at) => [column, row.valueOf(near.references[at]!)] as const),
    ...far.columns.map((column, at) => [column, created.valueOf(far.references[at]!)] as const),
  ]);
  const { into, values } = insertParts(junction, [], scopeWithin(junction, inner), ends);
  return { step: inner.step, table: junction.name, into, values: sequence("(", values, ")") };
}

/** A scope whose fresh ids are made by the database, one for each row of the statement. */
function perRow(scope: Scope): Scope {
  return { ...scope, batch: { ...scope.batch!, item: scope.row } };
}

/** The rows between, for those keys that are not linked yet. */
function junctionRows(
  relation: ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): BatchStatement {
  const { junction, near, far, to } = relation;
  const { scope, key } = keyed(to, inner);
  const middle = innerScope(scope, junction);
  const ends = new Map([
    ...near.columns.map((column, at) => [column, row.valueOf(near.references[at]!)] as const),
    ...far.columns.map((column, at) => [column, columnSql(far.references[at]!, scope)] as const),
  ]);
  const each = perRow(scopeWithin(junction, inner));
  const { into, values } = insertParts(junction, [], each, ends);
  const here = near.columns.map((column) => sequence(`${columnSql(column, middle)} = `, ends.get(column)!));
  const linked = join(" AND ", [...here, equal(columnsOf(far.columns, middle), columnsOf(far.references, scope))]);
  return {
    step: inner.step,
    table: junction.name,
    sql: sequence(
      into,
      " SELECT ",
      values,
      " FROM ",
      tableSql(to, scope),
      ` WHERE ${key} IN (`,
      keysSql(keys, scope),
      ") AND NOT EXISTS (SELECT 1 FROM ",
      tableSql(junction, middle),
      " WHERE ",
      linked,
      ")",
    ),
  };
}

/** Rows of which each leads to one other come to lead to this one. */
function adoption(
  { to, inverse }: InverseRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): BatchStatement {
  const scope = scopeWithin(to, inner);
  const set = inverse.columns.map((column, at) =>
    sequence(`${quoteName(column.sqlName)} = `, row.valueOf(inverse.references[at]!)),
  );
  const key = columnSql(to.primaryKey[0]!, scope);
  return {
    step: inner.step,
    table: to.name,
    sql: sequence(
      `UPDATE ${quoteName(to.sqlName)}`,
      setClause(to, [], set),
      ` WHERE ${key} IN (`,
      keysSql(keys, scope),
      ")",
    ),
  };
}

/** Takes links away: those to the keys, or `others`: those to all but the keys, where there is a list at all. */
function unlinking(
  { junction, near, far, to }: ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
  others: boolean,
): BatchStatement {
  const scope = scopeWithin(junction, inner);
  const end = innerScope(scope, to);
  const here = near.columns.map((column, at) =>
    sequence(`${columnSql(column, scope)} = `, row.valueOf(near.references[at]!)),
  );
  const [ends, references] = [columnsOf(far.columns, scope), columnsOf(far.references, end)];
  const [from, key] = [tableSql(to, end), columnSql(to.primaryKey[0]!, end)];
  // a row between that leads to nothing is no link, which NOT IN would not see
  const before = others
    ? sequence("EXISTS (SELECT 1 FROM ", from, ` WHERE ${equal(references, ends)} AND ${key} NOT IN (`)
    : sequence(`${tuple(ends)} IN (SELECT ${references.join(", ")} FROM `, from, ` WHERE ${key} IN (`);
  const linked = sequence(before, keysSql(keys, scope), "))");
  const lists = keys.filter((key) => key.of.type.kind === "array");
  const sent = others
    ? optionalNames(...lists).map((name): Sql => ({ when: name, then: "TRUE", otherwise: "FALSE" }))
    : [];
  return {
    step: inner.step,
    table: junction.name,
    sql: sequence(`DELETE FROM ${quoteName(junction.sqlName)} WHERE `, join(" AND ", [...here, linked, ...sent])),
  };
}
