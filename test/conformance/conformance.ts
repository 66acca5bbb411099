import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Captures } from "../../compiler/cli/test/match.ts";
import { closeConnections } from "./http.ts";
import { readScenarios, type Scenario } from "./scenario.ts";
import { type SpecServer, startSpec } from "./specServer.ts";
import { describeStep, runStep, type Way } from "./step.ts";

/** Scenarios of nothing but raw requests have no client to go through. */
function waysOf({ steps }: Scenario): readonly Way[] {
  return steps.some(({ request }) => request === undefined) ? ["http", "client"] : ["http"];
}

/** Runs a scenario to its end, so that one wrong step does not hide the others. */
async function run(server: SpecServer, way: Way, { seed, steps }: Scenario): Promise<void> {
  await server.data.reset(seed);
  const captures: Captures = new Map();
  const problems: string[] = [];
  for (const [index, step] of steps.entries()) {
    const mismatches = await runStep(server, way, step, captures).catch((error: Error) => [error.message]);
    if (mismatches.length > 0)
      problems.push(`step ${index + 1}: ${describeStep(step)}`, ...mismatches.map((line) => `    ${line}`));
  }
  if (problems.length > 0) expect.fail(problems.join("\n"));
}

/** Declares the tests of a spec: every scenario over HTTP and through the generated client. */
export function conformance(spec: string): void {
  let server: SpecServer | undefined;
  beforeAll(async () => {
    server = await startSpec(spec);
  });
  afterAll(async () => {
    closeConnections();
    await server?.stop();
  });
  for (const [file, scenarios] of readScenarios(spec)) {
    describe(file, () => {
      for (const scenario of scenarios) {
        for (const way of waysOf(scenario)) test(`${scenario.name} (${way})`, () => run(server!, way, scenario));
      }
    });
  }
}
