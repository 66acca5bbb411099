import type { Place } from "../manifest/place.ts";
import { assignable } from "./assignable.ts";
import type { Operand } from "./condition.ts";
import { lowerConstant, show } from "./constants.ts";
import { type BodyContext, valueScope } from "./context.ts";
import { isReference, lowerReference } from "./scopes.ts";
import type { ManyToManyRelation, Relation } from "./table.ts";
import type { Constant, Value } from "./type.ts";
import { typeText } from "./typeText.ts";
import { tenantColumns } from "./uniqueWhere.ts";

/**
 * Keys of rows that are there and that a relation is to lead to: a list of literals and arguments, or an argument that is a list.
 * Literals come as one list. What stands between them and is no key is undefined.
 */
export function lowerLinkKeys(
  written: unknown,
  relation: Relation,
  place: Place,
  context: BodyContext,
): readonly Operand[] | undefined {
  const key = keyOf(relation, place, context);
  if (!key) return;
  if (isReference(written, context)) {
    const list = keyReference(written, listOf(key), place, context);
    return list && [list];
  }
  if (!Array.isArray(written)) return context.report("write/nested-many", place, [relation.name, show(written)]);
  const operands = written.flatMap((item, index) =>
    item === undefined ? [] : [lowerKey(item, key, place.at(index), context)],
  );
  return operands.includes(undefined) ? undefined : gathered(operands as Operand[], key);
}

function keyOf(relation: Relation, place: Place, { report }: BodyContext): Value | undefined {
  const [column, ...others] = relation.to.primaryKey;
  if (!column) return undefined;
  if (others.length > 0) return report("write/nested-key", place, [relation.to.name]);
  return { type: column.type, nullable: false };
}

const listOf = (items: Value): Value => ({ type: { kind: "array", items }, nullable: false });

/** One key: a literal, or an argument. */
function lowerKey(written: unknown, key: Value, place: Place, context: BodyContext): Operand | undefined {
  if (isReference(written, context)) return keyReference(written, key, place, context);
  const value = lowerConstant(written, key, place, context);
  return value === undefined ? undefined : { kind: "constant", value, of: key };
}

function keyReference(text: string, expected: Value, place: Place, context: BodyContext): Operand | undefined {
  const scope = valueScope(context);
  const operand = lowerReference(text, place, scope, context);
  if (!operand) return;
  if (assignable(operand.of.type, expected.type)) {
    if (operand.kind === "argument") scope.args?.use(operand.path, { fills: expected });
    return operand;
  }
  return context.report("reference/type", place, [text, typeText(operand.of.type), typeText(expected.type)]);
}

function gathered(operands: readonly Operand[], key: Value): readonly Operand[] {
  const literals = operands.flatMap((operand) => (operand.kind === "constant" ? [operand.value] : []));
  const list: Operand = { kind: "constant", value: literals as readonly Constant[] as Constant, of: listOf(key) };
  return [
    ...(literals.length > 0 || operands.length === 0 ? [list] : []),
    ...operands.filter(({ kind }) => kind !== "constant"),
  ];
}

/** Whether links can be made: the rows between take defaults, and belong to the caller's tenant. Says what has no value. */
export function canLink(
  { name, junction, near, far }: ManyToManyRelation,
  place: Place,
  { report, caller }: BodyContext,
): boolean {
  const ends = [...near.columns, ...far.columns, ...tenantColumns(junction, caller)];
  const bare = [...junction.columns.values()].filter(
    (column) => !ends.includes(column) && !column.nullable && column.default === undefined,
  );
  if (bare.length === 0) return true;
  report("write/link-column", place, [name, junction.name, bare.map((column) => column.name)], { at: "key" });
  return false;
}
