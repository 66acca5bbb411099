import type { Sql } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { LinkChange } from "../ir/nestedWrite.ts";
import type { Body } from "../ir/operation.ts";
import type { Column, OneRelation, Table } from "../ir/table.ts";
import { valueAfter, type Written, writtenBy } from "./assignment.ts";
import { conditionSql } from "./condition.ts";
import type { Words } from "./expectation.ts";
import { futureRow } from "./futureRow.ts";
import { guardOf, type Items, tableAndItems } from "./guard.ts";
import { nowSql } from "./insertion.ts";
import { keyRefusals } from "./keyRefusals.ts";
import { optionalNames } from "./operand.ts";
import { type Change, columnRefusals, type Refusal, ruleRefusals } from "./refusals.ts";
import { columnSql, ruleScope, type Scope } from "./scope.ts";
import { around, sequence } from "./sql.ts";
import { meantRows } from "./write.ts";

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;

/**
 * The guard before an UPDATE; undefined where nothing can refuse.
 *
 * @param scope the row before the change
 */
export function changeGuard(body: BodyOf<"update">, scope: Scope, words: Words, items?: Items): Sql | undefined {
  const refusals = changeRefusals(body.table, assigned(body.assignments, scope, body.links), scope);
  return guardOf(refusals, words, tableAndItems(body.table, items), meantRows(body, scope));
}

/** The guard before a DELETE; undefined where nothing can refuse. */
export function removalGuard(body: BodyOf<"delete">, scope: Scope, words: Words, items?: Items): Sql | undefined {
  const refusals = ruleRefusals(body.table, "delete", scope);
  return guardOf(refusals, words, tableAndItems(body.table, items), meantRows(body, scope));
}

/** What a change writes, and what a column of the row holds behind it. */
export interface Assigned {
  readonly columns: readonly Written[];
  readonly links: readonly Written[];
  readonly next: (column: Column) => Sql;
}

/** What an update assigns to the scope's row, what every change sets by itself included. */
export function assigned(
  assignments: readonly Assignment[],
  scope: Scope,
  links: readonly LinkChange[] = [],
): Assigned {
  const next = (column: Column): Sql => {
    const own = columnSql(column, scope);
    if (column.version) return `${own} + 1`;
    const assignment = assignments.find((candidate) => candidate.column === column);
    if (!assignment && column.onUpdate === "now") return nowSql(column);
    return valueAfter(assignment, scope, own);
  };
  return { columns: writtenBy(assignments), links: links.map(writtenLinks), next };
}

/**
 * @param scope the row before the change
 * @param through keys that come to lead to rows of the same write
 */
export function changeRefusals(
  table: Table,
  { columns, links, next }: Assigned,
  scope: Scope,
  through: readonly OneRelation[] = [],
): readonly Refusal[] {
  const now = (column: Column) => columnSql(column, scope);
  return [
    ...ruleRefusals(table, "update", scope, { written: [...columns, ...links], after: after(table, next, scope) }),
    ...columnRefusals(table, columns, scope),
    ...keyRefusals(table, columns, { next, now }, scope, through),
  ];
}

/** How a condition over the row as it will be is written, where the row as it is goes by the scope. */
function after(table: Table, next: (column: Column) => Sql, scope: Scope): Change["after"] {
  return (condition) => {
    const future = futureRow(table, next, ruleScope(scope));
    const asked = conditionSql(condition, { ...future.scope, before: scope.row });
    return around(sequence("EXISTS (SELECT 1 FROM ", future.from(asked), " WHERE "), asked, ")");
  };
}

/** Links are written when any of their keys was sent. */
function writtenLinks({ relation, keys }: LinkChange): Written {
  const [only, ...others] = keys;
  return { name: relation.name, sent: only && others.length === 0 ? optionalNames(only) : [] };
}
