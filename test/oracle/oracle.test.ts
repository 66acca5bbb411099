import { describe, expect, test } from "vitest";
import { randomCase } from "./random/case.ts";
import { ruledCase } from "./random/ruledCase.ts";
import { said } from "./said.ts";

const RUNS = Number(process.env.RUNS ?? 400);
const FIRST = Number(process.env.SEED ?? 1) * 1_000_000;

/** That somebody selects what nobody of their role may read is refused by the compiler. */
function unlessRefused(error: Error): undefined {
  if (!error.message.startsWith("guard/never-read")) throw error;
}

describe("what is compiled answers as the language says", () => {
  test(`${RUNS} manifests with rows and queries`, { timeout: 60_000 + RUNS * 100 }, async () => {
    for (let run = 0; run < RUNS; run++) {
      const found = await said(randomCase(FIRST + run));
      if (found) expect.fail(`Case ${FIRST + run}:\n${found}`);
    }
  });

  test(`${RUNS} manifests with rules`, { timeout: 60_000 + RUNS * 100 }, async () => {
    for (let run = 0; run < RUNS; run++) {
      const found = await said(ruledCase(FIRST + run)).catch(unlessRefused);
      if (found) expect.fail(`Case ${FIRST + run}:\n${found}`);
    }
  });
});
