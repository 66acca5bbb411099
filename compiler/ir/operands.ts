import type { Place } from "../manifest/place.ts";
import { assignable, comparable } from "./assignable.ts";
import type { CallOperand, Operand } from "./condition.ts";
import { lowerConstant, show } from "./constants.ts";
import { isHardlyText, likelyCaller } from "./likelyCaller.ts";
import { asksForTime } from "./likelyLiteral.ts";
import { likelyReference } from "./likelyReference.ts";
import { isReference, lowerReference, type Scope } from "./scopes.ts";
import type { Column } from "./table.ts";
import type { LiteralContext } from "./texts.ts";
import type { Type, Value } from "./type.ts";
import { typeText } from "./typeText.ts";

/** A value that a column or an argument is compared with: a literal of its type, or a reference that compares with it. */
export function comparedOperand(
  value: unknown,
  of: Value,
  place: Place,
  scope: Scope,
  context: LiteralContext,
): Operand | undefined {
  if (!isReference(value, context)) return literalOperand(value, of, place, scope, context, false);
  return checkedReference(value, of, place, scope, context, comparable);
}

/** A value that is written to a column: a literal that meets its constraints, or a reference whose argument will have to. */
export function writtenOperand(
  value: unknown,
  column: Column,
  place: Place,
  scope: Scope,
  context: LiteralContext,
): Operand | undefined {
  const operand = argumentOperand(value, column, place, scope, context);
  if (operand?.kind === "argument") scope.args?.use(operand.path, { fills: column });
  if ((operand?.kind === "user" || operand?.kind === "session") && operand.of.nullable && !column.nullable)
    return context.report("reference/nullable", place, [String(value), column.name]);
  return operand;
}

/** A value that another operation is called with: a literal that meets the constraints of its argument, or a reference. */
export function argumentOperand(
  value: unknown,
  of: Value,
  place: Place,
  scope: Scope,
  context: LiteralContext,
): Operand | undefined {
  if (!isReference(value, context)) return literalOperand(value, of, place, scope, context, true);
  return checkedReference(value, of, place, scope, context, assignable);
}

/** A value that the Worker knows when a call begins: a literal within the bounds of its type, or an argument whose value will have to be. */
export function callOperand(
  value: unknown,
  of: Value,
  place: Place,
  scope: Scope,
  context: LiteralContext,
): CallOperand | undefined {
  const operand = isReference(value, context)
    ? checkedReference(value, of, place, scope, context, comparable)
    : literalOperand(value, of, place, scope, context, true);
  if (operand === undefined || operand.kind === "constant") return operand;
  if (operand.kind !== "argument")
    return context.report("reference/scope", place, [String(value), '"near" and "search"', ["$args"]]);
  scope.args?.use(operand.path, { within: of.type });
  return operand;
}

/** A literal. A text that is none of its type may be a reference as other tools write it, or ask for the time. */
function literalOperand(
  value: unknown,
  { type, nullable }: Value,
  place: Place,
  scope: Scope,
  context: LiteralContext,
  constrained: boolean,
): Operand | undefined {
  if (
    context.references === "manifest" &&
    typeof value === "string" &&
    type.kind !== "string" &&
    type.kind !== "json"
  ) {
    const likely = asksForTime(value, type) && scope.now ? "$now" : likelyReference(value, scope.args);
    if (likely)
      return context.report("type/mismatch", place, [show(value), typeText(type)], {
        hint: `Write ${likely}.`,
        rewrite: likely,
      });
  }
  if (typeof value === "string" && scope.caller && type.kind === "string" && isHardlyText(value)) {
    const likely = context.references === "manifest" ? likelyCaller(value, context.signIn) : undefined;
    if (likely)
      context.report("reference/syntax", place, [value], {
        severity: "warning",
        hint: `Write ${likely}.`,
        rewrite: likely,
      });
  }
  const of = { type, nullable };
  const constant = lowerConstant(value, of, place, context, constrained);
  return constant === undefined ? undefined : { kind: "constant", value: constant, of };
}

/** A reference whose type fits. `$now` takes the type of what it stands for. */
function checkedReference(
  text: string,
  { type }: Value,
  place: Place,
  scope: Scope,
  context: LiteralContext,
  fits: (from: Type, to: Type) => boolean,
): Operand | undefined {
  const reference = lowerReference(text, place, scope, context);
  if (!reference) return;
  if (reference.kind === "now" && type.kind === "date") return { kind: "now", of: { type, nullable: false } };
  if (fits(reference.of.type, type)) return reference;
  return context.report("reference/type", place, [text, typeText(reference.of.type), typeText(type)]);
}
