import { byWord } from "./foreignWords.ts";

/** Operators by the names and signs that other tools have for them. */
const operators: { readonly [operator: string]: string } = {
  eq: "= == === equals equal is $eq",
  ne: "!= !== <> not neq notEquals isNot $ne",
  gt: "> greaterThan after $gt",
  gte: ">= greaterThanOrEqual atLeast min from since $gte",
  lt: "< lessThan before $lt",
  lte: "<= lessThanOrEqual atMost max to until $lte",
  in: "oneOf anyOf $in",
  notIn: "nin not_in noneOf $nin",
  contains: "like ilike includes match matches substring $regex",
  startsWith: "prefix beginsWith",
  endsWith: "suffix",
};

/** Operators of lists in JSON. */
const listOperators: { readonly [operator: string]: string } = {
  includes: "contains has hasEvery containsAll $all @>",
  includesAny: "in hasSome containsAny overlaps oneOf anyOf $in",
  length: "size count $size",
  some: "any elemMatch $elemMatch",
  every: "all",
};

/** Words that join conditions. */
const joints: { readonly [word: string]: string } = {
  all: "and && $and",
  any: "or || $or",
  not: "! $not",
};

/** What an operator is called here that other tools know by this name. */
export const nativeOperator = byWord(operators);

/** What an operator of lists is called here. */
export const nativeListOperator = byWord(listOperators);

/** What `AND`, `$or` and their kin are called here. */
export const nativeJoint = byWord(joints);

/** `id = $args.id` as a condition; undefined where a text is no comparison. */
export function comparisonMap(text: string): string | undefined {
  const [, column, sign, value] = /^(\w+)\s*([=!<>]{1,3})\s*([^=<>].*)$/.exec(text.trim()) ?? [];
  const operator = sign && nativeOperator(sign);
  if (!operator || value === undefined) return undefined;
  return operator === "eq" ? `{ ${column}: ${value} }` : `{ ${column}: { ${operator}: ${value} } }`;
}

/** What stands between the quotes of a map that was written as a text; undefined where a text is none. */
export function quotedMap(text: string): string | undefined {
  return /^\s*[{[].*[}\]]\s*$/s.test(text) ? text.trim() : undefined;
}
