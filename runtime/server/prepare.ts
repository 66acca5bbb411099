import type { Args } from "./args.ts";
import type { Call, Validator } from "./call.ts";
import type { Database } from "./database.ts";
import { type Detail, invalidArguments } from "./errors.ts";
import { executor } from "./execute.ts";
import { runOnce } from "./idempotency.ts";
import { type PageArguments, takePageArguments } from "./pageArguments.ts";
import type { Constraints, OperationPlan } from "./plan.ts";
import type { Scope } from "./scope.ts";

/** An operation ready to run: arguments in wire form, not validated yet; the result as JSON text. */
export type Prepared = (input: Args, scope: Scope) => Promise<string>;

/** Runs a handler; arguments are validated. */
export type HandlerExecutor = (args: Args, scope: Scope) => Promise<string>;

const NO_PAGE: PageArguments = {};

function unknownNames(input: Args, operation: OperationPlan): string[] | undefined {
  let names: string[] | undefined;
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(operation.args, name)) continue;
    names ??= [];
    names.push(name);
  }
  return names;
}

function without(input: Args, names: readonly string[]): Args {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
}

/** The arguments with their defaults, and the page's own. Throws a Refusal (400) with everything that is wrong. */
function validate(
  operation: OperationPlan,
  validator: Validator | undefined,
  input: Args,
): { args: Args; page: PageArguments } {
  let rest = input;
  let page = NO_PAGE;
  let details: Detail[] = [];
  if (operation.result === "page") {
    const taken = takePageArguments(input, operation.size);
    ({ rest, page } = taken);
    details = [...taken.details];
  }
  const unknown = unknownNames(rest, operation);
  if (unknown) {
    rest = without(rest, unknown);
    for (const path of unknown) details.push({ path, message: "is not an argument of this operation" });
  }
  const validated = validator ? validator(rest) : { args: rest };
  if ("details" in validated) details.push(...validated.details);
  else if (details.length === 0) return { args: validated.args, page };
  throw invalidArguments(details);
}

/** How a mutation is started for which nobody waits: what goes wrong is for the log alone. */
function follower(scope: Scope): NonNullable<Call["follow"]> {
  return (name, args) => {
    const done = scope.run(name, args, scope).catch((error: unknown) => {
      // biome-ignore lint/suspicious/noConsole: a Worker's log is its console
      console.error(`${name}, which runs after request ${scope.requestId}, failed:`, error);
    });
    scope.defer(done);
  };
}

/**
 * Makes an operation ready to run: validate, fill in defaults, render, bind, join.
 *
 * @param validator none where the operation takes no arguments
 * @param handle how a handler operation runs
 */
export function prepare(
  operation: OperationPlan,
  validator: Validator | undefined,
  constraints: Constraints,
  handle: HandlerExecutor | undefined,
): Prepared {
  if (operation.result === "handler") {
    if (handle === undefined) throw new Error(`There is no handler for ${operation.name}.`);
    return async (input, { idempotencyKey: key, ...scope }) => {
      const { args } = validate(operation, validator, input);
      const run = () => handle(args, scope);
      return key ? runOnce({ ...scope, operation, args, key }, run, true) : run();
    };
  }
  const execute = executor(operation);
  const follows = "after" in operation;
  return async (input, { idempotencyKey: key, ...scope }) => {
    const { database, now, caller } = scope;
    const { args, page } = validate(operation, validator, input);
    const follow = follows && { follow: follower(scope) };
    const base = { args, now, caller, generated: new Map(), constraints, ...page, ...follow };
    const run = (database: Database) => execute({ ...base, database });
    return key ? runOnce({ operation, args, key, now, database, caller }, run, false) : run(database);
  };
}
