import type { BatchStatement, Sql } from "../../runtime/server/plan.ts";
import type { Each } from "../ir/items.ts";
import type { Selection, Step } from "../ir/operation.ts";
import { countRefusal, guardOver, type Words } from "./expectation.ts";
import { columnsOf } from "./link.ts";
import { quoteName } from "./quote.ts";
import { removed, returning } from "./returning.ts";
import { innerScope, type Scope, type Style, tableSql, unnamed, writeScope } from "./scope.ts";
import { sequence, whereSql } from "./sql.ts";
import { guard, refusal, write } from "./stepParts.ts";
import { onConflict } from "./upsert.ts";
import { conditions, insertParts, meantRows, updateSql } from "./write.ts";
import { type RowsWrite, writeGuards } from "./writeGuards.ts";

/*
 * A step that is done for each row of a table is one statement over these rows. Guards before it prove of each row what `expect` says, and
 * that no row is changed for two of them: SQLite would do one of the two.
 */

type List = Extract<Each, { kind: "list" }>;

/** The statements of a step with `each: { list: table, where }`. Which of the rows refuses is not told. */
export function listStatements(
  step: Step,
  list: List,
  returns: Selection | undefined,
  style: Style,
): readonly BatchStatement[] {
  const { body } = step;
  const words: Words = (word) => refusal(step, word);
  switch (body.kind) {
    case "get":
    case "aggregate":
      throw new Error("A row is read once");
    case "check": {
      const { items, scope } = itemsOf(list, step, unnamed(style));
      const found = sequence(body.is === "some" ? "NOT EXISTS (" : "EXISTS (", meant(step, "1", scope), ")");
      return [
        guard(step, refuse(words(body.is === "some" ? "not_found" : "conflict"), items.from, [...items.where, found])),
      ];
    }
    case "insert":
    case "upsert": {
      const { items, scope } = itemsOf(list, step, style);
      const { into, values } = insertParts(body.table, body.assignments, scope);
      // without a WHERE, SQLite takes the ON of an upsert for that of a join
      const conflict = body.kind === "upsert" ? onConflict(body, scope) : "";
      const which = whereSql(conflict === "" || items.where.length > 0 ? items.where : ["TRUE"]);
      const select = sequence(into, " SELECT ", values, " FROM ", items.from, which, conflict);
      return [...guardsOf(step, body, list, words, style), written(step, select, returns, scope)];
    }
    case "update": {
      const { items, scope } = itemsOf(list, step, style);
      const rows = sequence(" FROM (SELECT * FROM ", items.from, whereSql(items.where), `) AS ${items.alias}`);
      const guards = [...counted(step, list, words, style), once(step, list, words, style)];
      return [
        ...guards,
        ...guardsOf(step, body, list, words, style),
        written(step, updateSql(body, scope, rows), returns, scope),
      ];
    }
    case "delete": {
      const { items, scope } = itemsOf(list, step, style);
      const which = whereSql([...items.where, ...meantRows(body, scope)]);
      const met = sequence(" WHERE EXISTS (SELECT 1 FROM ", items.from, which, ")");
      const gone = returns && removed(returns, scope, met);
      const sql = sequence(`DELETE FROM ${quoteName(body.table.sqlName)}`, met, gone?.returning ?? "");
      const before: BatchStatement[] =
        gone?.rows === undefined ? [] : [{ step: step.name, sql: gone.rows, answers: true }];
      const guards = [...counted(step, list, words, style), ...guardsOf(step, body, list, words, style)];
      return [...guards, ...before, write(step, sql, before.length > 0 ? undefined : returns, [])];
    }
  }
}

/** The guards of rules, over all rows of the list. */
function guardsOf(step: Step, body: RowsWrite, list: List, words: Words, style: Style): readonly BatchStatement[] {
  const { items, scope } = itemsOf(list, step, unnamed(style));
  return writeGuards(body, scope, words, items).map((sql) => guard(step, sql));
}

function written(step: Step, sql: Sql, returns: Selection | undefined, scope: Scope): BatchStatement {
  return write(step, returns ? sequence(sql, returning(returns, scope)) : sql, returns, []);
}

/** The rows of the list, and the scope of the step's table, where one of them is `$item`. */
function itemsOf({ table, where }: List, { body }: Step, style: Style) {
  const own = writeScope("table" in body ? body.table : body.selection.table, style);
  const inner = innerScope(own, table);
  const scope: Scope = { ...own, batch: { ...style.batch!, item: inner.row } };
  return { scope, items: { alias: inner.row, from: tableSql(table, inner), where: conditions(where, inner) } };
}

/** Rows that the step means for one item. */
function meant({ body }: Step, what: string, scope: Scope): Sql {
  if (!("table" in body)) throw new Error("A row is read once");
  const inner = innerScope(scope, body.table);
  const where = "where" in body ? body.where : undefined;
  return sequence(`SELECT ${what} FROM `, tableSql(body.table, inner), whereSql(conditions(where, inner)));
}

/** For each item there have to be as many rows as is expected. */
function counted(step: Step, list: List, words: Words, style: Style): readonly BatchStatement[] {
  const { body } = step;
  if (body.kind !== "update" && body.kind !== "delete") return [];
  const { items, scope } = itemsOf(list, step, unnamed(style));
  const wrong = countRefusal(body, words, sequence("(", meant(step, "count(*)", scope), ")"));
  return wrong ? [guard(step, refuse(wrong.code, items.from, [...items.where, sequence("(", wrong.where, ")")]))] : [];
}

/** No row may be met by two items. */
function once(step: Step, list: List, words: Words, style: Style): BatchStatement {
  const { body } = step;
  if (body.kind !== "update") throw new Error("Only an update can do two things to a row");
  const { items, scope } = itemsOf(list, step, unnamed(style));
  const target = innerScope(scope, body.table);
  const both = refuse(words("conflict"), sequence(items.from, " CROSS JOIN ", tableSql(body.table, target)), [
    ...items.where,
    ...conditions(body.where, target),
  ]);
  return guard(
    step,
    sequence(both, ` GROUP BY ${columnsOf(body.table.primaryKey, target).join(", ")} HAVING count(*) > 1`),
  );
}

function refuse(code: Sql, from: Sql, where: readonly Sql[]): Sql {
  return guardOver(code, sequence(" FROM ", from, whereSql(where)));
}
