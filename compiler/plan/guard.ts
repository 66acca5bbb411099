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
  const [only, ...others] = refusals;
  if (!only) return undefined;
  if (others.length === 0) {
    const which = only.when === "TRUE" ? where : [...where, only.when];
    return guardOver(words(only.word), sequence(" FROM ", from, whereSql(which)));
  }
  const cases = refusals.flatMap(({ when }, at) => [" WHEN ", when, ` THEN ${at}`]);
  const first = sequence("SELECT min(CASE", ...cases, ' END) AS "first" FROM ', from, whereSql(where));
  const told = refusals.flatMap(({ word }, at) => [` WHEN ${at} THEN `, words(word)]);
  return guardOver(
    sequence('CASE "first"', ...told, " END"),
    sequence(" FROM (", first, ') WHERE "first" IS NOT NULL'),
  );
}
