import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition, Operand, Quantifier } from "../ir/condition.ts";
import type { OneRelation, Relation } from "../ir/table.ts";
import { isHidden, knownLink } from "./guarded.ts";
import { columnsOf, equal, type Link, linkColumns, linkOf, tuple } from "./link.ts";
import { hidesRows } from "./permission.ts";
import { relatedScope, type Scope } from "./scope.ts";
import { around, join, notTrue, sequence } from "./sql.ts";

type Related = Extract<Condition, { kind: "related" }>;
type Write = (condition: Condition, scope: Scope) => Sql;

/** A condition over the rows of a relation. `write` writes the condition inside. */
export function relatedSql({ relation, quantifier, of }: Related, scope: Scope, write: Write): Sql {
  if (quantifier === "some") {
    const known = knownLink(linkColumns(relation), scope, write);
    const some = someSql(relation, of, scope, write);
    return known.length === 0 ? some : around("(", some, sequence(" AND ", join(" AND ", known), ")"));
  }
  if (of === undefined && relation.kind === "one" && isKeyEnough(relation, scope))
    return keySql(relation, quantifier, scope);
  if (quantifier === "none") return notTrue(someSql(relation, of, scope, write));
  return of ? everySql(relation, of, scope, write) : "TRUE";
}

/**
 * Two ways to say that a related row meets a condition. A sub-select on its own is run once and finds the rows of an equality
 * at a stroke, but has to gather all that match; EXISTS is run for each row, and stops at the first match, but under an ORDER BY
 * walks all rows when matches are rare. So equalities get the former, everything else the latter; and so do rules about few rows: the caller
 * may have to do with many.
 */
function someSql(relation: Relation, of: Condition | undefined, scope: Scope, write: Write): Sql {
  const inner = relatedScope(scope, relation);
  const link = linkOf(relation, scope, inner);
  const isEach = scope.few && !scope.eyes.see;
  if (link.indexed && (isEach || !(of && findsFew(of, relation.kind === "one"))))
    return existsSql(link, of && write(of, inner), of);
  const select = sequence(`SELECT ${link.inner.join(", ")} FROM `, link.from);
  const found = of ? around(sequence(select, " WHERE "), write(of, inner), "") : select;
  return subSelect(`${tuple(link.outer)} IN `, found, of);
}

function everySql(relation: Relation, of: Condition, scope: Scope, write: Write): Sql {
  const inner = relatedScope(scope, relation);
  const exception = notTrue(write(of, inner));
  return around("NOT ", existsSql(linkOf(relation, scope, inner), exception, of), "");
}

function existsSql({ from, inner, outer }: Link, inside: Sql | undefined, of: Condition | undefined): Sql {
  const select = sequence("SELECT 1 FROM ", from, ` WHERE ${equal(inner, outer)}`);
  return subSelect("EXISTS ", inside === undefined ? select : around(sequence(select, " AND "), inside, ""), of);
}

/**
 * A sub-select with what stands before it. SQLite adds up the heights of expressions within expressions, and those behind a FROM
 * count but once: so a sub-select with many further ones in it is moved there.
 */
function subSelect(before: string, select: Sql, of: Condition | undefined): Sql {
  if (of && levels(of) >= MOST_LEVELS) return around(`${before}(SELECT * FROM (`, select, "))");
  return around(`${before}(`, select, ")");
}

/** How many relations are followed inside one expression. D1 takes a height of 100 in all. */
const MOST_LEVELS = 3;

function levels(condition: Condition): number {
  switch (condition.kind) {
    case "all":
    case "any":
      return Math.max(0, ...condition.of.map(levels));
    case "not":
      return levels(condition.of);
    case "related":
      return 1 + (condition.of ? levels(condition.of) : 0);
    case "element":
      return 1 + levels(condition.of);
    default:
      return 0;
  }
}

/** Whether all rows that the relation may lead to are there and seen, and the way to them. */
function isKeyEnough({ to, columns }: OneRelation, scope: Scope): boolean {
  return !scope.future && !hidesRows(to, scope.eyes) && !columns.some((column) => isHidden(column, scope));
}

/** Whether there is a related row at all: the row that a foreign key leads to is there, so only the key need be. */
function keySql(relation: OneRelation, quantifier: Quantifier, scope: Scope): Sql {
  if (quantifier === "every") return "TRUE";
  const there = quantifier === "some";
  const columns = columnsOf(relation.columns, scope).filter((_, index) => relation.columns[index]!.nullable);
  if (columns.length === 0) return there ? "TRUE" : "FALSE";
  return join(
    there ? " AND " : " OR ",
    columns.map((column) => `${column} IS ${there ? "NOT NULL" : "NULL"}`),
  );
}

/** Whether a condition has to equal something. `coarse`: a flag or an enum will do, as where few rows are looked up for many. */
export function findsFew(condition: Condition, coarse: boolean): boolean {
  switch (condition.kind) {
    case "all":
      return condition.of.some((part) => findsFew(part, coarse));
    case "any":
      return condition.of.length > 0 && condition.of.every((part) => findsFew(part, coarse));
    case "compare":
      return (
        condition.op === "eq" && (tells(condition.left, condition.right) || tells(condition.right, condition.left))
      );
    case "in":
      return !condition.negated && tells(condition.left, condition.list);
    case "related":
      return (
        condition.quantifier === "some" && !!condition.of && findsFew(condition.of, condition.relation.kind === "one")
      );
    case "search":
      return true;
    default:
      return false;
  }

  function tells(left: Operand, right: Operand): boolean {
    if (left.kind !== "column" || right.kind === "column") return false;
    const { kind } = left.column.type;
    return coarse || (kind !== "boolean" && kind !== "enum");
  }
}
