import type { Sql } from "../../runtime/server/plan.ts";
import type { Table } from "../ir/table.ts";
import { guardOver, type Words } from "./expectation.ts";
import { quoteName, quoteText } from "./quote.ts";
import type { Refusal } from "./refusals.ts";
import { sequence, whereSql } from "./sql.ts";

/*
 * Guards of rules stand in the batch of a write, before it: so nothing changes between what they see and what is written, and a caller who
 * may not write learns of no constraint.
 */

/** The rows of a list that a write is done for, one of which is `$item`. */
export interface Items {
  readonly alias: string;
  readonly from: Sql;
  readonly where: readonly Sql[];
}

/** Rows of a table that is written to, beside those that it is done for: what stands behind FROM. */
export function tableAndItems({ sqlName }: Table, items: Items | undefined): Sql {
  const name = quoteName(sqlName);
  return items ? sequence(`${name}, (SELECT * FROM `, items.from, whereSql(items.where), `) AS ${items.alias}`) : name;
}

/** The words of a write that is no step. */
export const plainWords: Words = (word) => quoteText(`_af:${word}`);

/**
 * Aborts with the word of the first reason that there is for any of the rows; undefined where there is none.
 *
 * @param from the rows
 */
export function guardOf(refusals: readonly Refusal[], words: Words, from: Sql, where: readonly Sql[]): Sql | undefined {
  if (refusals.length === 0) return undefined;
  const { code, rows } = firstRefusal(refusals, words, from, where, "");
  return guardOver(code, rows);
}

/** The number of a row of a list, among the values of rows that are judged together. */
export const NUMBER = '"#"';

/**
 * The end of a statement that judges rows of a list together, behind `INSERT …`.
 *
 * @param words their SQL may speak of `NUMBER`, which the rows have
 */
export function guardOfList(refusals: readonly Refusal[], words: Words, from: Sql): Sql {
  const { code, rows } = firstRefusal(refusals, words, from, [], NUMBER);
  return sequence("SELECT ", code, rows);
}

function firstRefusal(
  refusals: readonly Refusal[],
  words: Words,
  from: Sql,
  where: readonly Sql[],
  number: string,
): { readonly code: Sql; readonly rows: Sql } {
  const [only, ...others] = refusals;
  if (only && others.length === 0) {
    const which = only.when === "TRUE" ? where : [...where, only.when];
    return { code: words(only.word), rows: sequence(" FROM ", from, whereSql(which)) };
  }
  const cases = refusals.flatMap(({ when }, at) => [" WHEN ", when, ` THEN ${at}`]);
  const further = number && `, ${number}`;
  const reasons = sequence("SELECT CASE", ...cases, ` END AS "first"${further} FROM `, from, whereSql(where));
  const told = refusals.flatMap(({ word }, at) => [` WHEN ${at} THEN `, words(word)]);
  return {
    code: sequence('CASE "first"', ...told, " END"),
    rows: sequence(" FROM (", reasons, `) WHERE "first" IS NOT NULL ORDER BY "first"${further} LIMIT 1`),
  };
}
