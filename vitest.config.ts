import { defineConfig } from "vitest/config";

/*
 * What runs in memory, what starts workerd from the sources, and what runs the built package as a user would.
 * Files run side by side, as many as there are processors; the tests of a file one after another.
 */
const workerd = ["test/conformance/**/*.test.ts", "test/auth/**/*.test.ts", "test/edges/**/*.test.ts"];
const built = ["test/cli/**/*.test.ts", "test/package/**/*.test.ts"];
const patient = { testTimeout: 60_000, hookTimeout: 120_000, teardownTimeout: 20_000 };

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["./test/seed.ts"],
    reporters: ["default", "./test/closingLine.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...workerd, ...built, "test/bench/**", "**/node_modules/**"],
          testTimeout: 20_000,
        },
      },
      { extends: true, test: { name: "workerd", include: workerd, ...patient } },
      { extends: true, test: { name: "built", include: built, globalSetup: "test/cli/build.ts", ...patient } },
    ],
  },
});
