import type { OperationPlan } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Body, Operation } from "../ir/operation.ts";
import { planAlone, takesBatch } from "./alone.ts";
import { planBody } from "./body.ts";
import type { Named } from "./scope.ts";
import { shapeOf, shapesOf } from "./shape.ts";
import { declaredErrors, planSteps } from "./steps.ts";

/**
 * An operation as data: SQL with its parameters, and the shapes that carry values in and out.
 *
 * @param named is told what the aliases of its statement stand for
 */
export function planOperation(operation: Operation, { tables }: Pick<App, "tables">, named?: Named): OperationPlan {
  const { kind, name, auth, args, body } = operation;
  const base = { kind, name, auth, args: shapesOf(args) };
  if (body.kind === "handler") return { ...base, result: "handler", ...planHandler(operation, body) };
  const context = { tables, constants: "inline", named } as const;
  if (body.kind === "steps") return { ...base, ...planSteps(body, operation, context) };
  if (takesBatch(body)) return { ...base, ...planAlone(body, operation, context) };
  return { ...base, ...planBody(body, context) };
}

function planHandler({ errors }: Operation, { returns }: Extract<Body, { kind: "handler" }>) {
  return {
    ...(returns && { returns: shapeOf(returns.type) }),
    errors: declaredErrors(errors),
  };
}
