import type { Place } from "../manifest/place.ts";
import { comparable } from "./assignable.ts";
import { absence, allOf, anyOf, type Lowered } from "./combine.ts";
import type { Compared } from "./compared.ts";
import { isNull, unknownOperator } from "./compared.ts";
import type { Comparison, Operand, TextMatch } from "./condition.ts";
import { isMap, show } from "./constants.ts";
import { nativeOperator } from "./foreignConditions.ts";
import { lowerElements, lowerProperties, propertyOf } from "./jsonConditions.ts";
import { comparedOperand } from "./operands.ts";
import { isReference } from "./scopes.ts";
import type { TypeKind, Value } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

const orders: ReadonlySet<string> = new Set(["gt", "gte", "lt", "lte"]);
const matches: ReadonlySet<string> = new Set(["contains", "startsWith", "endsWith"]);
const operators = ["eq", "ne", "in", "notIn", ...orders, "isNull", ...matches, "caseSensitive"];
const besideColumns: ReadonlySet<string> = new Set(["search", "near"]);
const boolean: Value = { type: { kind: "boolean" }, nullable: false };

/** What stands behind a column's name in a condition: a value, null, or a map of operators. */
export function lowerComparison(compared: Compared, value: unknown, place: Place): Lowered {
  const { left, context } = compared;
  if (value === null) return isNull(left, true);
  if (left.of.type.kind === "object") return lowerProperties(compared, value, place, lowerComparison);
  if (left.of.type.kind === "array") return lowerElements(compared, value, place, lowerComparison);
  if (Array.isArray(value) && left.of.type.kind !== "json") {
    const inline = value.every((item) => !Array.isArray(item) && !isMap(item));
    const wrap = { title: 'compare with "in"', before: "{ in: ", after: " }" };
    return context.report("condition/bare-list", place, [], inline ? { wrap } : {});
  }
  if (!isMap(value)) return compare(compared, "eq", value, place);
  if (isColumnReference(value)) return compare(compared, "eq", value, place);
  const entries = Object.entries(value).filter(([operator]) => operator !== "caseSensitive");
  const caseSensitive = sensitivity(compared, value, place);
  if (caseSensitive === undefined) return;
  return allOf(
    entries.map(([operator, operand]) => lowerOperator(compared, operator, operand, caseSensitive, place.at(operator))),
  );
}

function lowerOperator(
  compared: Compared,
  operator: string,
  value: unknown,
  caseSensitive: boolean,
  place: Place,
): Lowered {
  const { left, context, scope } = compared;
  if (!operators.includes(operator)) {
    const hint = besideColumns.has(operator) ? `"${operator}" stands beside columns, not behind one.` : undefined;
    return unknownOperator(operator, place, nativeOperator(operator), operators, context, hint);
  }
  if (value === undefined) return absence(place, scope, context);
  if (operator === "in" || operator === "notIn") return lowerIn(compared, value, operator === "notIn", place);
  if (operator === "isNull") {
    const is = comparedOperand(value, boolean, place, scope, context);
    return is && { kind: "isNull", of: left, is };
  }
  if (!matches.has(operator)) return compare(compared, operator as Comparison, value, place);
  if (value === null) return context.report("condition/null-operand", place, [operator]);
  if (left.of.type.kind !== "string") {
    return context.report("condition/operator-type", place, [operator, typeText(left.of.type)], { at: "key" });
  }
  const right = rightOperand(compared, value, place);
  return right && { kind: "match", left, op: operator as TextMatch, right, caseSensitive };
}

function compare(compared: Compared, op: Comparison, value: unknown, place: Place): Lowered {
  const { left, context } = compared;
  const { kind } = left.of.type;
  if (value === null && (op === "eq" || op === "ne")) return isNull(left, op === "eq");
  if (isOpaque(left)) return context.report("condition/json", place, [kind]);
  if (orders.has(op) && (kind === "boolean" || kind === "bytes"))
    return context.report("condition/operator-type", place, [op, kind], { at: "key" });
  if (value === null) return context.report("condition/null-operand", place, [op]);
  const right = rightOperand(compared, value, place);
  return right && { kind: "compare", left, op, right };
}

