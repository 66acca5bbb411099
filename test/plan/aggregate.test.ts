import { describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

const manifest = `
enums: { Level: [low, high] }
tables:
  projects:
    columns: { id: integer, name: string, budget: { type: decimal, nullable: true } }
    relations: { tasks: { many: tasks }, members: { manyToMany: users } }
  users: { columns: { id: integer, name: string } }
  tasks:
    columns:
      id: integer
      title: string
      done: { type: boolean, default: false }
      points: integer?
      big: { type: bigint, nullable: true }
      cost: { type: decimal, nullable: true }
      hours: number?
      level: Level?
      dueAt: timestamp?
      day: date?
    relations:
      project: { one: projects, optional: true }
      comments: { many: comments }
      labels: { manyToMany: labels }
  comments:
    columns: { id: integer, points: integer, hidden: { type: boolean, default: false } }
    relations: { task: { one: tasks }, author: { one: users, optional: true } }
  labels: { columns: { id: integer, weight: integer } }
queries:
  all:
    args: { title: string? }
    aggregate: tasks
    where: { title: { contains: $args.title? } }
    select:
      total: { count: all }
      pointed: { count: points }
      open: { count: all, where: { done: false } }
      points: { sum: points }
      mean: { avg: points }
      distinct: { sum: points, distinct: true }
      big: { sum: big }
      cost: { sum: cost }
      meanCost: { avg: cost }
      hours: { sum: hours }
      first: { min: dueAt }
      lastDay: { max: day }
      level: { max: level }
      someDone: { max: done }
  byProject:
    args: { least: { type: integer, default: 0 }, limit: { type: integer, default: 10 } }
    aggregate: tasks
    groupBy: [projectId]
    select: { total: { count: all }, points: { sum: points } }
    having: { total: { gte: $args.least } }
    orderBy: [-total]
    limit: $args.limit
  ways:
    aggregate: tasks
    groupBy: [projectId]
    select:
      total: { count: all }
      comments: { count: comments }
      seen: { count: comments, where: { hidden: false } }
      commentPoints: { sum: comments.points }
      mean: { avg: comments.points }
      most: { max: comments.points }
      weight: { sum: labels.weight }
      budget: { sum: project.budget }
      budgets: { count: project.budget, distinct: true }
  named:
    aggregate: projects
    groupBy: [name]
    select: { authors: { count: tasks.comments.author } }
  one:
    args: { id: integer, done: boolean? }
    get: projects
    where: { id: $args.id }
    select: [name]
    with:
      tasks:
        aggregate:
          total: { count: all }
          open: { count: all, where: { done: false } }
          cost: { sum: cost }
          first: { min: dueAt }
          comments: { sum: comments.points }
        where: { done: $args.done? }
      members: { aggregate: { total: { count: all } } }
  both:
    list: projects
    select: [id]
    with:
      tasks: { aggregate: { total: { count: all } }, select: [id], orderBy: [-commentsAggregate.total], limit: 1, with: { comments: { aggregate: { total: { count: all } } } } }
  ranked:
    args: { least: { type: integer, default: 0 } }
    list: projects
    select: [id]
    where: { tasksAggregate: { total: { gte: $args.least } } }
    with: { tasks: { aggregate: { total: { count: all }, points: { sum: points } } } }
    orderBy: [-tasksAggregate.total, tasksAggregate.points]
  pages:
    page: projects
    select: [id]
    where: { tasksAggregate: { total: { gte: 0 } } }
    with: { tasks: { aggregate: { total: { count: all } }, rows: true } }
    orderBy: [-tasksAggregate.total]
    size: { default: 1 }
    total: true
`;
/** Relations without an index are joined, those with one are reckoned row by row. */
const apps = {
  "without an index": appOf(manifest),
  "with an index": appOf(
    manifest
      .replace("one: projects,", "one: projects, index: true,")
      .replace("one: tasks }", "one: tasks, index: true }"),
  ),
};
const app = apps["without an index"];

function filled(of = app): Memory {
  const memory = new Memory(of);
  memory.fill("projects", [
    { id: 1, name: "a", budget: 1000n },
    { id: 2, name: "b", budget: 1000n },
    { id: 3, name: "c", budget: null },
  ]);
  memory.fill("users", [{ id: 1, name: "u" }]);
  memory.fill("tasks", [
    {
      id: 1,
      title: "x",
      done: 0,
      points: 3,
      big: 2n ** 62n,
      cost: 1005n,
      hours: 0.5,
      level: "low",
      due_at: 5,
      day: "2026-01-02",
      project_id: 1,
    },
    {
      id: 2,
      title: "x",
      done: 1,
      points: 3,
      big: 1n,
      cost: -1000n,
      hours: 1,
      level: "high",
      due_at: 1,
      day: "2026-01-01",
      project_id: 1,
    },
    {
      id: 3,
      title: "y",
      done: 0,
      points: null,
      big: null,
      cost: null,
      hours: null,
      level: null,
      due_at: null,
      day: null,
      project_id: 2,
    },
    {
      id: 4,
      title: "y",
      done: 0,
      points: 6,
      big: null,
      cost: null,
      hours: null,
      level: null,
      due_at: null,
      day: null,
      project_id: null,
    },
  ]);
  memory.fill("comments", [
    { id: 1, points: 10, hidden: 0, task_id: 1, author_id: 1 },
    { id: 2, points: 20, hidden: 1, task_id: 1, author_id: null },
    { id: 3, points: 5, hidden: 0, task_id: 3, author_id: 1 },
  ]);
  memory.fill("labels", [
    { id: 1, weight: 2 },
    { id: 2, weight: 3 },
  ]);
  memory.fill("tasks_labels", [
    { tasks_id: 1, labels_id: 1 },
    { tasks_id: 1, labels_id: 2 },
    { tasks_id: 2, labels_id: 1 },
  ]);
  return memory;
}

const call = (name: string, args: object = {}, memory = filled(), page = {}) =>
  memory.call(app.operations.get(name)!, args as never, page);

describe("an aggregate", () => {
  test("over all rows", async () => {
    expect(await call("all")).toEqual({
      total: 4,
      pointed: 3,
      open: 3,
      points: 12,
      mean: 4,
      distinct: 9,
      big: "4611686018427387905",
      cost: "0.05",
      meanCost: 0.025,
      hours: 1.5,
      first: "1970-01-01T00:00:00.001Z",
      lastDay: "2026-01-02",
      level: "low",
      someDone: true,
    });
    expect(await call("all", { title: "x" })).toMatchObject({ total: 2, points: 6 });
  });

  test("over no rows", async () => {
    const nothing = await call("all", { title: "none" });
    expect(nothing).toEqual({
      total: 0,
      pointed: 0,
      open: 0,
      points: null,
      mean: null,
      distinct: null,
      big: null,
      cost: null,
      meanCost: null,
      hours: null,
      first: null,
      lastDay: null,
      level: null,
      someDone: null,
    });
  });

  test("over groups, null among them, in a total order", async () => {
    const groups = [
      { projectId: 1, total: 2, points: 6 },
      { projectId: null, total: 1, points: 6 },
      { projectId: 2, total: 1, points: null },
    ];
    expect(await call("byProject", { least: 0, limit: 10 })).toEqual(groups);
    expect(await call("byProject", { least: 2, limit: 10 })).toEqual(groups.slice(0, 1));
    expect(await call("byProject", { least: 0, limit: 2 })).toEqual(groups.slice(0, 2));
  });

  test("by way of relations, each on its own", async () => {
    const none = { comments: 0, seen: 0, commentPoints: null, mean: null, most: null, weight: null };
    expect(await call("ways")).toEqual([
      { projectId: null, total: 1, ...none, budget: null, budgets: 0 },
      {
        projectId: 1,
        total: 2,
        comments: 2,
        seen: 1,
        commentPoints: 30,
        mean: 15,
        most: 20,
        weight: 7,
        budget: "20.00",
        budgets: 1,
      },
      {
        projectId: 2,
        total: 1,
        comments: 1,
        seen: 1,
        commentPoints: 5,
        mean: 5,
        most: 5,
        weight: null,
        budget: "10.00",
        budgets: 1,
      },
    ]);
    expect(await call("named")).toEqual([
      { name: "a", authors: 1 },
      { name: "b", authors: 1 },
      { name: "c", authors: 0 },
    ]);
  });

  test("whose average is over great integers of related rows has no sum that overflows", async () => {
    const of = appOf(`
tables:
  lists: { columns: { id: integer }, relations: { items: { many: items } } }
  items: { columns: { id: integer, big: bigint }, relations: { list: { one: lists } } }
queries: { mean: { aggregate: lists, select: { mean: { avg: items.big } } } }
`);
    const memory = new Memory(of);
    memory.fill("lists", [{ id: 1 }, { id: 2 }]);
    const big = 2n ** 63n - 1n;
    memory.fill(
      "items",
      [1, 1, 2].map((list_id, id) => ({ id, big, list_id })),
    );
    const { mean } = await memory.call(of.operations.get("mean")!);
    expect(mean / 2 ** 63).toBeCloseTo(1, 12);
  });

  test("whose sum of integers leaves the safe ones is refused", async () => {
    const sumOf = async (...points: readonly number[]) => {
      const memory = new Memory(app);
      memory.fill(
        "tasks",
        points.map((each, index) => ({ id: index, title: "", points: each })),
      );
      return ((await call("all", {}, memory)) as { points: number }).points;
    };
    expect(await sumOf(Number.MAX_SAFE_INTEGER - 1, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(await sumOf(Number.MIN_SAFE_INTEGER + 1, -1)).toBe(Number.MIN_SAFE_INTEGER);
    await expect(sumOf(Number.MAX_SAFE_INTEGER, 1)).rejects.toThrow("integer overflow");
  });
});

describe.each(Object.entries(apps))("an aggregate of a relation %s", (_, of) => {
  const call = (name: string, args: object = {}, memory = filled(of), page = {}) =>
    memory.call(of.operations.get(name)!, args as never, page);

  test("stands beside the row", async () => {
    expect(await call("one", { id: 1 })).toEqual({
      name: "a",
      tasksAggregate: { total: 2, open: 1, cost: "0.05", first: "1970-01-01T00:00:00.001Z", comments: 30 },
      membersAggregate: { total: 0 },
    });
    expect(await call("one", { id: 1, done: true })).toMatchObject({
      tasksAggregate: { total: 1, open: 0, cost: "-10.00" },
    });
    expect(await call("one", { id: 3 })).toMatchObject({
      tasksAggregate: { total: 0, open: 0, cost: null, first: null, comments: null },
    });
  });

  test("and its rows, where they are asked for, by an order of their own", async () => {
    expect(await call("both")).toEqual([
      { id: 1, tasks: [{ id: 1, commentsAggregate: { total: 2 } }], tasksAggregate: { total: 2 } },
      { id: 2, tasks: [{ id: 3, commentsAggregate: { total: 1 } }], tasksAggregate: { total: 1 } },
      { id: 3, tasks: [], tasksAggregate: { total: 0 } },
    ]);
  });

  test("filters and orders", async () => {
    const rows = [
      { id: 1, tasksAggregate: { total: 2, points: 6 } },
      { id: 2, tasksAggregate: { total: 1, points: null } },
      { id: 3, tasksAggregate: { total: 0, points: null } },
    ];
    expect(await call("ranked", { least: 0 })).toEqual(rows);
    expect(await call("ranked", { least: 1 })).toEqual(rows.slice(0, 2));
  });

  test("orders pages, which tell how many rows there are", async () => {
    const memory = filled(of);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page = (await call("pages", {}, memory, cursor === null ? {} : { position: cursor })) as {
        rows: { id: number }[];
        nextCursor: string | null;
        total: number;
      };
      expect(page.total).toBe(3);
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([1, 2, 3]);
  });
});
