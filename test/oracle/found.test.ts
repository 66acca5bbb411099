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
  [
    "a rule compares how many rows there are with how many there were",
    {
      manifest: {
        ...signIn,
        tables: {
          tasks: {
            columns: { id: "integer", title: "string", counted: { count: "labels" } },
            relations: { labels: { manyToMany: "tasks" } },
            rules: { read: { all: {} }, update: { same: { then: { counted: "$before.counted" } } } },
          },
        },
        mutations: { name: { auth: "public", update: "tasks", all: true, set: { title: "b" } } },
      },
      rows: { tasks: [{ id: 1, title: "a" }], tasksLabels: [] },
      calls: [{ query: "name", args: {}, as: null }],
    },
  ],
  [
    "elements of a hidden list are not asked for where the argument is absent",
    {
      manifest: {
        ...signIn,
        tables: {
          tasks: {
            columns: { id: "integer", list: { type: "array", items: "string", read: { id: 2 } } },
          },
        },
        queries: {
          list: {
            auth: "public",
            args: { any: { type: "array", items: "string", optional: true } },
            list: "tasks",
            where: { list: { includesAny: "$args.any?" } },
          },
        },
      },
      rows: { tasks: [1, 2].map((id) => ({ id, list: ["a"] })) },
      calls: [{}, { any: ["a"] }].map((args) => ({ query: "list", args, as: null })),
    },
  ],
];

describe("what was once found", () => {
  test.each(found)("%s", async (_, of) => {
    expect(await disagreement(of)).toBeUndefined();
  });
});
