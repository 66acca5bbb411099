import type { Args } from "./args.ts";
import type { BindContext } from "./bind.ts";
import type { Database } from "./database.ts";
import type { Detail } from "./errors.ts";
import type { Constraints } from "./plan.ts";

/** What a validator makes of an input: the arguments with their defaults, or what is wrong with them. */
export type Validated = { readonly args: Args } | { readonly details: readonly Detail[] };

/** Judges arguments in wire form. `appflare/validators` makes these. */
export type Validator = (input: unknown) => Validated;

export interface Validators {
  readonly [operation: string]: Validator;
}

/** One run of an operation: what it binds, and where. */
export interface Call extends BindContext {
  readonly database: Database;
  readonly constraints: Constraints;
  /** the cursor of a page as it was sent */
  readonly position?: string;
  /** what a cursor of this call belongs to, where the operation's name and arguments do not say it */
  readonly identity?: string;
  /** starts another mutation, for which nobody waits */
  readonly follow?: (run: string, args: Args) => void;
}

/** Runs an operation and returns its result as JSON text. */
export type Executor = (call: Call) => Promise<string>;
