import { describe, expect, test } from "vitest";
import { type Case, disagreement } from "./disagreement.ts";

/* Cases on which what is compiled and the oracle did not agree, each as small as it got. */

const signIn = { auth: { emailPassword: true }, queries: {} };

const found: readonly (readonly [name: string, Case])[] = [
  [
    "a new row whose key leads nowhere has no related row",
    {
      manifest: {
        ...signIn,
        tables: {
          projects: { columns: { id: "integer" } },
          tasks: {
            columns: { id: "integer" },
            relations: { project: { one: "projects", optional: true } },
            rules: { create: { alone: { project: null } } },
          },
        },
        mutations: {
          add: {
            auth: "public",
            args: { id: "integer", project: "integer" },
            insert: "tasks",
            values: { id: "$args.id", projectId: "$args.project" },
          },
        },
      },
      rows: { projects: [{ id: 1 }] },
      calls: [1, 2].map((project) => ({ query: "add", args: { id: 7, project }, as: null })),
    },
  ],
];

describe("what was once found", () => {
  test.each(found)("%s", async (_, of) => {
    expect(await disagreement(of)).toBeUndefined();
  });
});
