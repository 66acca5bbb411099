import { beforeEach, describe, expect, test } from "vitest";
import { tablesModel } from "../../compiler/ir/serialize.ts";
import { createPlanner, linkTables } from "../../compiler/plan/planner.ts";
import { render } from "../../runtime/server/render.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* Columns that count the rows of a relation. */

const app = appOf(`
tables:
  projects:
    columns:
      id: integer
      name: string
      taskCount: { count: tasks }
      openCount: { count: tasks, where: { done: false } }
      fanCount: { count: fans, where: { name: { ne: nobody } } }
      least: { type: integer, default: 0 }
    relations: { tasks: { many: tasks }, fans: { manyToMany: users } }
  users: { columns: { id: integer, name: string }, relations: { projects: { manyToMany: projects, inverse: fans } } }
  tasks:
    columns: { id: integer, done: boolean, partCount: { count: parts } }
    relations: { project: { one: projects }, parts: { many: tasks, inverse: whole }, whole: { one: tasks, optional: true } }
queries:
  all: { list: projects, orderBy: [id] }
  one: { args: { id: integer }, get: projects, where: { id: $args.id }, select: [taskCount] }
  busy: { list: projects, where: { openCount: { gte: 1 } }, select: [id] }
  enough: { list: projects, where: { taskCount: { gte: { column: least } } }, select: [id] }
  ordered: { list: projects, select: [id, openCount], orderBy: [-taskCount, -id] }
  distinct: { list: projects, select: [taskCount], distinct: true }
  page: { page: projects, orderBy: [-taskCount], select: [id, fanCount] }
  ofBusy: { list: tasks, where: { project: { taskCount: { gt: 1 } } }, select: [id] }
  nested:
    list: projects
    select: [id]
    with: { tasks: { select: [id, partCount], orderBy: [-partCount], with: { project: { select: [taskCount] } } }, fans: { select: [name] } }
    orderBy: [-openCount]
mutations:
  create: { insert: projects, input: [name] }
  rename: { args: { id: integer }, update: projects, where: { id: $args.id, taskCount: { gt: 1 } }, input: [name], returns: [name, taskCount, openCount] }
  begin: { insert: projects, values: { name: new, tasks: [{ done: false }, { done: true }], fans: [1] } }
  join: { args: { id: integer }, update: projects, where: { id: $args.id }, set: { fans: { add: [1, 2] } }, expect: one, returns: [id, fanCount] }
  remove: { args: { id: integer }, delete: tasks, where: { id: $args.id }, expect: one, returns: [partCount] }
`);

describe("a count", () => {
  let memory: Memory;
  const call = (name: string, args: object = {}, page = {}) =>
    memory.call(app.operations.get(name)!, { ...args }, page);
  beforeEach(() => {
    memory = new Memory(app);
    memory.fill(
      "projects",
      [1, 2, 3].map((id) => ({ id, name: `p${id}`, least: 2 })),
    );
    memory.fill("tasks", [
      { id: 1, done: 0, project_id: 1 },
      { id: 2, done: 1, project_id: 1, whole_id: 1 },
      { id: 3, done: 1, project_id: 1, whole_id: 1 },
      { id: 4, done: 1, project_id: 2 },
    ]);
    memory.fill("users", [
      { id: 1, name: "ada" },
      { id: 2, name: "nobody" },
    ]);
    memory.fill("projects_fans", [
      { projects_id: 1, fans_id: 1 },
      { projects_id: 1, fans_id: 2 },
    ]);
  });

  test("stands in rows", async () => {
    expect(await call("all")).toMatchObject([
      { id: 1, taskCount: 3, openCount: 1, fanCount: 1 },
      { id: 2, taskCount: 1, openCount: 0, fanCount: 0 },
      { id: 3, taskCount: 0, openCount: 0, fanCount: 0 },
    ]);
    expect(await call("one", { id: 1 })).toEqual({ taskCount: 3 });
    expect(await call("distinct")).toEqual([{ taskCount: 0 }, { taskCount: 1 }, { taskCount: 3 }]);
  });

  test("is filtered and ordered by", async () => {
    expect(await call("busy")).toEqual([{ id: 1 }]);
    expect(await call("enough")).toEqual([{ id: 1 }]);
    expect(await call("ofBusy")).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(await call("ordered")).toEqual([
      { id: 1, openCount: 1 },
      { id: 2, openCount: 0 },
      { id: 3, openCount: 0 },
    ]);
    expect(await call("nested")).toMatchObject([
      {
        id: 1,
        tasks: [
          { id: 1, partCount: 2, project: { taskCount: 3 } },
          { id: 2, partCount: 0 },
          { id: 3, partCount: 0 },
        ],
        fans: [{ name: "ada" }, { name: "nobody" }],
      },
      { id: 2 },
      { id: 3 },
    ]);
  });

  test("orders pages", async () => {
    const first = await call("page", {}, { size: 1 });
    expect(first).toMatchObject({ rows: [{ id: 1, fanCount: 1 }], hasMore: true });
    const second = await call("page", {}, { size: 1, position: first.nextCursor });
    expect(second).toMatchObject({ rows: [{ id: 2, fanCount: 0 }] });
  });

  test("is in what a write returns", async () => {
    expect(await call("create", { name: "new" })).toMatchObject({ id: 4, taskCount: 0 });
    expect(await call("rename", { id: 1, name: "x" })).toEqual([{ name: "x", taskCount: 3, openCount: 1 }]);
    expect(await call("rename", { id: 2, name: "x" })).toEqual([]);
  });

  test("is reckoned once where rows are ordered by it", async () => {
    await call("ordered");
    expect(memory.log.at(-1)!.sql.split("count(").length - 1).toBe(2);
  });

  test("knows the rows that are written beside its own", async () => {
    expect(await call("begin")).toMatchObject({ id: 4, name: "new", taskCount: 2, openCount: 1, fanCount: 1 });
    expect(await call("join", { id: 3 })).toEqual({ id: 3, fanCount: 1 });
  });

  test("is known to handlers", () => {
    const tables = linkTables(tablesModel(app));
    const planner = createPlanner(tables, { defaultLimit: 100, maxLimit: 1000 });
    const { operation } = planner.plan("list", "projects", {
      where: { openCount: { gt: 0 } },
      orderBy: ["-taskCount"],
    });
    expect(render((operation as unknown as { sql: never }).sql, () => false).text).toContain("count(");
  });
});

test("a count stands behind a counted key in an order", async () => {
  const of = appOf(`
tables:
  lists: { columns: { id: integer, size: { count: items } }, relations: { items: { many: items } } }
  items: { columns: { id: integer }, relations: { list: { one: lists } } }
queries: { sorted: { list: lists, orderBy: [-id, size] }, paged: { page: lists, select: [id], orderBy: [id, -size] } }
`);
  const memory = new Memory(of);
  memory.fill("lists", [{ id: 1 }, { id: 2 }]);
  memory.fill("items", [{ id: 1, list_id: 1 }]);
  expect(await memory.call(of.operations.get("sorted")!)).toEqual([
    { id: 2, size: 0 },
    { id: 1, size: 1 },
  ]);
  expect((await memory.call(of.operations.get("paged")!)).rows).toEqual([{ id: 1 }, { id: 2 }]);
});
