import { fromWire } from "../wire/fromWire.ts";
import { ShapeError, toWire } from "../wire/toWire.ts";
import type { Args } from "./args.ts";
import type { Validator } from "./call.ts";
import { toRefusal } from "./constraints.ts";
import { type AnyHandler, type ContextParts, HandlerContext } from "./context.ts";
import type { Constraints, HandlerOperation } from "./plan.ts";
import type { HandlerExecutor } from "./prepare.ts";
import type { Scope } from "./scope.ts";

/** A constraint that raw SQL broke is the caller's to hear, as it is where `ctx.db` breaks it; Drizzle wraps D1's error in its own. */
async function call(
  handler: AnyHandler,
  ctx: HandlerContext,
  args: unknown,
  constraints: Constraints,
): Promise<unknown> {
  try {
    return await handler(ctx as never, args as never);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw toRefusal(error, constraints) ?? toRefusal(cause, constraints) ?? error;
  }
}

/** What a handler returned as JSON text; undefined is null. */
function resultText(operation: HandlerOperation, result: unknown): string {
  if (operation.returns === undefined || result === undefined) return "null";
  try {
    return JSON.stringify(toWire(result, operation.returns));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new Error(`The result of ${operation.name} does not fit its \`returns\`: ${error.message}`);
  }
}

/**
 * Makes a handler ready to run: arguments reach it in JavaScript types, its result leaves in wire form.
 *
 * @param check judges the result in wire form where a validator for it exists
 */
export function handlerExecutor(
  operation: HandlerOperation,
  handler: AnyHandler,
  parts: ContextParts,
  check: Validator | undefined,
): HandlerExecutor {
  const rewrite = fromWire({ object: operation.args });
  return async (args: Args, scope: Scope): Promise<string> => {
    const ctx = new HandlerContext(operation, parts, scope);
    const result = await call(handler, ctx, rewrite ? rewrite(args) : args, parts.constraints);
    const text = resultText(operation, result);
    const judged = check?.({ result: JSON.parse(text) });
    if (judged && "details" in judged) {
      const reasons = judged.details.map(({ path, message }) => `${path}: ${message}`);
      throw new Error(`The result of ${operation.name} does not fit its \`returns\`: ${reasons.join("; ")}`);
    }
    return text;
  };
}