/** Whether nothing can be asked of a value but whether it is null. SQLite reads no base64, as which bytes stand in JSON. */
function isOpaque({ kind, of: { type } }: Operand): boolean {
  return type.kind === "json" || (type.kind === "bytes" && (kind === "property" || kind === "element"));
}

/** A list, literal or sent. A literal list with references in it is as many comparisons. */
function lowerIn(compared: Compared, value: unknown, negated: boolean, place: Place): Lowered {
  const { left, context, scope } = compared;
  if (isOpaque(left)) return context.report("condition/json", place, [left.of.type.kind]);
  const items: Value = { type: left.of.type, nullable: true };
  if (Array.isArray(value) && value.some((item) => isReference(item, context) || isColumnReference(item))) {
    const some = anyOf(value.map((item, index) => compare(compared, "eq", item, place.at(index))));
    return negated && typeof some === "object" ? { kind: "not", of: some } : some;
  }
  if (!Array.isArray(value) && !isReference(value, context))
    return context.report("condition/not-a-list", place, [show(value)]);
  const list = comparedOperand(value, { type: { kind: "array", items }, nullable: false }, place, scope, context);
  return list && { kind: "in", left, list, negated };
}

/** Types of which a column's name may be a value. */
const texts: ReadonlySet<TypeKind> = new Set<TypeKind>(["string", "enum"]);

/** A value, or `{ column: other }`. */
function rightOperand(compared: Compared, value: unknown, place: Place): Operand | undefined {
  const { left, table, scope, context } = compared;
  if (typeof value === "string" && table.columns.has(value) && !texts.has(left.of.type.kind)) {
    const column = `{ column: ${value} }`;
    const extras = { hint: `The column is written \`${column}\`.`, rewrite: column };
    return context.report("type/mismatch", place, [show(value), typeText(left.of.type)], extras);
  }
  if (!isColumnReference(value)) return comparedOperand(value, left.of, place, scope, context);
  return columnOperand(value.column, compared, place.at("column"));
}

/** Another column of the row, or a property of one that is an object: `settings.guests`. */
function columnOperand(text: string, { left, table, context }: Compared, place: Place): Operand | undefined {
  const [name = "", ...path] = text.split(".");
  const column = table.columns.get(name);
  if (!column && context.failed.has(`${table.name}.${name}`)) return;
  if (!column)
    return unknownColumn(context.report, table.name, name, table.columns.keys(), place, {
      written: (known) => text.replace(name, known),
      hint: table.relations.has(name) ? "Only columns of the row itself are compared with each other." : undefined,
    });
  let operand: Operand = { kind: "column", column, of: { type: column.type, nullable: column.nullable } };
  for (const property of path) {
    const below = propertyOf(operand, property);
    if (!below) return context.report("reference/unknown-property", place, [`"${text}"`, property]);
    operand = below;
  }
  if (comparable(operand.of.type, left.of.type) && !isOpaque(operand)) return operand;
  return context.report("reference/type", place, [`"${text}"`, typeText(operand.of.type), typeText(left.of.type)]);
}

function isColumnReference(value: unknown): value is { readonly column: string } {
  return isMap(value) && typeof value["column"] === "string" && Object.keys(value).length === 1;
}

/** `caseSensitive` stands beside `contains` and its kin: true unless said otherwise. */
function sensitivity(
  { context }: Compared,
  value: { readonly [key: string]: unknown },
  place: Place,
): boolean | undefined {
  const given = value["caseSensitive"];
  if (given === undefined) return true;
  const at = place.at("caseSensitive");
  if (!Object.keys(value).some((key) => matches.has(key)))
    return context.report("condition/case-alone", at, [], { at: "key" });
  return typeof given === "boolean" ? given : context.report("type/mismatch", at, [show(given), "boolean"]);
}
