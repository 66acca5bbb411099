import type { Sql, WriteOperation } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Expectation } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { fixesOneRow } from "../ir/uniqueWhere.ts";
import { sequence } from "./sql.ts";

interface Expecting {
  readonly table: Table;
  readonly where?: Condition | undefined;
  readonly expect?: Expectation | undefined;
}

/** Right behind a write this counts its rows, without those of triggers and cascades. */
const CHANGES = "changes()";

/**
 * What a plan says of the number of rows. A guard stands behind the write only where a refusal has something to undo: no row at
 * all needs none, and neither does a row too many where there can be only one.
 */
export function expectation(of: Expecting): Pick<WriteOperation, "atLeast" | "guard"> {
  const { expect } = of;
  if (!expect) return {};
  const { minimum } = expect;
  const tooFew = minimum > 1 ? `${CHANGES} < ${minimum}` : undefined;
  const wrong = wrongCount(tooFew, tooMany(of, CHANGES), (code) => `'_af:${code}'`);
  return { ...(minimum > 0 && { atLeast: minimum }), ...(wrong && { guard: countGuard(wrong.code, wrong.where) }) };
}

/**
 * The guard behind a write of a batch, which has something to undo whatever it meets.
 *
 * @param code a refusal's word as SQL
 */
export function expectationGuard(of: Expecting, code: Words): Sql | undefined {
  const wrong = countRefusal(of, code, CHANGES);
  return wrong && countGuard(wrong.code, wrong.where);
}

/** A guard's word as SQL, with the step and the item that it names. */
export type Words = (word: string) => Sql;

/** Whether a number of rows is not the one that is expected, and with which word it is refused then; undefined where any number is right. */
export function countRefusal(of: Expecting, code: Words, count: Sql): { code: Sql; where: Sql } | undefined {
  const { expect } = of;
  if (!expect) return undefined;
  const tooFew = expect.minimum > 0 ? sequence(count, ` < ${expect.minimum}`) : undefined;
  return wrongCount(tooFew, tooMany(of, count), code);
}

function tooMany({ table, where, expect }: Expecting, count: Sql): Sql | undefined {
  const maximum = expect?.maximum;
  const canExceed = maximum !== undefined && !(maximum >= 1 && where && fixesOneRow(where, table));
  return canExceed ? sequence(count, ` > ${maximum}`) : undefined;
}

function wrongCount(few: Sql | undefined, many: Sql | undefined, code: Words) {
  const [notFound, conflict] = [code("not_found"), code("conflict")];
  if (few === undefined) return many === undefined ? undefined : { code: conflict, where: many };
  if (many === undefined) return { code: notFound, where: few };
  const either = sequence("iif(", few, ", ", notFound, ", ", conflict, ")");
  return { code: either, where: sequence(few, " OR ", many) };
}

/**
 * Aborts the batch with a code where the write right before met a wrong number of rows. It must not write: before a statement that does,
 * full-text indexes store what they hold in memory, and `changes()` counts that. What only reads has no RAISE, but the error of a bad
 * path of JSON says the path.
 */
function countGuard(code: Sql, where: Sql): Sql {
  return sequence("SELECT json_extract('{}', iif(", where, ", ", code, ", NULL))");
}

/** Aborts the batch with a code where a condition holds. */
export function guardSql(code: Sql, where: Sql): Sql {
  return guardOver(code, sequence(" WHERE ", where));
}

/** Aborts the batch with a code where there is a row: `rows` is what stands behind the SELECT's columns. */
export function guardOver(code: Sql, rows: Sql): Sql {
  return sequence('INSERT INTO "_af_guard" ("code") SELECT ', code, rows);
}
