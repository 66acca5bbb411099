import { describe, expectTypeOf, test } from "vitest";
import type { Context, Handler, Page, TableAccess, TwoWayPage, Where } from "../../runtime/server/main.ts";

interface TasksRow {
  id: number;
  title: string;
  done: boolean;
  points: number | null;
  dueAt: Date | null;
  settings: { color: string } | null;
  projectId: string;
  assigneeId: string | null;
}
interface ProjectsRow {
  id: string;
  name: string;
  total: bigint;
  status: "active" | "archived";
}
interface UsersRow {
  id: string;
  name: string;
}

/** As the compiler prints it. */
interface Tables {
  tasks: {
    row: TasksRow;
    insert: { title: string; done?: boolean; points?: number | null; projectId: string };
    relations: {
      project: { table: "projects"; kind: "one"; optional: false };
      assignee: { table: "users"; kind: "one"; optional: true };
    };
    conditions: "isOpen";
    search: true;
  };
  projects: {
    row: ProjectsRow;
    insert: { name: string };
    relations: {
      tasks: { table: "tasks"; kind: "many" };
      members: { table: "users"; kind: "manyToMany" };
      cover: { table: "users"; kind: "hasOne" };
    };
  };
  users: { row: UsersRow; insert: UsersRow; relations: Record<never, never> };
}

interface Operations {
  "tasks/list": { args: { search?: string | null; limit?: number }; result: TasksRow[]; errors: never };
  "tasks/get": { args: { id: number }; result: TasksRow | null; errors: never };
  "reports/run": { args: { since: Date }; result: { imported: number }; errors: "out_of_stock" };
  "reports/mail": { args: { to?: string }; received: { to: string }; result: null; errors: never };
}

interface Env {
  DB: { prepare(sql: string): unknown };
}

declare const tasks: TableAccess<Tables, "tasks">;
declare const projects: TableAccess<Tables, "projects">;
declare const ctx: Context<Operations, Tables, Env, "reports/run", { select(): void }>;

/** Never run: only its types count. */
const typed = (_: () => unknown): void => undefined;

