import type { Sql } from "../../runtime/server/plan.ts";
import type { Comparison, Condition } from "../ir/condition.ts";
import { operandsOf } from "../ir/conditionParts.ts";
import { holdsFor } from "../ir/heldBy.ts";
import { certainSql, entrySql } from "./doubt.ts";
import { elementsSql, includesSql } from "./elements.ts";
import { behindGuards } from "./guarded.ts";
import { membershipSql } from "./membership.ts";
import { nearSql } from "./near.ts";
import { canBeNull, operandSql, optionalNames } from "./operand.ts";
import { permission, roleTest } from "./permission.ts";
import { relatedSql } from "./related.ts";
import { indexScope, type Scope } from "./scope.ts";
import { searchSql } from "./search.ts";
import { join, mayBeAbsent, notTrue, sequence, whenSent } from "./sql.ts";

type ConditionOf<K extends Condition["kind"]> = Extract<Condition, { kind: K }>;

/**
 * A condition over the scope's row. It holds where the expression is TRUE and does not where it is FALSE or NULL; whatever turns
 * a condition round therefore says `IS NOT TRUE`, which makes `not` the exact complement.
 */
export function conditionSql(condition: Condition, scope: Scope): Sql {
  // of what stands beside the question whether it may be read
  const known: Scope = { ...scope, asked: true };
  switch (condition.kind) {
    case "all":
      return condition.of.length === 0 ? "TRUE" : connect(" AND ", condition.of, scope);
    case "any":
      return condition.of.length === 0 ? "FALSE" : connect(" OR ", condition.of, scope);
    case "not":
      return turned(notTrue(conditionSql(condition.of, scope)));
    case "related": {
      const related = relatedSql(condition, scope, conditionSql);
      return condition.quantifier === "some" ? related : turned(related);
    }
    case "may": {
      const asked = permission(condition.table, condition.verb);
      return asked ? conditionSql(asked, behindGuards(scope)) : "TRUE";
    }
    case "element": {
      const elements = entry(elementsSql(condition, known, conditionSql));
      return condition.quantifier === "some" ? elements : turned(elements);
    }
    case "compare":
      return entry(roleSql(condition, scope) ?? comparisonSql(condition, known));
    case "in":
      return entry(roleSql(condition, scope) ?? membershipSql(condition, known, conditionSql));
    case "isNull":
      return entry(isNullSql(condition, known));
    case "match":
      return entry(matchSql(condition, known));
    case "near":
      return entry(nearSql(condition, scope));
    case "search":
      return entry(searchSql(condition, scope));
    case "includes":
      return entry(includesSql(condition, known));
  }

  function entry(sql: Sql): Sql {
    return whenSent(optionalNames(...operandsOf(condition)), entrySql(condition, sql, scope, conditionSql));
  }

  function turned(sql: Sql): Sql {
    return certainSql(condition, sql, scope, conditionSql);
  }
}

/** Roles stand in the text, not in parameters: so the text for one role lacks what is for others, and SQLite can use an index for the rest. */
function roleSql(condition: Condition, { eyes }: Scope): Sql | undefined {
  const test = roleTest(condition);
  if (!test) return undefined;
  const held = holdsFor(condition, { auth: eyes.auth });
  if (held !== "sometimes") return held === "always" ? "TRUE" : "FALSE";
  const [is, other] = test.negated ? (["FALSE", "TRUE"] as const) : (["TRUE", "FALSE"] as const);
  return test.roles.reduceRight<Sql>((otherwise, role) => ({ when: `$user.role=${role}`, then: is, otherwise }), other);
}

/** A condition of literals over a table's own columns, as the `WHERE` of an index takes it. */
export function indexCondition(condition: Condition): string {
  const sql = conditionSql(condition, indexScope);
  if (typeof sql !== "string") throw new Error("An index's condition holds literals only");
  return sql;
}

/** The most items of one chain: D1 takes expressions 100 deep, and a chain is as deep as it is long. */
const LONGEST_CHAIN = 16;

function connect(word: " AND " | " OR ", conditions: readonly Condition[], scope: Scope): Sql {
  let items = folded(
    word,
    conditions.map((condition) => conditionSql(condition, scope)),
  );
  while (items.length > LONGEST_CHAIN) {
    const groups = Math.ceil(items.length / LONGEST_CHAIN);
    const chained = items;
    items = Array.from({ length: groups }, (_, group) =>
      join(word, chained.slice(group * LONGEST_CHAIN, (group + 1) * LONGEST_CHAIN)),
    );
  }
  return join(word, items);
}

/** Without what changes nothing; that which alone decides, where there is such. What is left may not be absent where what was dropped is not. */
function folded(word: " AND " | " OR ", items: readonly Sql[]): readonly Sql[] {
  const [neutral, decisive] = word === " AND " ? (["TRUE", "FALSE"] as const) : (["FALSE", "TRUE"] as const);
  if (items.includes(decisive)) return [decisive];
  const rest = items.filter((item) => item !== neutral);
  return rest.every(mayBeAbsent) ? [...rest, ...items.filter((item) => item === neutral).slice(0, 1)] : rest;
}

const words: { readonly [op in Comparison]: string } = { eq: "=", ne: "<>", gt: ">", gte: ">=", lt: "<", lte: "<=" };

/** Null equals null, so `IS` and `IS NOT` stand where that can happen; in an order null has no place. */
function comparisonSql({ left, op, right }: ConditionOf<"compare">, scope: Scope): Sql {
  const nulls = [canBeNull(left), canBeNull(right)];
  const word = op === "eq" && nulls.every(Boolean) ? "IS" : op === "ne" && nulls.some(Boolean) ? "IS NOT" : words[op];
  return sequence(operandSql(left, scope, conditionSql), ` ${word} `, operandSql(right, scope, conditionSql));
}

function isNullSql({ of, is }: ConditionOf<"isNull">, scope: Scope): Sql {
  const value = operandSql(of, scope, conditionSql);
  if (is.kind === "constant") return sequence(value, is.value ? " IS NULL" : " IS NOT NULL");
  return sequence("(", value, " IS NULL) = ", operandSql(is, scope, conditionSql));
}

/** `instr` counts code points and finds the empty text at 1; `lower` knows ASCII letters. */
function matchSql({ left, op, right, caseSensitive }: ConditionOf<"match">, scope: Scope): Sql {
  const [text, sought] = [left, right].map((operand) => {
    const sql = operandSql(operand, scope, conditionSql);
    return caseSensitive ? sql : sequence("lower(", sql, ")");
  }) as [Sql, Sql];
  if (op === "contains") return sequence("instr(", text, ", ", sought, ") > 0");
  if (op === "startsWith") return sequence("instr(", text, ", ", sought, ") = 1");
  return sequence("substr(", text, ", length(", text, ") - length(", sought, ") + 1) = ", sought);
}
