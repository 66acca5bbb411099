import { type Captures, match } from "./match.ts";

/** What came of a call, in wire form. */
export type Outcome = { readonly result: unknown } | { readonly refusal: Refusal };

/** An error answer: its envelope without the request's id. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
  readonly rule?: string;
}

/** What has to come of a call: this JSON, or an error that has these parts. */
export type Expectation = { readonly result: unknown } | { readonly error: ErrorExpectation };

export interface ErrorExpectation {
  readonly code: string;
  readonly status?: number;
  readonly message?: unknown;
  readonly rule?: string;
  readonly details?: unknown;
  /** those of `details`, in any order */
  readonly paths?: readonly string[];
}

/** @returns a line for each thing that is not as expected */
export function matchOutcome(expected: Expectation, outcome: Outcome, captures: Captures): string[] {
  if ("error" in expected) {
    if ("refusal" in outcome) return matchRefusal(expected.error, outcome.refusal, captures);
    return [`expected ${expected.error.code}, got ${JSON.stringify(outcome.result)}`];
  }
  if ("refusal" in outcome) return [`refused: ${JSON.stringify(outcome.refusal)}`];
  return match(expected.result, outcome.result, captures);
}

function matchRefusal({ paths, ...parts }: ErrorExpectation, actual: Refusal, captures: Captures): string[] {
  const mismatches = match({ ...parts, $rest: true }, actual, captures, "error");
  if (!paths) return mismatches;
  const details = Array.isArray(actual.details) ? (actual.details as readonly { readonly path: string }[]) : [];
  const found = details.map(({ path }) => path);
  return [...mismatches, ...match({ $unordered: paths }, [...new Set(found)], captures, "error.details paths")];
}
