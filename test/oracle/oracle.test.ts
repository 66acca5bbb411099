import { describe, expect, test } from "vitest";
import { type Case, disagreement } from "./disagreement.ts";
import { randomCase } from "./random/case.ts";
import { reduce } from "./reduce.ts";

const RUNS = Number(process.env.RUNS ?? 400);
const FIRST = Number(process.env.SEED ?? 1) * 1_000_000;

/** The case in short, with both answers, where they are not the same. */
async function said(of: Case): Promise<string | undefined> {
  if (!(await disagreement(of))) return undefined;
  const enums = JSON.stringify(of.manifest.enums);
  const shows = async (smaller: Case) =>
    // values of an enum stay its values
    JSON.stringify(smaller.manifest?.enums ?? of.manifest.enums) === enums &&
    disagreement(smaller).then(
      (found) => found !== undefined,
      () => false,
    );
  const smallest = await reduce(of, shows);
  const { call, expected, got } = (await disagreement(smallest))!;
  const lines = Object.entries(smallest.manifest).map(([name, section]) => `${name}: ${JSON.stringify(section)}`);
  return [
    ...lines,
    `rows: ${JSON.stringify(smallest.rows)}`,
    `call: ${JSON.stringify(call)}`,
    `expected: ${JSON.stringify(expected)}`,
    `got: ${JSON.stringify(got)}`,
  ].join("\n");
}

describe("what is compiled answers as the language says", () => {
  test(`${RUNS} manifests with rows and queries`, { timeout: 60_000 + RUNS * 100 }, async () => {
    for (let run = 0; run < RUNS; run++) {
      const found = await said(randomCase(FIRST + run));
      if (found) expect.fail(`Case ${FIRST + run}:\n${found}`);
    }
  });
});