describe("reads", () => {
  test("measures, over rows, groups and relations", () => {
    typed(async () => {
      const select = {
        total: { count: "all" },
        points: { sum: "points" },
        last: { max: "dueAt" },
        mean: { avg: "points" },
      } as const;
      const all = await tasks.aggregate({ select });
      expectTypeOf(all).toEqualTypeOf<{
        total: number;
        points: number | null;
        last: Date | null;
        mean: number | null;
      }>();
      const groups = await tasks.aggregate({
        groupBy: ["projectId"],
        select: { total: { count: "all", where: { done: false } }, budget: { max: "project.total" } },
        having: { total: { gt: 1 } },
        orderBy: ["-total", "projectId"],
      });
      expectTypeOf(groups).toEqualTypeOf<{ projectId: string; total: number; budget: bigint | null }[]>();
      // @ts-expect-error there is no such column
      await tasks.aggregate({ select: { total: { count: "titel" } } });
      // @ts-expect-error there is no such measure
      await tasks.aggregate({ groupBy: ["done"], select: { total: { count: "all" } }, orderBy: ["totl"] });

      const rows = await projects.list({
        select: ["id"],
        where: { tasksAggregate: { total: { gt: 1 } } },
        with: {
          tasks: { aggregate: { total: { count: "all" } } },
          members: { aggregate: { total: { count: "all" } }, rows: true, select: ["id"] },
        },
        orderBy: ["-tasksAggregate.total"],
      });
      expectTypeOf(rows).toEqualTypeOf<
        {
          id: string;
          members: { id: string }[];
          tasksAggregate: { total: number };
          membersAggregate: { total: number };
        }[]
      >();
    });
  });

  test("a whole row, chosen columns, related rows to any depth", () => {
    typed(async () => {
      expectTypeOf(await ctx.run("reports/mail")).toEqualTypeOf<null>();
      expectTypeOf(await tasks.list()).toEqualTypeOf<TasksRow[]>();
      expectTypeOf(await tasks.get({ where: { id: 1 } })).toEqualTypeOf<TasksRow | null>();
      expectTypeOf(await tasks.list({ select: ["id", "dueAt"] })).toEqualTypeOf<{ id: number; dueAt: Date | null }[]>();
      expectTypeOf(await tasks.page({ select: ["id"] })).toEqualTypeOf<Page<{ id: number }>>();
      expectTypeOf(await tasks.page({ select: ["id"], bothWays: true })).toEqualTypeOf<TwoWayPage<{ id: number }>>();
      const [row] = await projects.list({
        select: ["name"],
        with: {
          tasks: {
            select: ["title"],
            with: { assignee: true, project: { select: ["id"] } },
            orderBy: ["-id"],
            limit: 3,
          },
          members: { select: ["name"], where: { name: "x" } },
          cover: true,
        },
      });
      expectTypeOf(row!).toEqualTypeOf<{
        name: string;
        tasks: { title: string; assignee: UsersRow | null; project: { id: string } }[];
        members: { name: string }[];
        cover: UsersRow | null;
      }>();
    });
  });

  test("a condition on a to-one may leave it out", () => {
    typed(async () => {
      const [row] = await tasks.list({
        select: ["id"],
        with: { project: { select: ["id"], where: { status: "active" } } },
      });
      expectTypeOf(row!.project).toEqualTypeOf<{ id: string } | null>();
    });
  });

  test("names that the table does not have are errors", () => {
    typed(() => [
      // @ts-expect-error: no such column
      tasks.list({ select: ["nope"] }),
      // @ts-expect-error: no such relation
      tasks.list({ with: { nope: true } }),
      // @ts-expect-error: no such column in the related table
      tasks.list({ with: { project: { select: ["title"] } } }),
      // @ts-expect-error: no such column
      tasks.list({ orderBy: ["-nope"] }),
      // @ts-expect-error: no such option
      tasks.list({ first: 1 }),
      // @ts-expect-error: a get names its row
      tasks.get({}),
    ]);
  });
});

describe("conditions", () => {
  test("every form", () => {
    const all: Where<Tables, "tasks">[] = [
      { id: 1, title: { contains: "x", caseSensitive: false }, points: null },
      { dueAt: { gte: new Date(), lt: { column: "dueAt" } }, points: { in: [1, null] } },
      { project: { status: { ne: "active" }, tasks: { some: { done: true } }, members: { none: {} } } },
      { search: "words", near: { latitude: 1, longitude: 2, within: 3, of: ["id", "points"] } },
      { assignee: null, not: { done: true }, any: [{ id: 1 }, { id: 2 }], all: ["isOpen"] },
      [{ id: 1 }, "isOpen"],
      { settings: null },
    ];
    expectTypeOf(all).toBeArray();
  });

  test("what does not fit", () => {
    typed((): Where<Tables, "tasks">[] => [
      // @ts-expect-error: another type
      { id: "x" },
      // @ts-expect-error: no null in a column that has none
      { title: null },
      // @ts-expect-error: no such member of the enum
      { project: { status: "nope" } },
      // @ts-expect-error: text operators are for text
      { id: { contains: "x" } },
      // @ts-expect-error: a to-many says some, every or none
      { project: { tasks: { done: true } } },
      // @ts-expect-error: no such column
      { nope: 1 },
      // @ts-expect-error: degrees are numbers
      { near: { latitude: 1, longitude: 2, within: 3, of: ["id", "title"] } },
      // @ts-expect-error: nothing of projects is searched
      { project: { search: "words" } },
      // @ts-expect-error: no such condition
      "isClosed",
      // @ts-expect-error: undefined is no condition
      { title: undefined },
    ]);
  });
});

