import type { BuiltInError } from "./errors.ts";
import type { TableAccess } from "./tableTypes.ts";

/**
 * What the generated `Operations` type says of one operation, in JavaScript types. `errors` are the codes that it declares; `received` is
 * what a handler gets for `args`, where defaults make the two differ.
 */
export interface OperationTypes {
  args: object;
  received?: object;
  result: unknown;
  errors: string;
  /** who calls, and by which session; undefined where nobody has to be signed in. Absent: nobody signs in at all */
  user?: unknown;
  session?: unknown;
}

/** The generated `Operations` type: every operation by name. */
export type OperationMap<O> = { [Name in keyof O]: OperationTypes };

/** `ctx.db`: declared-style reads and writes on every table, typed by the generated `Tables`. */
export type Db<T> = { readonly [N in keyof T]: TableAccess<T, N> };

/** Arguments of a call: they may be left out where none is required. */
export type CallArguments<A> = Record<never, never> extends A ? [args?: A] : [args: A];

/** What a handler gets beside its arguments. */
export interface Context<O extends OperationMap<O>, T, Env, Name extends keyof O, Drizzle = unknown> {
  /** obeys the rules as whoever calls */
  readonly db: Db<T>;
  /** the same, and sees all rows, whoever calls */
  readonly system: Db<T>;
  /** who calls */
  readonly user: O[Name] extends { user: infer User } ? User : undefined;
  readonly session: O[Name] extends { session: infer Session } ? Session : undefined;
  /** Drizzle over the same database, with the generated schema. It obeys no rules: where there are some, `as: system` opens it */
  readonly drizzle: Drizzle;
  readonly env: Env;
  readonly request: Request;
  /** the request's time, the same for all of it */
  readonly now: Date;
  /**
   * Refuses the call with an error that the operation declares, or with a built-in one; `message` replaces the declared text. It
   * throws by itself; `throw ctx.error(…)` tells TypeScript that the code ends there.
   */
  error(code: O[Name]["errors"] | BuiltInError, message?: string): never;
  /** Runs another operation within this request; its arguments are validated, its refusals are thrown. */
  run<N extends keyof O & string>(operation: N, ...args: CallArguments<O[N]["args"]>): Promise<O[N]["result"]>;
}

/** A handler of the operation `Name`. */
export type Handler<O extends OperationMap<O>, T, Env, Name extends keyof O, Drizzle = unknown> = (
  ctx: Context<O, T, Env, Name, Drizzle>,
  args: O[Name] extends { received: infer Received } ? Received : O[Name]["args"],
) => O[Name]["result"] | Promise<O[Name]["result"]>;
