import { defineConfig } from "vitest/config";

/*
 * Two projects: what runs in memory, and what starts workerd, builds packages or compiles whole programs and needs longer.
 * Files run side by side, as many as there are processors; a test inside a file never does.
 */
const slow = ["test/conformance/**/*.test.ts", "test/cli/**/*.test.ts", "test/package/**/*.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", "./test/closingLine.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...slow, "test/bench/**", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "workerd",
          include: slow,
          globalSetup: "test/cli/build.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          teardownTimeout: 20_000,
        },
      },
    ],
  },
});
