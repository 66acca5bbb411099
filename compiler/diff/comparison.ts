import type { Operation } from "../ir/operation.ts";
import type { Matching } from "./matching.ts";

/** An operation on both sides, and what its tables and columns have become. */
export interface Comparison {
  readonly before: Operation;
  readonly after: Operation;
  readonly matching: Matching;
}
