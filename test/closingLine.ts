import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line that programs read: `12 passed, 0 failed`. A file that cannot be run counts as a failure. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of states) if (state !== "pending") counts[state] += 1;
      if (module.state() === "failed" && !states.includes("failed")) counts.failed += 1;
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
    console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }
}
