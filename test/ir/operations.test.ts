import { describe, expect, test } from "vitest";
import type { ColumnTerm } from "../../compiler/ir/operation.ts";
import { termName } from "../../compiler/ir/orders.ts";
import { appOf, bodyOf, operationOf, saidOf } from "./lowered.ts";

const tables = `
tables:
  users: { columns: { id: uuid, name: string, email: { type: string, unique: true } }, relations: { tasks: { many: tasks } } }
  tasks:
    columns:
      id: integer
      title: { type: string, minLength: 1, maxLength: 80, pattern: "^a" }
      done: { type: boolean, default: false }
      points: { type: integer, minimum: 0, nullable: true }
      views: bigint
    relations: { owner: { one: users } }
`;
const app = (operations: string) => appOf(tables + operations);
const args = (operations: string, name: string) =>
  Object.fromEntries(
    [...operationOf(app(operations), name).args].map(([name, { type, nullable, optional }]) => [
      name,
      { type, nullable, optional },
    ]),
  );

describe("orders", () => {
  test.each([
    ["", ["id"]],
    ["orderBy: [-title]", ["-title", "id"]],
    ["orderBy: [-id, title]", ["-id", "title"]],
    ["orderBy: [{ column: points, descending: true, nulls: last }]", ["-points last", "id"]],
  ])("are total: %s", (written, expected) => {
    const { orderBy } = bodyOf(app(`queries: { q: { list: tasks${written && `, ${written}`} } }`), "q", "list");
    const shown = (orderBy as readonly ColumnTerm[]).map(
      ({ column, descending, nulls }) => `${descending ? "-" : ""}${column.name}${nulls ? ` ${nulls}` : ""}`,
    );
    expect(shown).toEqual(expected);
  });

  test("of a unique column that may not be null need no key", () => {
    const { orderBy } = bodyOf(app("queries: { q: { page: users, orderBy: [email] } }"), "q", "page");
    expect(orderBy.map(({ column }) => column.name)).toEqual(["email"]);
  });

  test("of different rows are of what is selected", () => {
    const { orderBy, distinct } = bodyOf(
      app("queries: { q: { list: tasks, select: [title, done], distinct: true } }"),
      "q",
      "list",
    );
    expect([distinct, orderBy.map(termName)]).toEqual([true, ["title", "done"]]);
  });
});

test("lists have a limit, nested ones too, and related rows an order", () => {
  const text = `database: { query: { defaultLimit: 7 } }
queries: { q: { list: users, select: [id], with: { tasks: { select: [title], with: { owner: true } } } } }`;
  const { selection, limit } = bodyOf(app(text), "q", "list");
  expect(limit).toMatchObject({ kind: "constant", value: 7 });
  const [tasks] = selection.with;
  expect(tasks).toMatchObject({ name: "tasks", limit: { value: 7 } });
  expect(tasks!.orderBy.map(termName)).toEqual(["id"]);
  expect(tasks!.selection.columns.map(({ name }) => name)).toEqual(["title"]);
  expect(tasks!.selection.with[0]).toMatchObject({ name: "owner", orderBy: [] });
  expect(tasks!.selection.with[0]!.limit).toBeUndefined();
});

test("a page has a size within the limits", () => {
  const size = (written: string) => bodyOf(app(`queries: { q: { page: tasks${written} } }`), "q", "page").size;
  expect(size("")).toEqual({ default: 100, max: 1000 });
  expect(size(", size: { max: 20 }")).toEqual({ default: 20, max: 20 });
  expect(size(", size: { default: 5 }")).toEqual({ default: 5, max: 1000 });
});

describe("get needs a key that is held fast", () => {
  const said = (args: string, where: string) =>
    saidOf(`${tables}queries: { q: { args: ${args}, get: users, where: ${where} } }`).map((line) => line.split(" ")[0]);

  test.each([
    ["{ id: uuid }", "{ id: $args.id, name: a }"],
    ["{ email: string }", "{ all: [{ email: $args.email }] }"],
    ["{ id: { type: uuid, default: 01900000-0000-7000-8000-000000000001 } }", "{ id: $args.id }"],
  ])("%s %s", (args, where) => {
    expect(said(args, where)).toEqual([]);
  });

  test.each([
    ["{ id: uuid? }", "{ id: $args.id? }"],
    ["{ id: { type: uuid, nullable: true, default: 01900000-0000-7000-8000-000000000001 } }", "{ id: $args.id }"],
    ["{ id: uuid }", "{ any: [{ id: $args.id }, { name: a }] }"],
    ["{ ids: { type: array, items: uuid } }", "{ id: { in: $args.ids } }"],
    ["{ id: uuid }", "{ not: { id: $args.id } }"],
    ["{ name: string }", "{ name: $args.name }"],
  ])("not: %s %s", (args, where) => {
    expect(said(args, where)).toEqual(["operation/not-one-row"]);
  });
});

describe("input", () => {
  test("of an insert is required where the column needs a value", () => {
    const text = "mutations: { m: { insert: tasks, input: [id, title, done, points, ownerId], values: { views: 1 } } }";
    expect(args(text, "m")).toMatchObject({
      id: { optional: true, nullable: false },
      title: { optional: false, nullable: false, type: { maxLength: 80 } },
      done: { optional: true, nullable: false },
      points: { optional: true, nullable: true },
      ownerId: { optional: false, type: { kind: "uuid" } },
    });
    const { assignments } = bodyOf(app(text), "m", "insert");
    expect(assignments.map(({ column }) => column.name)).toEqual(["id", "title", "done", "points", "ownerId", "views"]);
    expect(assignments[1]!.value).toMatchObject({ kind: "argument", path: ["title"], optional: false });
  });

  test("of an update is optional, and null only where the column may be", () => {
    expect(args("mutations: { m: { update: tasks, where: { id: 1 }, input: [title, points] } }", "m")).toMatchObject({
      title: { optional: true, nullable: false },
      points: { optional: true, nullable: true },
    });
  });
});

