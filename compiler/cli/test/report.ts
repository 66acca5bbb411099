import { rangeOf } from "../../diagnostics/json.ts";
import type { Expectation, Outcome } from "./outcome.ts";
import type { Failure } from "./runTest.ts";
import type { Test } from "./testFile.ts";

/** A test that was run. */
export interface Ran {
  readonly test: Test;
  readonly failure?: Failure | undefined;
}

/** Lines for a test: its name, and where it failed, by what, and what there was instead. */
export function ranText({ test, failure }: Ran): string {
  if (!failure) return `ok    ${test.name}\n`;
  const { call, problems, outcome } = failure;
  const { file, line, column } = rangeOf(call.place.span);
  return [
    `FAIL  ${test.name}`,
    `      ${file}:${line}:${column} - ${call.caller?.name ?? "nobody"} calls ${call.operation.name}`,
    ...(isOther(call.expected, outcome) ? [] : problems.map((problem) => `        ${problem}`)),
    ...block("expected", "error" in call.expected ? { error: call.expected.error } : call.expected.result),
    ...block("got", gotOf(outcome)),
  ]
    .join("\n")
    .concat("\n");
}

/** The last line: how many there were, and how many failed. */
export function totalText(ran: readonly Ran[]): string {
  const failed = ran.filter(({ failure }) => failure).length;
  const tests = `${ran.length} ${ran.length === 1 ? "test" : "tests"}`;
  return failed === 0 ? `\n${tests}, all as expected\n` : `\n${tests}, ${failed} failed\n`;
}

/** A test as data. */
export function ranJson({ test, failure }: Ran): object {
  const { file, line, column } = rangeOf((failure?.call ?? test).place.span);
  return {
    name: test.name,
    ok: failure === undefined,
    ...{ file, line, column },
    ...(failure && {
      as: failure.call.caller?.name ?? "nobody",
      call: failure.call.operation.name,
      problems: failure.problems,
      expected:
        "error" in failure.call.expected ? { error: failure.call.expected.error } : failure.call.expected.result,
      got: gotOf(failure.outcome),
    }),
  };
}

/** An error where an answer was expected, or the other way round: no line says more than the two of them. */
function isOther(expected: Expectation, outcome: Outcome): boolean {
  return "error" in expected !== "refusal" in outcome;
}

function gotOf(outcome: Outcome): unknown {
  return "refusal" in outcome ? { error: outcome.refusal } : outcome.result;
}

/** Rows stand one below another, short ones in a line each. */
function block(title: string, value: unknown): string[] {
  const flat = JSON.stringify(value);
  if (flat.length <= 100 || !Array.isArray(value)) return [`      ${title}: ${flat}`];
  return [`      ${title}:`, ...value.map((item) => `        - ${JSON.stringify(item)}`)];
}
