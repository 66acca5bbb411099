import type { Sql } from "../../runtime/server/plan.ts";
import type { Body } from "../ir/operation.ts";
import { assigned, changeRefusals } from "./changeGuard.ts";
import type { Words } from "./expectation.ts";
import { readable } from "./eyes.ts";
import { futureRow } from "./futureRow.ts";
import { guardOf } from "./guard.ts";
import { newRowRefusals, newValue } from "./newRowGuard.ts";
import { quoteName } from "./quote.ts";
import type { Refusal } from "./refusals.ts";
import { type Scope, type Style, unnamed, writeScope } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import { changes, met } from "./upsert.ts";

type Upsert = Extract<Body, { kind: "upsert" }>;

/**
 * The guards before an upsert. Where there is no row that the caller may read it is an INSERT: it obeys the rules of one, and then what
 * stands in its way is told as to one. Else it is an UPDATE.
 */
export function upsertGuards(body: Upsert, style: Style, words: Words): readonly Sql[] {
  const scope = writeScope(body.table, unnamed(style));
  return [created(body, scope, words), changed(body, scope, words)].filter((guard) => guard !== undefined);
}

function created(body: Upsert, scope: Scope, words: Words): Sql | undefined {
  const { table } = body;
  const future = futureRow(table, newValue(body, scope), scope);
  const refusals = [...newRowRefusals(body, future.scope), ...hiddenTwin(body, scope)];
  const other = sequence("NOT ", exists(body, seen(body, scope)));
  return guardOf(refusals, words, future.from(refusals.map(({ when }) => when)), [other]);
}

/** A row is there that the caller may not read. */
function hiddenTwin(body: Upsert, scope: Scope): readonly Refusal[] {
  const { table, conflict } = body;
  if (readable(table, scope) === undefined) return [];
  const columns = conflict.columns.map(({ name }) => name).join(",");
  return [{ word: `unique!${table.name}!${columns}`, when: exists(body, met(body, scope)) }];
}

function changed(body: Upsert, scope: Scope, words: Words): Sql | undefined {
  const refusals = changeRefusals(body.table, assigned(changes(body), scope), scope);
  return guardOf(refusals, words, quoteName(body.table.sqlName), seen(body, scope));
}

/** The row that is there and that the caller may read, as conditions. */
function seen(body: Upsert, scope: Scope): readonly Sql[] {
  const own = readable(body.table, scope);
  return [...met(body, scope), ...(own === undefined ? [] : [own])];
}

function exists({ table }: Upsert, conditions: readonly Sql[]): Sql {
  return sequence(`EXISTS (SELECT 1 FROM ${quoteName(table.sqlName)} WHERE `, join(" AND ", conditions), ")");
}
