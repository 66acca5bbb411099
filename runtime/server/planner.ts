import type { Shape } from "../wire/shape.ts";
import type { PageOperation, RowsOperation, WriteOperation } from "./plan.ts";

export type Verb = "get" | "list" | "page" | "aggregate" | "insert" | "update" | "upsert" | "delete";

/** A statement that was planned while a handler runs, and the shape of a row of its result. */
export interface PlannedCall {
  readonly operation: RowsOperation | PageOperation | WriteOperation;
  readonly row: Shape;
}

/** Through whose eyes a call sees rows: the caller's, by the rules, or all of them. */
export type PlannedEyes = "caller" | "system";

/**
 * Plans what a handler asks of `ctx.db`. The compiler's own planner stands behind it (`appflare/planner`): the generated Worker
 * hands it to the runtime when it has handlers, so that a read in a handler and a declared read are one piece of SQL logic.
 * Throws a TypeError that names the place (`where.title`) when the options do not fit the table.
 */
export interface Planner {
  plan(verb: Verb, table: string, options: unknown, eyes?: PlannedEyes): PlannedCall;
}
