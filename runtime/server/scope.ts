import type { Args } from "./args.ts";
import type { Database } from "./database.ts";

/** What all operations of one request share. */
export interface Scope {
  readonly env: unknown;
  readonly request: Request;
  readonly requestId: string;
  /** milliseconds */
  readonly now: number;
  readonly database: Database;
  /** Runs an operation by name; arguments in wire form, the result as JSON text. */
  readonly run: (operation: string, args: Args, scope: Scope) => Promise<string>;
}
