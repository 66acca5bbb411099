import type { Place } from "../manifest/place.ts";
import type { Condition, Operand } from "./condition.ts";
import type { Each } from "./items.ts";
import type { Body, DeclaredError, Expectation } from "./operation.ts";
import type { Table } from "./table.ts";

/** One of the writes and reads of an operation that are one: all of them are done, or none. */
export interface Step {
  readonly name: string;
  readonly body: StepBody;
  /** it is done once for each of these; absent: once */
  readonly each?: Each;
  /** declared errors in the place of built-in codes */
  readonly else: ReadonlyMap<string, DeclaredError>;
  readonly place: Place;
}

type BodyOf<K extends Body["kind"]> = Extract<Body, { kind: K }>;

export type StepBody =
  | BodyOf<"insert" | "update" | "upsert" | "delete" | "aggregate">
  | (BodyOf<"get"> & { readonly expect?: Expectation })
  | Check;

/** There must be some row of the table that meets `where`, or none. */
export interface Check {
  readonly kind: "check";
  readonly table: Table;
  readonly where?: Condition;
  readonly is: "some" | "none";
}

/** Another mutation that runs when this one is committed; its arguments by name. */
export interface After {
  readonly run: string;
  readonly args: ReadonlyMap<string, Operand>;
  readonly place: Place;
}

/** The table whose rows a step is about; of an aggregate, that of its results. */
export function tableOf({ body }: Step): Table {
  return "selection" in body ? body.selection.table : body.table;
}

/** Whether a step is about one row, which others may speak of. A check is about none. */
export function isSingle({ body, each }: Step): boolean {
  if (each || body.kind === "check") return false;
  return !("single" in body) || body.single;
}

/** Whether the row of a single step may not be there. */
export function mayFindNone({ body }: Step): boolean {
  return body.kind === "get" && !(body.expect && body.expect.minimum > 0);
}
