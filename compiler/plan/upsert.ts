import type { ForeignKeyProbe, Sql, WriteOperation } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Body } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { assignmentNames } from "./assignment.ts";
import { conditionSql, indexCondition } from "./condition.ts";
import { insertProbes, updateProbes } from "./foreignKeys.ts";
import { insertedValue } from "./insertion.ts";
import { quoteName } from "./quote.ts";
import type { PlanOf } from "./read.ts";
import { returning } from "./returning.ts";
import { columnSql, type Eyes, type Scope, type Style, writeScope } from "./scope.ts";
import { sequence, whenSent } from "./sql.ts";
import { insertSql, leftAlone, setClause, setSql, writePlan } from "./write.ts";

type Upsert = Extract<Body, { kind: "upsert" }>;
type WritePlan = PlanOf<WriteOperation> & { readonly kind: "mutation" };

/** One row. Never `INSERT OR REPLACE`, which would delete the row that is there, and what refers to it. */
export function planUpsert(body: Upsert, tables: ReadonlyMap<string, Table>, style: Style): WritePlan {
  const { table, assignments, returns } = body;
  const scope = writeScope(table, style);
  const write = sequence(insertSql(table, assignments, scope), onConflict(body, scope), returning(returns, scope));
  return { ...writePlan(write, returns, upsertKeys(body, tables, style)), result: "row" };
}

/** ` ON CONFLICT … DO UPDATE …`, which stands behind the INSERT. */
export function onConflict(body: Upsert, scope: Scope): Sql {
  const { table, conflict } = body;
  const changed = changes(body, scope.eyes);
  const set = changed.map((assignment) =>
    body.set || hides(table) ? setSql(assignment, scope) : takeOver(assignment),
  );
  const columns = conflict.columns.map(({ sqlName }) => quoteName(sqlName)).join(", ");
  const among = conflict.where ? ` WHERE ${indexCondition(conflict.where)}` : "";
  return sequence(
    ` ON CONFLICT (${columns})${among} DO UPDATE`,
    body.set?.length === 0 ? leftAlone(table) : setClause(table, changed, set),
  );
}

/** The foreign keys that an upsert may break. The row that is there is asked for first: where it is, the new row was never written. */
export function upsertKeys(body: Upsert, tables: ReadonlyMap<string, Table>, style: Style): ForeignKeyProbe[] {
  const { table } = body;
  const assignments = changes(body, style.eyes);
  return [...updateProbes({ table, assignments }, (of) => met(body, of), tables, style), ...insertProbes(body, style)];
}

/**
 * What is written to the row that is there: without a `set`, what the new row would have written. Its key stays, and the tenant that a caller
 * writes a new row for is the row's own.
 */
export function changes({ table, conflict, assignments, set }: Upsert, { see }: Eyes): readonly Assignment[] {
  if (set) return set;
  const stays = [...table.primaryKey, ...conflict.columns, ...(see && table.tenant ? [table.tenant.column] : [])];
  return assignments.filter(({ column }) => !stays.includes(column));
}

/** A table of this name hides the row that was not inserted. */
const hides = ({ sqlName }: Table): boolean => sqlName.toLowerCase() === "excluded";

/** `excluded` is the row that was not inserted: so a value is bound once. */
function takeOver(assignment: Assignment) {
  const name = quoteName(assignment.column.sqlName);
  return whenSent(assignmentNames(assignment), `${name} = excluded.${name}`);
}

/** The row that is there, as conditions. */
export function met({ table, conflict, assignments }: Upsert, scope: Scope): readonly Sql[] {
  const newValue = insertedValue(table, assignments, scope);
  const same = conflict.columns.map((column) => sequence(`${columnSql(column, scope)} = `, newValue(column)));
  return conflict.where ? [...same, conditionSql(conflict.where, scope)] : same;
}
