import { fromWire } from "../wire/fromWire.ts";
import type { Shape } from "../wire/shape.ts";
import { ShapeError, toWire } from "../wire/toWire.ts";
import type { Args } from "./args.ts";
import { type BuiltInError, builtIn, builtInErrors, invalidArguments, Refusal } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { Constraints, HandlerOperation, IdentityPlan, OperationPlan, OperationPlans } from "./plan.ts";
import type { Scope } from "./scope.ts";
import { whoIs } from "./whoIs.ts";

/** A handler as the server calls it; generated code checks its types. */
export type AnyHandler = (ctx: never, args: never) => unknown;

/** What contexts of all requests have in common. */
export interface ContextParts {
  readonly operations: OperationPlans;
  readonly constraints: Constraints;
  /** shapes of results, by operation */
  readonly results: { readonly [operation: string]: Shape };
  readonly db: (scope: Scope) => object;
  /** sees all rows, whoever calls */
  readonly system: (scope: Scope) => object;
  /** what `$user` and `$session` have */
  readonly shapes: IdentityPlan["shapes"] | undefined;
  readonly drizzle: (scope: Scope) => unknown;
}

/** The refusal for a code that the operation declares or that is built in; an Error (a bug) for any other. */
function declared(operation: HandlerOperation, code: string, message: string | undefined): Error {
  const error = lookup(operation.errors, code);
  if (error) return new Refusal(error.status, code, message ?? error.message);
  if (Object.hasOwn(builtInErrors, code)) return builtIn(code as BuiltInError, message);
  return new Error(`${operation.name} does not declare the error ${JSON.stringify(code)}.`);
}

/** `ctx` of one call. What it reads rows with is made when first used. */
export class HandlerContext {
  readonly now: Date;
  readonly env: unknown;
  readonly request: Request;
  readonly #operation: HandlerOperation;
  readonly #parts: ContextParts;
  readonly #scope: Scope;
  #db: object | undefined;
  #system: object | undefined;
  #who: Who | undefined;
  #drizzle: unknown;

  constructor(operation: HandlerOperation, parts: ContextParts, scope: Scope) {
    this.#operation = operation;
    this.#parts = parts;
    this.#scope = scope;
    this.now = new Date(scope.now);
    this.env = scope.env;
    this.request = scope.request;
  }

  get db(): object {
    this.#db ??= this.#parts.db(this.#scope);
    return this.#db;
  }

  get system(): object {
    this.#system ??= this.#parts.system(this.#scope);
    return this.#system;
  }

  get user(): unknown {
    return this.#caller?.user;
  }

  get session(): unknown {
    return this.#caller?.session;
  }

  /** Drizzle knows no rules: where there are some, the operation has to say that it does without. */
  get drizzle(): unknown {
    if (this.#parts.constraints.rules !== undefined && !this.#operation.asSystem)
      throw new TypeError(`ctx.drizzle obeys no rules: say "as: system" and "because" on ${this.#operation.name}.`);
    this.#drizzle ??= this.#parts.drizzle(this.#scope);
    return this.#drizzle;
  }

  get #caller(): Who | undefined {
    const { caller } = this.#scope;
    const { shapes } = this.#parts;
    if (caller && shapes) this.#who ??= inJavaScript(whoIs(caller, { shapes }), shapes);
    return this.#who;
  }

  error(code: string, message?: string): never {
    throw declared(this.#operation, code, message);
  }

  async run(name: string, args: object = {}): Promise<unknown> {
    const { operations, results } = this.#parts;
    const operation = lookup(operations, name);
    if (!operation) throw new TypeError(`There is no operation ${JSON.stringify(name)}.`);
    const result: unknown = JSON.parse(await this.#scope.run(name, argumentsToWire(operation, args), this.#scope));
    const shape = lookup(results, name);
    const rewrite = shape && fromWire(shape);
    return rewrite ? rewrite(result) : result;
  }
}

interface Who {
  readonly user: object;
  readonly session: object;
}

function inJavaScript(who: Who, { user, session }: IdentityPlan["shapes"]): Who {
  const rewrite = fromWire({ object: { user: { object: user }, session: { object: session } } });
  return rewrite ? (rewrite(who) as Who) : who;
}

/** Arguments of `ctx.run` in wire form, or the refusal that a caller over HTTP would get. */
function argumentsToWire(operation: OperationPlan, args: object): Args {
  const page: { [name: string]: Shape } = operation.result === "page" ? { cursor: "string", size: "number" } : {};
  try {
    return toWire(args, { object: { ...page, ...operation.args } }) as Args;
  } catch (error) {
    throw error instanceof ShapeError ? invalidArguments([{ path: error.path, message: error.problem }]) : error;
  }
}
