import { handlerExecutor } from "./handlerExecutor.ts";
import { lookup } from "./lookup.ts";
import type { HandlerOperation } from "./plan.ts";
import type { HandlerExecutor } from "./prepare.ts";
import type { Scope } from "./scope.ts";
import type { ServerOptions } from "./serverOptions.ts";
import { tableAccess } from "./tableAccess.ts";

/** How handler operations run; what their contexts share is made with the first of them. */
export function handlers<Env extends object>(
  options: ServerOptions<Env>,
): (operation: HandlerOperation) => HandlerExecutor | undefined {
  const { planner, drizzle, constraints, operations } = options;
  const parts = {
    operations,
    constraints,
    results: options.resultShapes ?? {},
    db: planner ? tableAccess(planner, constraints, "caller") : missing("planner"),
    system: planner ? tableAccess(planner, constraints, "system") : missing("planner"),
    shapes: options.signIn?.identity.shapes,
    drizzle: drizzle ? ({ env }: Scope) => drizzle(env as Env) : missing("drizzle"),
  };
  return (operation) => {
    const handler = lookup(options.handlers, operation.name);
    return handler && handlerExecutor(operation, handler, parts, lookup(options.resultValidators, operation.name));
  };
}

/** Stands in for an option that generated code gives where it is needed. */
export function missing(option: string): () => never {
  return () => {
    throw new Error(`createServer was given no ${option}.`);
  };
}
