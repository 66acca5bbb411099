import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition, Operand } from "../ir/condition.ts";
import { operandsOf, partsOf } from "../ir/conditionParts.ts";
import { namesCaller } from "../ir/heldBy.ts";
import type { Column } from "../ir/table.ts";
import { knownColumn } from "./guarded.ts";
import { linkColumns } from "./link.ts";
import { optionalNames } from "./operand.ts";
import { relatedRows } from "./relatedRows.ts";
import { relatedScope, type Scope, type WriteCondition } from "./scope.ts";
import { around, join, mayBeAbsent, sequence, whenSent, whereSql } from "./sql.ts";

/*
 * Doubt never grants: an entry that names the caller where nobody is signed in, or a column that may not be read on that row, is false, and
 * so is each `not`, `none` and `every` around it.
 */

/** An entry as it is written, where it is in no doubt; false where it is. */
export function entrySql(entry: Condition, sql: Sql, scope: Scope, write: WriteCondition): Sql {
  const known = knownOperands(operandsOf(entry), scope, write);
  const asked = known.length === 0 ? undefined : join(" AND ", known);
  // an entry whose parts are all absent is absent itself
  const sure =
    asked === undefined
      ? sql
      : mayBeAbsent(sql)
        ? around(sequence("(", asked, " AND "), sql, ")")
        : join(" AND ", [...known, sql]);
  // conditions over elements are entries of their own
  return entry.kind !== "element" && namesCaller(entry) ? signedIn(sure, scope) : sure;
}

/** A `not`, `none` or `every` as it is written, where nothing within is in doubt; false where something is. */
export function certainSql(turned: Condition, sql: Sql, scope: Scope, write: WriteCondition): Sql {
  const known = knownSql(turned, scope, write);
  const sure = known === undefined ? sql : around("(", sql, sequence(around(" AND ", known, ""), ")"));
  return namesCaller(turned) ? signedIn(sure, scope) : sure;
}

function signedIn(sql: Sql, { eyes }: Scope): Sql {
  if (eyes.auth !== "public") return sql;
  // what is absent without its arguments is so without a caller, too
  const otherwise = mayBeAbsent(sql) ? around("(FALSE AND ", sql, ")") : "FALSE";
  return { when: "$user", then: sql, otherwise };
}

/** That every column that a condition speaks of may be read on each row that it speaks of; undefined where that is always so. */
function knownSql(condition: Condition, scope: Scope, write: WriteCondition): Sql | undefined {
  if (!scope.eyes.see || condition.kind === "may") return undefined;
  if (condition.kind === "related") return knownRelated(condition, scope, write);
  const own = knownOperands(operandsOf(condition), scope, write);
  const parts = partsOf(condition).map((part) => knownSql(part, scope, write));
  const known = [...own, ...parts].filter((part) => part !== undefined);
  return known.length === 0 ? undefined : whenSent(optionalNames(...operandsOf(condition)), join(" AND ", known));
}

/** On the row that has the relation, and on all that it leads to. */
function knownRelated(
  { relation, of }: Extract<Condition, { kind: "related" }>,
  scope: Scope,
  write: WriteCondition,
): Sql | undefined {
  const own = knownColumns(linkColumns(relation), scope, write);
  const inner = relatedScope(scope, relation);
  const known = of && knownSql(of, inner, write);
  if (known === undefined) return own.length === 0 ? undefined : join(" AND ", own);
  const { from, conditions } = relatedRows({ relation }, scope, inner, write);
  const rows = sequence("NOT EXISTS (SELECT 1 FROM ", from, whereSql(conditions), " AND (");
  return join(" AND ", [...own, around(rows, known, ") IS NOT TRUE)")]);
}

function knownOperands(operands: readonly Operand[], scope: Scope, write: WriteCondition): readonly Sql[] {
  if (!scope.eyes.see) return [];
  const own = operands.flatMap((operand) => (operand.kind === "column" ? [operand.column] : []));
  const items = operands.flatMap((operand) => (operand.kind === "item" ? [operand.column] : []));
  const item = scope.batch?.item;
  return [
    ...knownColumns(own, scope, write),
    ...(item === undefined ? [] : knownColumns(items, seen(item, scope), write)),
  ];
}

function seen(row: string, { bare: _, ...scope }: Scope): Scope {
  return { ...scope, row };
}

function knownColumns(columns: readonly Column[], scope: Scope, write: WriteCondition): readonly Sql[] {
  return [...new Set(columns)]
    .map((column) => knownColumn(column, scope, write))
    .filter((known) => known !== undefined);
}
