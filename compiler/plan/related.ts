import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition, Operand } from "../ir/condition.ts";
import type { Relation } from "../ir/table.ts";
import { columnsOf, equal, type Link, linkColumns, linkOf, tuple } from "./link.ts";
import { innerScope, type Scope } from "./scope.ts";
import { around, join } from "./sql.ts";

type Related = Extract<Condition, { kind: "related" }>;
type Write = (condition: Condition, scope: Scope) => Sql;

/** A condition over the rows of a relation. `write` writes the condition inside. */
export function relatedSql({ relation, quantifier, of }: Related, scope: Scope, write: Write): Sql {
  if (quantifier === "some") return someSql(relation, of, scope, write);
  if (quantifier === "none") return around("(", someSql(relation, of, scope, write), ") IS NOT TRUE");
  return of ? everySql(relation, of, scope, write) : "TRUE";
}

/**
 * Two ways to say that a related row meets a condition. A sub-select on its own is run once and finds the rows of an equality
 * at a stroke, but has to gather all that match; EXISTS is run for each row, and stops at the first match, but under an ORDER BY
 * walks all rows when matches are rare. So equalities get the former, everything else the latter.
 */
function someSql(relation: Relation, of: Condition | undefined, scope: Scope, write: Write): Sql {
  if (of === undefined && relation.kind === "one") return present(relation, scope);
  const inner = innerScope(scope);
  const link = linkOf(relation, scope, inner);
  if (link.indexed && !(of && findsFew(of, relation.kind === "one"))) return existsSql(link, of && write(of, inner));
  const select = `${tuple(link.outer)} IN (SELECT ${link.inner.join(", ")} FROM ${link.from}`;
  return of ? around(`${select} WHERE `, write(of, inner), ")") : `${select})`;
}

function everySql(relation: Relation, of: Condition, scope: Scope, write: Write): Sql {
  const inner = innerScope(scope);
  const exception = around("(", write(of, inner), ") IS NOT TRUE");
  return around("NOT ", existsSql(linkOf(relation, scope, inner), exception), "");
}

function existsSql({ from, inner, outer }: Link, condition: Sql | undefined): Sql {
  const select = `EXISTS (SELECT 1 FROM ${from} WHERE ${equal(inner, outer)}`;
  return condition === undefined ? `${select})` : around(`${select} AND `, condition, ")");
}

/** A row that a foreign key leads to is there, so only the key need be. */
function present(relation: Relation, scope: Scope): Sql {
  const columns = linkColumns(relation).filter((column) => column.nullable);
  if (columns.length === 0) return "TRUE";
  return join(
    " AND ",
    columnsOf(columns, scope).map((column) => `${column} IS NOT NULL`),
  );
}

/** Whether a condition has to equal something. `coarse`: a flag or an enum will do, as where few rows are looked up for many. */
function findsFew(condition: Condition, coarse: boolean): boolean {
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
    default:
      return false;
  }

  function tells(left: Operand, right: Operand): boolean {
    if (left.kind !== "column" || right.kind === "column") return false;
    const { kind } = left.column.type;
    return coarse || (kind !== "boolean" && kind !== "enum");
  }
}
