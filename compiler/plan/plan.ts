import type { OperationPlan, OperationPlans } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Body, Operation } from "../ir/operation.ts";
import { planBody } from "./body.ts";
import type { Named } from "./scope.ts";
import { shapeOf, shapesOf } from "./shape.ts";

/** The plans of all operations, by name, in the App's order. */
export function planOperations(app: App): OperationPlans {
  return Object.fromEntries([...app.operations].map(([name, operation]) => [name, planOperation(operation, app)]));
}

/**
 * An operation as data: SQL with its parameters, and the shapes that carry values in and out.
 *
 * @param named is told what the aliases of its statement stand for
 */
export function planOperation(operation: Operation, { tables }: Pick<App, "tables">, named?: Named): OperationPlan {
  const { kind, name, auth, args, body } = operation;
  const base = { kind, name, auth, args: shapesOf(args) };
  if (body.kind === "handler") return { ...base, result: "handler", ...planHandler(operation, body) };
  return { ...base, ...planBody(body, { tables, constants: "inline", named }) };
}

function planHandler({ errors }: Operation, { returns }: Extract<Body, { kind: "handler" }>) {
  return {
    ...(returns && { returns: shapeOf(returns.type) }),
    errors: Object.fromEntries([...errors].map(([code, { status, message }]) => [code, { status, message }])),
  };
}