describe("writes", () => {
  test("results", () => {
    typed(async () => {
      expectTypeOf(await tasks.insert({ values: { title: "x", projectId: "p" } })).toEqualTypeOf<TasksRow>();
      expectTypeOf(await tasks.insert({ values: { title: "x", projectId: "p" }, returns: ["id"] })).toEqualTypeOf<{
        id: number;
      }>();
      expectTypeOf(
        await tasks.update({ where: { id: 1 }, set: { points: { increment: 1 }, done: true } }),
      ).toEqualTypeOf<TasksRow[]>();
      expectTypeOf(await tasks.update({ where: { id: 1 }, set: {}, expect: "one", returns: ["id"] })).toEqualTypeOf<{
        id: number;
      }>();
      expectTypeOf(await tasks.delete({ all: true })).toEqualTypeOf<TasksRow[]>();
      expectTypeOf(await tasks.delete({ where: { id: 1 }, expect: 1 })).toEqualTypeOf<TasksRow>();
      expectTypeOf(await tasks.delete({ all: true, cascades: ["projects"] })).toEqualTypeOf<TasksRow[]>();
      expectTypeOf(await projects.update({ where: { id: "p" }, set: { total: { decrement: 1n } } })).toEqualTypeOf<
        ProjectsRow[]
      >();
    });
  });

  test("what does not fit", () => {
    typed(() => [
      // @ts-expect-error: a value is missing
      tasks.insert({ values: { title: "x" } }),
      // @ts-expect-error: all rows must be said
      tasks.update({ set: { done: true } }),
      // @ts-expect-error: all rows must be said
      tasks.delete({}),
      // @ts-expect-error: either all rows or some
      tasks.delete({ all: true, where: { id: 1 } }),
      // @ts-expect-error: no such table
      tasks.delete({ all: true, cascades: ["nope"] }),
      // @ts-expect-error: text has no increment
      tasks.update({ all: true, set: { title: { increment: 1 } } }),
      // @ts-expect-error: no such column
      tasks.update({ all: true, set: { nope: 1 } }),
    ]);
  });
});

describe("handlers", () => {
  test("have the types of their operation", () => {
    const handler: Handler<Operations, Tables, Env, "reports/run"> = async (context, args) => {
      expectTypeOf(args).toEqualTypeOf<{ since: Date }>();
      expectTypeOf(context.env).toEqualTypeOf<Env>();
      expectTypeOf(context.db.tasks).toEqualTypeOf<TableAccess<Tables, "tasks">>();
      if (args.since > context.now) throw context.error("out_of_stock", "later");
      return { imported: 1 };
    };
    expectTypeOf(handler).toBeFunction();
    const mail: Handler<Operations, Tables, Env, "reports/mail"> = (_context, { to }) => {
      expectTypeOf(to).toEqualTypeOf<string>();
      return null;
    };
    expectTypeOf(mail).toBeFunction();
    // @ts-expect-error: the result is another
    const wrong: Handler<Operations, Tables, Env, "reports/run"> = () => ({ imported: "1" });
    expectTypeOf(wrong).toBeFunction();
  });

  test("raise declared and built-in errors, and run other operations", () => {
    typed(async () => {
      expectTypeOf(await ctx.run("tasks/list")).toEqualTypeOf<TasksRow[]>();
      expectTypeOf(await ctx.run("tasks/get", { id: 1 })).toEqualTypeOf<TasksRow | null>();
      expectTypeOf(ctx.drizzle).toEqualTypeOf<{ select(): void }>();
      expectTypeOf(ctx.error("not_found")).toBeNever();
      // @ts-expect-error: not declared
      ctx.error("nope");
      // @ts-expect-error: arguments are required
      ctx.run("tasks/get");
      // @ts-expect-error: another type
      ctx.run("tasks/get", { id: "x" });
      // @ts-expect-error: no such operation
      ctx.run("tasks/nope");
    });
  });
});
