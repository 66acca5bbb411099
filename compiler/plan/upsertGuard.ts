import type { Sql } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import { assigned, changeRefusals } from "./changeGuard.ts";
import { conditionSql } from "./condition.ts";
import { guardOver, type Words } from "./expectation.ts";
import { readable } from "./eyes.ts";
import { futureRow } from "./futureRow.ts";
import { guardOf, type Items, tableAndItems } from "./guard.ts";
import { newRowRefusals, newValue } from "./newRowGuard.ts";
import { quoteName } from "./quote.ts";
import { columnSql, type Scope } from "./scope.ts";
import { sequence, whereSql } from "./sql.ts";
import { changes, met } from "./upsert.ts";

type Upsert = Extract<Body, { kind: "upsert" }>;

/**
 * The guards before an upsert. Where there is no row that the caller may read it is an INSERT: it obeys the rules of one, and then what
 * stands in its way is told as to one. Else it is an UPDATE.
 *
 * @param scope the row that is there
 */
export function upsertGuards(body: Upsert, scope: Scope, words: Words, items?: Items): readonly Sql[] {
  const changed = changedGuard(body, scope, words, items);
  const repeated = items && changed && repeatedGuard(body, scope, words, items);
  return [createdGuard(body, scope, words, items), repeated, changed].filter((guard) => guard !== undefined);
}

/** No row that is made for one of the list's may be changed for another: it is not there yet when changes are judged. */
function repeatedGuard(body: Upsert, scope: Scope, words: Words, items: Items): Sql {
  const { table, conflict } = body;
  const future = futureRow(table, newValue(body, scope), scope, ofItems(items));
  const key = conflict.columns.map((column) => columnSql(column, future.scope));
  const among = [
    ...key.map((column) => `${column} IS NOT NULL`),
    ...(conflict.where ? [conditionSql(conflict.where, future.scope)] : []),
  ];
  const from = sequence(" FROM ", future.from(among), whereSql(among));
  return guardOver(words("conflict"), sequence(from, ` GROUP BY ${key.join(", ")} HAVING count(*) > 1`));
}

const ofItems = ({ from, where }: Items): Sql => sequence(" FROM ", from, whereSql(where));

function createdGuard(body: Upsert, scope: Scope, words: Words, items?: Items): Sql | undefined {
  const { table, conflict } = body;
  const future = futureRow(table, newValue(body, scope), scope, items && ofItems(items));
  const twin = [
    ...conflict.columns.map((column) => `${columnSql(column, scope)} = ${columnSql(column, future.scope)}`),
    ...(conflict.where ? [conditionSql(conflict.where, scope)] : []),
  ];
  const exists = (conditions: readonly Sql[]) =>
    sequence(`EXISTS (SELECT 1 FROM ${quoteName(table.sqlName)}`, whereSql(conditions), ")");
  const columns = conflict.columns.map(({ name }) => name).join(",");
  const own = readable(table, scope);
  const hidden = own === undefined ? [] : [{ word: `unique!${table.name}!${columns}`, when: exists(twin) }];
  const refusals = [...newRowRefusals(body, future.scope), ...hidden];
  const isNew = sequence("NOT ", exists(own === undefined ? twin : [...twin, own]));
  return guardOf(refusals, words, future.from([isNew, ...refusals.map(({ when }) => when)]), [isNew]);
}

function changedGuard(body: Upsert, scope: Scope, words: Words, items?: Items): Sql | undefined {
  const { table } = body;
  const own = readable(table, scope);
  const refusals = changeRefusals(table, assigned(changes(body, scope.eyes), scope), scope);
  const twin = met(body, scope);
  return guardOf(refusals, words, tableAndItems(table, items), own === undefined ? twin : [...twin, own]);
}
