import type { Args } from "./args.ts";
import type { Caller } from "./caller.ts";
import type { Database } from "./database.ts";
import type { IdempotencyKey } from "./idempotency.ts";

/** What all operations of one request share. */
export interface Scope {
  readonly env: unknown;
  readonly request: Request;
  readonly requestId: string;
  /** milliseconds */
  readonly now: number;
  readonly database: Database;
  /** who is signed in */
  readonly caller?: Caller | undefined;
  /** the key of a mutation that must not run twice; it is of the request's own operation, and of none that a handler runs */
  readonly idempotencyKey?: IdempotencyKey | undefined;
  /** Lets work go on when the request has been answered. */
  readonly defer: (work: Promise<unknown>) => void;
  /** Runs an operation by name; arguments in wire form, the result as JSON text. */
  readonly run: (operation: string, args: Args, scope: Scope) => Promise<string>;
}
