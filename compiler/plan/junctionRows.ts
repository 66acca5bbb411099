import type { BatchStatement, BatchStep, Sql } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import type { Column, ManyToManyRelation, Table } from "../ir/table.ts";
import { callersOwn } from "../ir/tenants.ts";
import { guardOf } from "./guard.ts";
import type { Given } from "./insertion.ts";
import { columnsOf, equal, tuple } from "./link.ts";
import { keyed, keysSql } from "./linkKeys.ts";
import { newRowGuard } from "./newRowGuard.ts";
import { operandSql, optionalNames } from "./operand.ts";
import { quoteName } from "./quote.ts";
import { ruleRefusals } from "./refusals.ts";
import { bareTable, columnSql, innerScope, type Scope, tableSql } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import { guarding, type Surroundings, scopeWithin, type WrittenRow, wordsIn } from "./surroundings.ts";
import { insertParts, meantRows } from "./write.ts";

/*
 * Rows between two that a relation of many to many links. Those of a declared table obey its rules.
 */

/** Links a row to one that was written with it. */
export function createdLink(
  { junction, near, far }: ManyToManyRelation,
  row: WrittenRow,
  created: WrittenRow,
  inner: Surroundings,
): readonly BatchStep[] {
  const ends = new Map([
    ...ofCaller(junction, inner),
    ...near.columns.map((column, at) => [column, row.valueOf(near.references[at]!)] as const),
    ...far.columns.map((column, at) => [column, created.valueOf(far.references[at]!)] as const),
  ]);
  const scope = scopeWithin(junction, inner);
  const { into, values } = insertParts(junction, [], scope, ends);
  return [
    ...guarding(newRowGuard(between({ junction, near, far }, ends), scope, wordsIn(inner)), inner),
    { step: inner.step, table: junction.name, into, values: sequence("(", values, ")") },
  ];
}

/** Whose the rows between are, where these have a tenant and it is nothing that an end says. */
function ofCaller(junction: Table, inner: Surroundings): readonly (readonly [Column, Sql])[] {
  const { tenant } = junction;
  if (!tenant || !inner.style.eyes.see) return [];
  return [[tenant.column, operandSql(callersOwn(tenant), scopeWithin(junction, inner))]];
}

type Ends = Pick<ManyToManyRelation, "junction" | "near" | "far">;

const between = ({ junction, near, far }: Ends, given: Given) => ({
  table: junction,
  assignments: [],
  given,
  through: [near, far],
});

/** A scope whose fresh ids are made by the database, one for each row of the statement. */
function perRow(scope: Scope): Scope {
  return { ...scope, batch: { ...scope.batch!, item: scope.row } };
}

/** The rows between, for those keys that are not linked yet, and before them what refuses such rows. */
export function junctionRows(
  relation: ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  const { junction, near, far, to } = relation;
  const { scope, key } = keyed(to, inner);
  const middle = innerScope(scope, junction);
  const ends = new Map([
    ...ofCaller(junction, inner),
    ...near.columns.map((column, at) => [column, row.valueOf(near.references[at]!)] as const),
    ...far.columns.map((column, at) => [column, columnSql(far.references[at]!, scope)] as const),
  ]);
  const each = perRow(scopeWithin(junction, inner));
  const { into, values } = insertParts(junction, [], each, ends);
  const here = near.columns.map((column) => sequence(`${columnSql(column, middle)} = `, ends.get(column)!));
  const linked = join(" AND ", [...here, equal(columnsOf(far.columns, middle), columnsOf(far.references, scope))]);
  const rows = sequence(
    " FROM ",
    tableSql(to, scope),
    ` WHERE ${key} IN (`,
    keysSql(keys, scope),
    // a link that the caller may not see is one, too
    `) AND NOT EXISTS (SELECT 1 FROM ${bareTable(junction, middle)} WHERE `,
    linked,
    ")",
  );
  return [
    ...guarding(newRowGuard(between(relation, ends), each, wordsIn(inner), rows), inner),
    { step: inner.step, table: junction.name, sql: sequence(into, " SELECT ", values, rows) },
  ];
}

/** Takes links away: those to the keys, or `others`: those to all but the keys, where there is a list at all. */
export function unlinking(
  { junction, near, far, to }: ManyToManyRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
  others: boolean,
): readonly BatchStatement[] {
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
  const rows = [...here, linked, ...sent, ...meantRows({ table: junction }, scope)];
  const name = quoteName(junction.sqlName);
  const guard = guardOf(ruleRefusals(junction, "delete", scope), wordsIn(inner), name, rows);
  return [
    ...guarding(guard, inner),
    { step: inner.step, table: junction.name, sql: sequence(`DELETE FROM ${name} WHERE `, join(" AND ", rows)) },
  ];
}
