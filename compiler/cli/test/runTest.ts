import { type Captures, fillIn } from "./match.ts";
import { matchOutcome, type Outcome, type Refusal } from "./outcome.ts";
import { requestOf } from "./request.ts";
import type { Test, TestCall } from "./testFile.ts";

/** The call of a test that did not do as expected; those behind it were not made. */
export interface Failure {
  readonly call: TestCall;
  readonly outcome: Outcome;
  /** a line for each thing that is not as expected */
  readonly problems: readonly string[];
}

/**
 * Makes the calls of a test one after another.
 *
 * @param url where the Worker is
 */
export async function runTest(test: Test, url: string): Promise<Failure | undefined> {
  const captures: Captures = new Map();
  for (const call of test.calls) {
    const unmet = unmetIn(call.args, captures);
    if (unmet !== undefined) return { call, outcome: { result: null }, problems: [`nothing was met under ${unmet}`] };
    const outcome = await outcomeOf(call, fillIn(call.args, captures) as TestCall["args"], url);
    const problems = matchOutcome(call.expected, outcome, captures);
    if (problems.length > 0) return { call, outcome, problems };
  }
  return undefined;
}

/** A `$name` in arguments that no answer before has given a value. */
function unmetIn(value: unknown, captures: Captures): string | undefined {
  if (typeof value === "string")
    return value.startsWith("$") && !value.startsWith("$$") && !captures.has(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const item of Object.values(value)) {
    const unmet = unmetIn(item, captures);
    if (unmet !== undefined) return unmet;
  }
  return undefined;
}

async function outcomeOf({ operation, caller }: TestCall, args: TestCall["args"], url: string): Promise<Outcome> {
  const { method, path, body } = requestOf(operation, args);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(caller && { authorization: `Bearer ${caller.token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body }),
  });
  const answer = (await response.json()) as {
    readonly error: Omit<Refusal, "status"> & { readonly requestId?: string };
  };
  if (response.status === 200) return { result: answer };
  const { requestId: _, ...error } = answer.error;
  return { refusal: { status: response.status, ...error } };
}
