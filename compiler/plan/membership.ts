import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition, Operand } from "../ir/condition.ts";
import type { Constant, Value } from "../ir/type.ts";
import { constantSql, isLong, jsonList } from "./constant.ts";
import { canBeNull, operandSql } from "./operand.ts";
import { quoteText } from "./quote.ts";
import type { Scope, WriteCondition } from "./scope.ts";
import { join, sequence } from "./sql.ts";

type Membership = Extract<Condition, { kind: "in" }>;

/** Longer lists of constants are one JSON text. */
const MOST_LITERALS = 100;

/** `in` and `notIn`. Null is a value like another: it is in a list that holds it, and not in one that does not. */
export function membershipSql({ left, list, negated }: Membership, scope: Scope, write: WriteCondition): Sql {
  const { sql, nullable } =
    list.kind === "constant" ? inConstants(left, list, scope, write) : inArgument(left, list, scope, write);
  if (!negated) return sql;
  return canBeNull(left) || nullable ? sequence("(", sql, ") IS NOT TRUE") : sequence("NOT (", sql, ")");
}

/** The positive condition, and whether it can be NULL for a `left` that is not. */
interface Positive {
  readonly sql: Sql;
  readonly nullable: boolean;
}

function inConstants(
  left: Operand,
  list: Extract<Operand, { kind: "constant" }>,
  scope: Scope,
  write: WriteCondition,
): Positive {
  const values = (list.value ?? []) as readonly Constant[];
  const known = values.filter((value) => value !== null);
  const parts: Sql[] = [];
  if (known.length > 0)
    parts.push(sequence(operandSql(left, scope, write), " IN (", constantItems(known, list, scope), ")"));
  if (known.length < values.length) parts.push(sequence(operandSql(left, scope, write), " IS NULL"));
  return { sql: parts.length === 0 ? "FALSE" : join(" OR ", parts), nullable: false };
}

function constantItems(values: readonly Constant[], list: Operand, scope: Scope): Sql {
  const { type } = itemOf(list);
  if (scope.constants === "bind") return eachItem({ value: jsonList(values, type) }, list);
  if (values.length > MOST_LITERALS) return eachItem(quoteText(jsonList(values, type)), list);
  return join(
    ", ",
    values.map((value) => constantSql(value, type, scope)),
  );
}

function inArgument(left: Operand, list: Operand, scope: Scope, write: WriteCondition): Positive {
  if (list.kind !== "argument") throw new Error("A list is a constant or an argument");
  const bind = { list: list.path.join(".") };
  const found = sequence(operandSql(left, scope, write), " IN (", eachItem(bind, list), ")");
  const { nullable } = itemOf(list);
  if (!nullable || !canBeNull(left)) return { sql: found, nullable };
  const isNull = sequence(operandSql(left, scope, write), " IS NULL");
  const listsNull = sequence("EXISTS (SELECT 1 FROM json_each(", bind, ") WHERE value IS NULL)");
  return { sql: join(" OR ", [found, join(" AND ", [isNull, listsNull])]), nullable };
}

/** A statement that gives the items of a list (a constant, or an argument) in their SQL form. */
export function listItems(list: Operand, scope: Scope): Sql {
  if (list.kind === "argument") return eachItem({ list: list.path.join(".") }, list);
  if (list.kind !== "constant") throw new Error("A list is a constant or an argument");
  const json = jsonList((list.value ?? []) as readonly Constant[], itemOf(list).type);
  return eachItem(scope.constants === "bind" ? { value: json } : quoteText(json), list);
}

/** The items of a JSON list, in their SQL form. */
function eachItem(json: Sql, list: Operand): Sql {
  const { type } = itemOf(list);
  const value = isLong(type) ? "CAST(value AS INTEGER)" : type.kind === "bytes" ? "unhex(value)" : "value";
  return sequence(`SELECT ${value} FROM json_each(`, json, ")");
}

function itemOf(list: Operand): Value {
  if (list.of.type.kind !== "array") throw new Error("The list of a condition is of an array type");
  return list.of.type.items;
}