describe("an argument that fills a column inherits its constraints", () => {
  test.each([
    ["title: string", "title", { kind: "string", minLength: 1, maxLength: 80, pattern: "^a" }],
    [
      "title: { type: string, minLength: 5, maxLength: 100, pattern: b$ }",
      "title",
      { kind: "string", minLength: 5, maxLength: 80, pattern: "^(?=[\\s\\S]*?(?:b$))(?=[\\s\\S]*?(?:^a))" },
    ],
  ])("%s", (written, name, type) => {
    expect(
      args(
        `mutations: { m: { args: { ${written} }, update: tasks, where: { id: 1 }, set: { title: $args.title } } }`,
        "m",
      )[name]!.type,
    ).toEqual(type);
  });

  test("both patterns hold in the one that stands for them", () => {
    const { title } = args(
      `mutations: { m: { args: { title: { type: string, pattern: b$ } }, update: tasks, where: { id: 1 }, set: { title: $args.title } } }`,
      "m",
    );
    const pattern = new RegExp((title!.type as { pattern: string }).pattern, "u");
    expect(["ab", "a\nb", "ba", "xab", "abx"].map((text) => pattern.test(text))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("null is refused where the column may not be null", () => {
    const text = `mutations: { m: { args: { title: string?, points: integer? }, update: tasks, where: { id: 1 }, set: { title: $args.title?, points: $args.points? } } }`;
    expect(args(text, "m")).toMatchObject({
      title: { optional: true, nullable: false },
      points: { optional: true, nullable: true, type: { minimum: 0 } },
    });
  });

  test("a property of an argument too", () => {
    const { of } = args(
      `mutations: { m: { args: { of: { type: object, properties: { title: string } } }, update: tasks, where: { id: 1 }, set: { title: $args.of.title } } }`,
      "m",
    );
    expect(of!.type.kind === "object" && of!.type.properties.get("title")!.type).toMatchObject({ maxLength: 80 });
  });

  test("by how much a column grows is bound by nothing but its type", () => {
    const { by } = args(
      `mutations: { m: { args: { by: integer }, update: tasks, where: { id: 1 }, set: { points: { increment: $args.by } } } }`,
      "m",
    );
    expect(by).toEqual({ type: { kind: "integer" }, nullable: false, optional: false });
  });

  test("a limit is between 0 and the most, an offset is not negative", () => {
    const text =
      "queries: { q: { args: { limit: { type: integer, maximum: 5000, default: 5 }, offset: integer }, list: tasks, limit: $args.limit, offset: $args.offset } }";
    expect(args(text, "q")).toEqual({
      limit: { type: { kind: "integer", minimum: 0, maximum: 1000 }, nullable: false, optional: true },
      offset: { type: { kind: "integer", minimum: 0 }, nullable: false, optional: false },
    });
  });
});

describe("writes", () => {
  test.each([
    ["one", { minimum: 1, maximum: 1 }, true],
    ["some", { minimum: 1 }, false],
    ["none", { minimum: 0, maximum: 0 }, false],
    ["3", { minimum: 3, maximum: 3 }, false],
    ["{ min: 1, max: 1 }", { minimum: 1, maximum: 1 }, true],
    ["{ max: 5 }", { minimum: 0, maximum: 5 }, false],
  ])("expect: %s", (written, expected, single) => {
    const body = bodyOf(
      app(`mutations: { m: { delete: tasks, where: { done: true }, expect: ${written}, returns: [id] } }`),
      "m",
      "delete",
    );
    const { place, ...expect_ } = body.expect!;
    expect([expect_, body.single, body.returns.columns.map(({ name }) => name)]).toEqual([expected, single, ["id"]]);
  });

  test("all rows are meant when it is said", () => {
    expect(
      bodyOf(app("mutations: { m: { update: tasks, all: true, where: {}, set: { done: true } } }"), "m", "update")
        .where,
    ).toBeUndefined();
  });

  test("a column grows by a number", () => {
    const { assignments } = bodyOf(
      app("mutations: { m: { update: tasks, all: true, set: { points: { decrement: 2 }, views: { multiply: 3 } } } }"),
      "m",
      "update",
    );
    expect(assignments.map(({ value }) => value)).toMatchObject([
      { kind: "decrement", by: { kind: "constant", value: 2 } },
      { kind: "multiply", by: { kind: "constant", value: "3" } },
    ]);
  });
});

test("a handler has a module, an export, errors and what it returns", () => {
  const text = `mutations:
  reports/import:
    args: { url: { type: string, format: uri } }
    errors: { too_old: { status: 409, message: $$5 is too old } }
    returns: { type: object, properties: { imported: integer } }
    handler: ./handlers/reports.ts#importReport`;
  const operation = operationOf(app(text), "reports/import");
  expect(operation.body).toMatchObject({
    module: "./handlers/reports.ts",
    export: "importReport",
    returns: { type: { kind: "object" } },
  });
  expect(operation.errors.get("too_old")).toMatchObject({ status: 409, message: "$5 is too old" });
});

test("an App is frozen", () => {
  const { tables, operations } = app("queries: { q: { list: tasks } }");
  for (const part of [tables.get("tasks"), tables.get("tasks")!.primaryKey[0], operations.get("q")!.body])
    expect(Object.isFrozen(part)).toBe(true);
});
