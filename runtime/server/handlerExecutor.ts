import { fromWire } from "../wire/fromWire.ts";
import { ShapeError, toWire } from "../wire/toWire.ts";
import type { Args } from "./args.ts";
import type { Validator } from "./call.ts";
import { type AnyHandler, type ContextParts, HandlerContext } from "./context.ts";
import type { HandlerOperation } from "./plan.ts";
import type { HandlerExecutor } from "./prepare.ts";
import type { Scope } from "./scope.ts";

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
    const result = await handler(ctx as never, (rewrite ? rewrite(args) : args) as never);
    const text = resultText(operation, result);
    const judged = check?.({ result: JSON.parse(text) });
    if (judged && "details" in judged) {
      const reasons = judged.details.map(({ path, message }) => `${path}: ${message}`);
      throw new Error(`The result of ${operation.name} does not fit its \`returns\`: ${reasons.join("; ")}`);
    }
    return text;
  };
}
