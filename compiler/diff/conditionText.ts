import type { Comparison, Condition, Operand } from "../ir/condition.ts";
import type { Column, Relation } from "../ir/table.ts";

/** How columns and relations are called, those of the old App by what they became: `nameOf` of a matching. */
export type Naming = (thing: Column | Relation) => string;

const signs: { readonly [op in Comparison]: string } = { eq: "=", ne: "≠", gt: ">", gte: "≥", lt: "<", lte: "≤" };

/** A condition in one line, to compare it and to show it: `done = false and title contains $args.search?`. */
export function conditionText(condition: Condition, name: Naming): string {
  switch (condition.kind) {
    case "all":
      return condition.of.length === 0 ? "anything" : listText(condition.of, " and ", name);
    case "any":
      return condition.of.length === 0 ? "nothing" : listText(condition.of, " or ", name);
    case "not":
      return `not (${conditionText(condition.of, name)})`;
    case "compare":
      return `${operandText(condition.left, name)} ${signs[condition.op]} ${operandText(condition.right, name)}`;
    case "in": {
      const op = condition.negated ? "notIn" : "in";
      return `${operandText(condition.left, name)} ${op} ${operandText(condition.list, name)}`;
    }
    case "isNull":
      return `${operandText(condition.of, name)} isNull ${operandText(condition.is, name)}`;
    case "match": {
      const ending = condition.caseSensitive ? "" : " (in any case)";
      return `${operandText(condition.left, name)} ${condition.op} ${operandText(condition.right, name)}${ending}`;
    }
    case "related": {
      const of = condition.of ? ` (${conditionText(condition.of, name)})` : "";
      return `${condition.quantifier} ${name(condition.relation)}${of}`;
    }
    case "near": {
      const { latitude, longitude, within, of } = condition;
      const [from, to, metres] = [latitude, longitude, within].map((operand) => operandText(operand, name));
      return `(${of.map(name).join(", ")}) near (${from}, ${to}) within ${metres}`;
    }
    case "may":
      return `may ${condition.verb}`;
    case "search":
      return `search ${operandText(condition.text, name)}`;
    case "includes":
      return `${operandText(condition.left, name)} includes ${operandText(condition.list, name)}`;
    case "element":
      return `${condition.quantifier} of ${operandText(condition.list, name)} (${conditionText(condition.of, name)})`;
  }
}

/** Parts in an order of their own, so that the same parts in another order are the same text. */
function listText(conditions: readonly Condition[], word: string, name: Naming): string {
  const parts = conditions.map((condition) => {
    const text = conditionText(condition, name);
    return condition.kind === "all" || condition.kind === "any" ? `(${text})` : text;
  });
  return parts.sort().join(word);
}

/** A text without the `?` of arguments: whether one may be absent is told of the argument itself. */
export const unmarked = (text: string): string => text.replace(/(\$args\.[\w.]+)\?/g, "$1");

/** A value as the manifest writes it. */
export function operandText(operand: Operand, name: Naming): string {
  switch (operand.kind) {
    case "constant":
      return JSON.stringify(operand.value);
    case "argument":
      return `$args.${operand.path.join(".")}${operand.optional ? "?" : ""}`;
    case "item":
      return `$item.${name(operand.column)}`;
    case "step":
      return `$steps.${operand.step}.${name(operand.column)}`;
    case "now":
      return "$now";
    case "user":
    case "session":
      return `$${operand.kind}.${operand.field}`;
    case "before":
      return `$before.${name(operand.column)}`;
    case "column":
      return name(operand.column);
    case "expression":
      return operand.sql.map((part) => (typeof part === "string" ? part : operandText(part, name))).join("");
    case "property":
      return [operandText(operand.below, name), ...operand.path].join(".");
    case "element":
      return "element";
    case "length":
      return `length of ${operandText(operand.list, name)}`;
  }
}
