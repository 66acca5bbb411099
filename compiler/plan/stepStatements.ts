import type { BatchInsert, BatchStatement, BatchStep, Sql } from "../../runtime/server/plan.ts";
import { listPath } from "../ir/items.ts";
import type { Selection, Step, StepBody } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { planAggregate } from "./aggregate.ts";
import { countRefusal, expectationGuard, guardSql } from "./expectation.ts";
import { insertProbes } from "./foreignKeys.ts";
import { linkStatements } from "./linkedUpdate.ts";
import { listedGuard, newRowSteps } from "./newRow.ts";
import { planGet } from "./read.ts";
import { removed, returning, type Told } from "./returning.ts";
import { listStatements } from "./rowEach.ts";
import { readScope, type Scope, type Style, tableSql, unnamed, writeScope } from "./scope.ts";
import { sequence, whereSql } from "./sql.ts";
import { isStale } from "./stale.ts";
import { guard, refusal, write } from "./stepParts.ts";
import type { Surroundings } from "./surroundings.ts";
import { onConflict, upsertKeys } from "./upsert.ts";
import { conditions, deleteKeys, deleteSql, insertParts, rows, updateKeys, updateSql } from "./write.ts";
import { writeGuards } from "./writeGuards.ts";

type Tables = ReadonlyMap<string, Table>;
type BodyOf<K extends StepBody["kind"]> = Extract<StepBody, { kind: K }>;

/**
 * What a step does: for each item of a list of arguments, or for all rows of a table where its `each` says so.
 *
 * @param returns what is answered of its rows; undefined: nothing
 */
export function stepStatements(
  step: Step,
  returns: Selection | undefined,
  tables: Tables,
  style: Style,
): readonly BatchStep[] {
  if (step.each?.kind === "list") return listStatements(step, step.each, returns, style);
  const statements = ownStatements(step, returns, tables, style);
  if (step.each?.kind !== "argument") return [...guardsOf(step, style), ...statements];
  const each = listPath(step.each);
  if (step.body.kind !== "insert") return [{ each, of: [...guardsOf(step, style), ...statements] }];
  const guard = step.body.nested ? [] : listedGuard(step.body, surroundings(step, style));
  return guard.length === 0
    ? [{ each, of: statements }]
    : [
        { each, of: guard },
        { each, of: statements },
      ];
}

/** The guards of rules before a write; those of a row with others beside it stand between their statements. */
function guardsOf(step: Step, style: Style): readonly BatchStatement[] {
  const { body } = step;
  if (body.kind === "get" || body.kind === "aggregate" || body.kind === "check") return [];
  if (body.kind === "insert" && body.nested) return [];
  const scope = writeScope(body.table, unnamed(style));
  return writeGuards(body, scope, (word) => refusal(step, word)).map((sql) => guard(step, sql));
}

function ownStatements(step: Step, returns: Selection | undefined, tables: Tables, style: Style): readonly BatchStep[] {
  const { body } = step;
  switch (body.kind) {
    case "insert":
      return body.nested
        ? newRowSteps(body, surroundings(step, style, returns))
        : [insertion(step, body, returns, style)];
    case "upsert": {
      const scope = writeScope(body.table, style);
      const { into, values } = insertParts(body.table, body.assignments, scope);
      const conflict = onConflict(body, scope);
      const sql = sequence(into, " VALUES (", values, ")", conflict, returns ? returning(returns, scope) : "");
      return [write(step, sql, returns, upsertKeys(body, tables, style))];
    }
    case "update":
    case "delete":
      return change(step, body, returns, tables, style);
    case "get":
      return read(step, body, returns, style);
    case "aggregate":
      return returns ? [answering(step, planAggregate({ ...body, selection: returns }, style).sql)] : [];
    case "check":
      return [guard(step, checkSql(step, body, style))];
  }
}

/** Of the items of one list, as few statements as possible. */
function insertion(step: Step, body: BodyOf<"insert">, returns: Selection | undefined, style: Style): BatchStep {
  const scope = writeScope(body.table, style);
  const { into, values } = insertParts(body.table, body.assignments, scope);
  const row = sequence("(", values, ")");
  const rows = returns ? returning(returns, scope) : "";
  const { sql, ...purpose } = write(step, sequence(into, " VALUES ", row, rows), returns, insertProbes(body, style));
  if (!step.each) return { ...purpose, sql };
  return { ...purpose, into, values: row, ...(returns && { returning: rows }) } satisfies BatchInsert;
}

function change(
  step: Step,
  body: BodyOf<"update" | "delete">,
  returns: Selection | undefined,
  tables: Tables,
  style: Style,
): readonly BatchStatement[] {
  const scope = writeScope(body.table, style);
  const changed = body.kind === "update" ? updateSql(body, scope) : deleteSql(body, scope);
  const keys = body.kind === "update" ? updateKeys(body, tables, style) : deleteKeys(body, tables, style);
  const links = body.kind === "update" ? linkStatements(body, surroundings(step, style, returns)) : [];
  const atOnce = links.some((link) => link.answers) ? undefined : returns;
  const told = atOnce && toldOf(body, atOnce, scope);
  const sql = told ? sequence(changed, told.returning) : changed;
  const stale = isStale(body, style);
  const code = (word: string): Sql =>
    word === "not_found" && stale !== undefined
      ? sequence("iif(", stale, ", ", refusal(step, "stale"), ", ", refusal(step, word), ")")
      : refusal(step, word);
  const counted = expectationGuard(body, code);
  const before = told?.rows === undefined ? [] : [answering(step, told.rows)];
  const own = write(step, sql, before.length > 0 ? undefined : atOnce, keys);
  return [...before, own, ...(counted === undefined ? [] : [guard(step, counted)]), ...links];
}

function toldOf(body: BodyOf<"update" | "delete">, returns: Selection, scope: Scope): Told {
  return body.kind === "delete" ? removed(returns, scope, rows(body, scope)) : { returning: returning(returns, scope) };
}

function surroundings({ name, each }: Step, style: Style, returns?: Selection): Surroundings {
  return { style, step: name, ids: style.batch!.ids, depth: each ? 1 : 0, ...(returns && { returns }) };
}

/** A row that nobody asks for is not read. */
function read(
  step: Step,
  body: BodyOf<"get">,
  returns: Selection | undefined,
  style: Style,
): readonly BatchStatement[] {
  const { table } = body.selection;
  const scope = readScope(table, unnamed(style));
  const found = sequence(
    "(SELECT count(*) FROM ",
    tableSql(table, scope),
    whereSql(conditions(body.where, scope)),
    ")",
  );
  const { where, expect } = body;
  const wrong = countRefusal({ table, where, expect }, (word) => refusal(step, word), found);
  const rows = returns && planGet({ ...body, selection: returns }, style).sql;
  return [
    ...(wrong ? [guard(step, guardSql(wrong.code, wrong.where))] : []),
    ...(rows === undefined ? [] : [answering(step, rows)]),
  ];
}

function answering(step: Step, sql: Sql): BatchStatement {
  return { step: step.name, sql, answers: true };
}

function checkSql(step: Step, { table, where, is }: BodyOf<"check">, style: Style): Sql {
  const scope = readScope(table, style);
  const found = whereSql(conditions(where, scope));
  const rows = sequence("EXISTS (SELECT 1 FROM ", tableSql(table, scope), found, ")");
  return is === "some"
    ? guardSql(refusal(step, "not_found"), sequence("NOT ", rows))
    : guardSql(refusal(step, "conflict"), rows);
}
