import type { Sql } from "../../runtime/server/plan.ts";
import { filledBy } from "../ir/nestedWrites.ts";
import type { Step, StepBody } from "../ir/operation.ts";
import { tableOf } from "../ir/step.ts";
import type { Column } from "../ir/table.ts";
import { resultsSql } from "./aggregate.ts";
import { valueAfter } from "./assignment.ts";
import { conditionSql } from "./condition.ts";
import { knownColumn } from "./guarded.ts";
import { insertedValue, lastCounted } from "./insertion.ts";
import { operandSql } from "./operand.ts";
import { quoteName, quoteText } from "./quote.ts";
import { bareTable, columnSql, readScope, type Scope, type Style } from "./scope.ts";
import { join, sequence, whereSql } from "./sql.ts";
import { met } from "./upsert.ts";
import { meantRows } from "./write.ts";

/*
 * What steps say of earlier ones (`$steps.order.id`): the value itself where the Worker knows it, or what `_af_steps` keeps of the row while
 * the batch runs. A later step may change the row, and SQLite cannot hand on what a write returns.
 */

/** The statements that keep a step's row, around the step's own. */
export interface Keeping {
  readonly before: readonly Sql[];
  readonly after: readonly Sql[];
}

export class Kept {
  readonly #columns = new Map<string, Set<Column>>();

  /** `$steps.name.column`, to be kept if it has to be. */
  value(step: Step, column: Column, scope: Scope): Sql {
    const known = knownValue(step, column, scope);
    if (known !== undefined) return known;
    const columns = this.#columns.get(step.name) ?? new Set();
    this.#columns.set(step.name, columns.add(column));
    return keptSql(step, column);
  }

  /** What has to be kept of a step, when all that speak of it are planned. */
  keeping(step: Step, style: Style): Keeping {
    const columns = [...(this.#columns.get(step.name) ?? [])];
    if (columns.length === 0) return { before: [], after: [] };
    const { primaryKey } = tableOf(step);
    switch (step.body.kind) {
      case "insert": {
        const { body } = step;
        return { before: [], after: [keep(step, columns, (scope) => inserted(body, scope), style)] };
      }
      case "upsert": {
        const { body } = step;
        return { before: [], after: [keep(step, columns, (scope) => met(body, scope), style)] };
      }
      case "update": {
        const { body } = step;
        const others = columns.filter((column) => !primaryKey.includes(column));
        const same = (scope: Scope) =>
          primaryKey.map((column) => sequence(`${columnSql(column, scope)} = `, keptSql(step, column)));
        return {
          before: [keep(step, primaryKey, (scope) => meantRows(body, scope), style)],
          after: others.length === 0 ? [] : [keep(step, others, same, style)],
        };
      }
      case "delete":
      case "get": {
        const meant = { table: tableOf(step), where: step.body.where };
        return { before: [keep(step, columns, (scope) => meantRows(meant, scope), style)], after: [] };
      }
      case "aggregate": {
        const { body } = step;
        const value = (column: Column) => {
          const found = resultsSql(body, readScope(body.table, style));
          return sequence(`SELECT ${quoteName(column.sqlName)} FROM (`, found, ")");
        };
        return { before: [keepValues(step, columns, value)], after: [] };
      }
      case "check":
        throw new Error("A check has no row");
    }
  }

  /** What removes all that was kept; undefined where nothing was. */
  get removal(): Sql | undefined {
    return this.#columns.size === 0 ? undefined : 'DELETE FROM "_af_steps"';
  }
}

type Insert = Extract<StepBody, { kind: "insert" }>;

/** What the Worker knows of a new row before it is written; undefined where it does not. */
function knownValue({ body, each }: Step, column: Column, scope: Scope): Sql | undefined {
  if (body.kind !== "insert" || each || column.computed || filledBy(body.nested ?? []).includes(column))
    return undefined;
  const written = body.assignments.find((assignment) => assignment.column === column)?.value;
  const isKnown = written
    ? ["argument", "constant", "now", "step"].includes(written.kind)
    : column.default?.kind !== "count";
  return isKnown ? insertedValue(body.table, body.assignments, scope)(column) : undefined;
}

/** The row that was inserted, as conditions. `last_insert_rowid()` would not do: full-text indexes change it. */
function inserted({ table, assignments }: Insert, scope: Scope): readonly Sql[] {
  const value = insertedValue(table, assignments, scope);
  return table.primaryKey.map((column) => {
    const assigned = assignments.find((assignment) => assignment.column === column);
    const own = column.default?.kind === "count" ? valueAfter(assigned, scope, lastCounted(table)) : value(column);
    return sequence(`${columnSql(column, scope)} = `, own);
  });
}

function keptSql({ name }: Step, column: Column): string {
  return `(SELECT "value" FROM "_af_steps" WHERE "step" = ${quoteText(name)} AND "column" = ${quoteText(column.name)})`;
}

/** Of a row that the caller may not read later steps know what was written; of a column that may not be read there they know nothing. */
function keep(step: Step, columns: readonly Column[], which: (scope: Scope) => readonly Sql[], style: Style): Sql {
  const table = tableOf(step);
  return keepValues(step, columns, (column) => {
    const scope: Scope = { ...readScope(table, style), bare: true };
    const own = operandSql({ kind: "column", column, of: column }, scope);
    const known = knownColumn(column, scope, conditionSql);
    const value = known === undefined ? own : sequence("iif(", known, ", ", own, ", NULL)");
    return sequence("SELECT ", value, ` FROM ${bareTable(table, scope)}`, whereSql(which(scope)), " LIMIT 1");
  });
}

/** @param value the SELECT of a column's value */
function keepValues(step: Step, columns: readonly Column[], value: (column: Column) => Sql): Sql {
  const rows = columns.map((column) =>
    sequence(`(${quoteText(step.name)}, ${quoteText(column.name)}, (`, value(column), "))"),
  );
  return sequence('INSERT INTO "_af_steps" ("step", "column", "value") VALUES ', join(", ", rows));
}
