import type { OperationPlan, WriteOperation } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Body, Operation } from "../ir/operation.ts";
import { planAfter } from "./after.ts";
import { planAlone, takesBatch } from "./alone.ts";
import { planBody } from "./body.ts";
import { eyesOf } from "./eyes.ts";
import type { Named } from "./scope.ts";
import { shapeOf, shapesOf } from "./shape.ts";
import { planReadStatement, planWriteStatement } from "./statement.ts";
import { declaredCodes, declaredErrors, planSteps } from "./steps.ts";

/**
 * An operation as data: SQL with its parameters, and the shapes that carry values in and out.
 *
 * @param named is told what the aliases of its statement stand for
 */
export function planOperation(operation: Operation, { tables }: Pick<App, "tables">, named?: Named): OperationPlan {
  const { kind, name, auth, rateLimit, args, body } = operation;
  const base = { kind, name, auth, ...(rateLimit && { limit: rateLimit.name }), args: shapesOf(args) };
  if (body.kind === "handler") return { ...base, result: "handler", ...planHandler(operation, body) };
  if (body.kind === "sql")
    return { ...base, ...(kind === "query" ? planReadStatement(body) : planWriteStatement(body)) } as OperationPlan;
  const context = { tables, constants: "inline", eyes: eyesOf(operation, tables), named } as const;
  if (body.kind === "steps") return { ...base, ...planSteps(body, operation, context) };
  if (takesBatch(body)) return { ...base, ...planAlone(body, operation, context), ...planFollower(operation, tables) };
  return { ...base, ...planBody(body, context), ...planElse(operation), ...planFollower(operation, tables) };
}

/** What a write is refused with by the author's words. */
function planElse({ errors, else: otherwise }: Operation): Pick<WriteOperation, "errors" | "else"> {
  return otherwise ? { errors: declaredErrors(errors), else: declaredCodes(otherwise) } : {};
}

/** What runs after a single write has no steps to speak of. */
function planFollower(operation: Operation, tables: App["tables"]): Pick<WriteOperation, "after"> {
  const { after } = operation;
  return after ? { after: planAfter(after, { constants: "inline", eyes: eyesOf(operation, tables) }).plan } : {};
}

function planHandler({ errors, asSystem }: Operation, { returns }: Extract<Body, { kind: "handler" }>) {
  return {
    ...(asSystem !== undefined && ({ asSystem: true } as const)),
    ...(returns && { returns: shapeOf(returns.type) }),
    errors: declaredErrors(errors),
  };
}
