import type { Bind, Sql } from "../../runtime/server/plan.ts";

type Join = Extract<Sql, { join: string }>;

/** Parts one after the other. Lists are flattened and neighbouring texts merged, so that a plan reads like the statement it is. */
export function sequence(...parts: readonly Sql[]): Sql {
  const merged: Sql[] = [];
  for (const part of parts) {
    if (isSequence(part)) for (const item of part) append(merged, item);
    else append(merged, part);
  }
  return merged.length === 1 ? merged[0]! : merged;
}

function append(merged: Sql[], part: Sql): void {
  const last = merged.length - 1;
  const before = merged[last];
  if (typeof part === "string" && typeof before === "string") merged[last] = before + part;
  else if (part !== "") merged.push(part);
}

/** Items with a word between them, in parentheses where there are several and the word is AND or OR. There is at least one item. */
export function join(word: Join["join"], items: readonly Sql[]): Sql {
  if (items.length === 1) return items[0]!;
  if (items.some(mayBeAbsent) || (word !== ", " && items.some(mayDecide))) return { join: word, of: items };
  const listed = sequence(...items.flatMap((item, index) => (index === 0 ? [item] : [word, item])));
  return word === ", " ? listed : sequence("(", listed, ")");
}

/** Whether who calls may make it TRUE or FALSE, which need not stand in an AND or OR. */
function mayDecide(sql: Sql): boolean {
  if (typeof sql === "string" || isSequence(sql)) return false;
  if ("join" in sql) return sql.of.some(mayDecide);
  return "when" in sql && sql.when.startsWith("$user");
}

/** Something around a part, absent when the part is, or `otherwise` then. */
export function around(before: Sql, part: Sql, after: Sql, otherwise?: Sql): Sql {
  if (!mayBeAbsent(part)) return sequence(before, part, after);
  if (typeof part === "object" && "around" in part && part.otherwise === undefined)
    return around(sequence(before, part.before), part.around, sequence(part.after, after), otherwise);
  return { before, around: part, after, ...(otherwise !== undefined && { otherwise }) };
}

/** The exact complement of a condition, in two-valued logic. */
export function notTrue(condition: Sql): Sql {
  if (condition === "TRUE") return "FALSE";
  if (condition === "FALSE") return "TRUE";
  if (typeof condition === "object" && "when" in condition && condition.otherwise !== undefined) {
    const { when, then, otherwise } = condition;
    return { when, then: notTrue(then), otherwise: notTrue(otherwise) };
  }
  return around("(", condition, ") IS NOT TRUE");
}

/** `WHERE` and the conditions; nothing where all are absent. */
export function whereSql(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? "" : around(" WHERE ", join(" AND ", conditions), "");
}

/** A part for when the arguments with these names were sent; what stands in its place else, or nothing. */
export function whenSent(names: readonly string[], sent: Sql, otherwise?: Sql): Sql {
  return names.reduceRight<Sql>((then, when) => ({ when, then, ...(otherwise !== undefined && { otherwise }) }), sent);
}

/** Whether there are calls for which nothing is printed. */
export function mayBeAbsent(sql: Sql): boolean {
  if (typeof sql === "string") return false;
  if (isSequence(sql)) return sql.every(mayBeAbsent);
  if ("when" in sql) return sql.otherwise === undefined || mayBeAbsent(sql.then) || mayBeAbsent(sql.otherwise);
  if ("join" in sql) return sql.of.every(mayBeAbsent);
  if ("around" in sql) return mayBeAbsent(sql.around) && (sql.otherwise === undefined || mayBeAbsent(sql.otherwise));
  return false;
}

/** Whether a text stands somewhere in it. */
export function mentions(sql: Sql, text: string): boolean {
  if (typeof sql === "string") return sql.includes(text);
  if (isSequence(sql)) return sql.some((part) => mentions(part, text));
  if ("when" in sql) return mentions(sql.then, text) || (sql.otherwise !== undefined && mentions(sql.otherwise, text));
  if ("join" in sql) return mentions(sql.of, text);
  if (!("around" in sql)) return false;
  return [sql.before, sql.around, sql.after, sql.otherwise ?? ""].some((part) => mentions(part, text));
}

function isSequence(sql: Sql): sql is readonly Sql[] {
  return Array.isArray(sql);
}

/** A parameter for a value of 64 bits, which travels as digits: D1 binds no bigint. */
export function integerBind(bind: Bind): Sql {
  return sequence("CAST(", bind, " AS INTEGER)");
}
