import { beforeAll, describe, expect, test } from "vitest";
import { createPlanner } from "../../compiler/plan/planner.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { PlannedEyes } from "../../runtime/server/planner.ts";
import { Memory, NOW } from "./database.ts";
import { appOf } from "./manifest.ts";

/* What callers see of tables with rules: the meanings that `language.md` fixes, for reads. */

const app = appOf(`
auth: { emailPassword: true, roles: [member, admin] }
tables:
  projects:
    columns:
      id: integer
      name: { type: string }
      code: { type: string, unique: true }
      open: { type: boolean, default: false }
      budget: { type: integer, nullable: true, read: [isOwner, { $user.role: admin }] }
      photo: { type: bytes, nullable: true, read: isOwner }
      taskCount: { count: tasks }
      noteCount: { count: notes, read: isOwner }
    relations: { owner: { one: users }, tasks: { many: tasks }, members: { manyToMany: users }, notes: { many: notes } }
    searchable: [name]
    conditions:
      isOwner: { ownerId: $user.id }
      isMember: { members: { some: { id: $user.id } } }
      canSee: [{ open: true }, isOwner, isMember]
    rules:
      read: { seen: canSee, staff: { $user.role: admin } }
      deny: { read: { closed: { name: closed, not: { $user.role: admin } } } }
  tasks:
    columns: { id: integer, title: string, points: { type: integer, default: 1 }, done: { type: boolean, default: false } }
    relations: { project: { one: projects }, labels: { manyToMany: labels }, parent: { one: tasks, optional: true }, children: { many: tasks, inverse: parent } }
    rules: { read: { through: { project: { may: read } } } }
  notes:
    columns: { id: integer, text: { type: string, read: { authorId: $user.id } }, public: { type: boolean, default: true } }
    relations: { project: { one: projects }, author: { one: users } }
    rules: { read: { public: { public: true }, own: { authorId: $user.id } } }
  labels:
    columns: { id: integer, name: string, hidden: { type: boolean, default: false } }
    relations: { tasks: { manyToMany: tasks, inverse: labels } }
    rules: { read: { shown: { hidden: false } } }
  drawers:
    columns: { id: integer, name: string }
    rules: { create: { all: {} } }
  settings: { columns: { id: integer, name: string }, relations: { project: { one: projects, optional: true } } }
  boxes:
    columns: { id: integer, label: { type: string, read: { things: { none: {} } } } }
    relations: { things: { many: things } }
  things: { columns: { id: integer }, relations: { box: { one: boxes, onDelete: cascade } } }
mutations:
  boxes/remove: { auth: user, args: { id: integer }, delete: boxes, where: { id: $args.id } }
  boxes/removeOne: { auth: user, args: { id: integer }, delete: boxes, where: { id: $args.id }, expect: one }
  boxes/steps: { auth: user, args: { id: integer }, steps: { gone: { delete: boxes, where: { id: $args.id } } }, returns: { gone: [id, label] } }
  boxes/each: { auth: user, args: { ids: { type: array, items: integer } }, each: $args.ids, delete: boxes, where: { id: $item } }
queries:
  projects: { auth: user, list: projects, select: [id] }
  admins: { auth: admin, list: projects, select: [id, budget] }
  everybody: { auth: public, list: projects, select: [id] }
  whole: { auth: user, list: projects, select: [id, budget, photo] }
  get: { auth: user, args: { id: integer }, get: projects, where: { id: $args.id }, select: [id, name] }
  all: { auth: public, as: system, because: a test, list: projects, select: [id, budget] }
  drawers: { auth: user, list: drawers }
  tasks: { auth: user, list: tasks, select: [id], with: { project: { select: [id, budget] } } }
  feed: { auth: user, list: projects, select: [id], with: { tasks: { select: [id], limit: 1, with: { labels: { select: [name] } } } } }
  first: { auth: user, list: tasks, select: [id], orderBy: [-id], limit: 2 }
  counted: { auth: user, list: projects, select: [id, taskCount] }
  byCount: { auth: user, list: projects, select: [id], where: { taskCount: { gte: 2 } }, orderBy: [-taskCount] }
  measured: { auth: user, aggregate: tasks, select: { n: { count: all }, points: { sum: points } } }
  grouped: { auth: user, aggregate: tasks, groupBy: [projectId], select: { n: { count: all } } }
  sums: { auth: user, list: projects, select: [id], with: { tasks: { aggregate: { n: { count: all }, points: { sum: points } } } } }
  labelled: { auth: user, list: labels, select: [id], with: { tasks: { aggregate: { n: { count: all } } } } }
  distinct: { auth: user, list: tasks, select: [points], distinct: true }
  page: { auth: user, page: tasks, select: [id], orderBy: [-points], size: { default: 2, max: 5 }, total: true }
  search: { auth: user, args: { text: string }, list: projects, select: [id], where: { search: $args.text }, orderBy: [relevance] }
  withTask: { auth: user, list: settings, select: [id], where: { project: { tasks: { some: { done: true } } } } }
  noProject: { auth: user, list: settings, select: [id], where: { project: null } }
  everyDone: { auth: user, list: projects, select: [id], where: { tasks: { every: { done: true } } } }
  noneDone: { auth: user, list: projects, select: [id], where: { tasks: { none: { done: true } } } }
  noteCounts: { auth: user, list: projects, select: [id, noteCount], orderBy: [-id] }
  notOne: { auth: user, list: projects, select: [id], where: { not: { noteCount: 2 } } }
  rich: { auth: user, list: projects, select: [id], where: { budget: { gt: 5 } } }
  poor: { auth: user, list: projects, select: [id], where: { budget: null } }
  notRich: { auth: user, list: projects, select: [id], where: { not: { budget: { gt: 5 } } } }
  notNotRich: { auth: user, list: projects, select: [id], where: { not: { not: { budget: { gt: 5 } } } } }
  notEither: { auth: user, list: projects, select: [id], where: { not: { any: [{ budget: { gt: 5 } }, { name: nowhere }] } } }
  either: { auth: user, list: projects, select: [id], where: { any: [{ budget: { gt: 5 } }, { name: p2 }] } }
  noSecret: { auth: user, list: projects, select: [id], where: { notes: { none: { text: secret } } } }
  everyPlain: { auth: user, list: projects, select: [id], where: { notes: { every: { any: [{ text: secret }, { public: true }] } } } }
  someSecret: { auth: user, list: projects, select: [id], where: { notes: { some: { text: secret } } } }
  notOfRich: { auth: user, list: tasks, select: [id], where: { not: { project: { budget: 10 } } } }
  sent: { auth: user, args: { budget: integer? }, list: projects, select: [id], where: { not: { budget: $args.budget? } } }
  mine: { auth: public, list: tasks, select: [id], where: { project: { ownerId: $user.id } } }
  notMine: { auth: public, list: tasks, select: [id], where: { not: { project: { ownerId: $user.id } } } }
  noneMine: { auth: public, list: projects, select: [id], where: { members: { none: { id: $user.id } } } }
  mineOrOpen: { auth: public, list: projects, select: [id], where: { any: [{ ownerId: $user.id }, { open: true }] } }
  notStaff: { auth: public, list: labels, select: [id], where: { not: { $user.role: admin } } }
  staff: { auth: public, list: labels, select: [id], where: { $user.role: { in: [admin] } } }
  optional: { auth: public, args: { role: string? }, list: labels, select: [id], where: { not: { $user.name: $args.role? } } }
`);

const user = (id: string, role = "member"): Caller => ({ user: { id, role, name: id }, session: { id: `s-${id}` } });
const [ann, ben, eve, root] = [user("ann"), user("ben"), user("eve"), user("root", "admin")];
const memory = new Memory(app);

beforeAll(() => {
  const at = { created_at: 0, updated_at: 0, email_verified: 0 };
  const people = ["ann", "ben", "eve", "root"].map((id) => ({ id, name: id, email: `${id}@x.example`, ...at }));
  memory.fill("users", people);
  // ann owns 1 and 4, ben owns 2, which is open; ann is a member of 3, which ben owns; 5 is "closed"
  const project = (id: number, name: string, owner: string, open: number, budget: number | null) => ({
    ...{ id, name, code: name, open, budget, owner_id: owner, photo: new Uint8Array([id]) },
  });
  memory.fill("projects", [
    project(1, "p1", "ann", 0, 10),
    project(2, "p2", "ben", 1, 10),
    project(3, "p3", "ben", 0, null),
    project(4, "p4", "ann", 0, null),
    project(5, "closed", "ann", 1, 1),
  ]);
  memory.fill("projects_members", [{ projects_id: 3, members_id: "ann" }]);
  memory.fill("tasks", [
    { id: 1, title: "a", points: 1, done: 1, project_id: 1 },
    { id: 2, title: "b", points: 2, done: 0, project_id: 1 },
    { id: 3, title: "c", points: 3, done: 1, project_id: 2 },
    { id: 4, title: "d", points: 4, done: 0, project_id: 3 },
    { id: 5, title: "e", points: 5, done: 1, project_id: 5 },
  ]);
  memory.fill("labels", [
    { id: 1, name: "x", hidden: 0 },
    { id: 2, name: "y", hidden: 1 },
  ]);
  memory.fill("tasks_labels", [
    { tasks_id: 1, labels_id: 1 },
    { tasks_id: 1, labels_id: 2 },
    { tasks_id: 4, labels_id: 1 },
  ]);
  memory.fill("notes", [
    { id: 1, text: "secret", public: 1, project_id: 1, author_id: "ann" },
    { id: 2, text: "secret", public: 1, project_id: 2, author_id: "ben" },
    { id: 3, text: "plain", public: 1, project_id: 4, author_id: "ann" },
    { id: 4, text: "secret", public: 0, project_id: 4, author_id: "ben" },
  ]);
  memory.fill("settings", [
    { id: 1, name: "s1", project_id: 1 },
    { id: 2, name: "s2", project_id: 5 },
    { id: 3, name: "s3", project_id: null },
  ]);
});

// biome-ignore lint/suspicious/noExplicitAny: rows whose shape the test knows
const call = (name: string, caller?: Caller, args: object = {}): Promise<any> =>
  memory.call(app.operations.get(name)!, args as never, { caller });

async function ids(name: string, caller?: Caller, args: object = {}): Promise<readonly number[]> {
  return ((await call(name, caller, args)) as { id: number }[]).map(({ id }) => id);
}

describe("rows that may be read", () => {
  test.each<[string, Caller | undefined, number[]]>([
    ["projects", ann, [1, 2, 3, 4]],
    ["projects", ben, [2, 3]],
    ["projects", eve, [2]],
    ["projects", root, [1, 2, 3, 4, 5]],
    ["admins", root, [1, 2, 3, 4, 5]],
    // a denial that names the caller holds where nobody is signed in
    ["everybody", undefined, []],
    ["everybody", ann, [1, 2, 3, 4]],
    ["all", undefined, [1, 2, 3, 4, 5]],
    ["drawers", root, []],
    ["first", ann, [4, 3]],
    ["first", eve, [3]],
    ["withTask", ann, [1]],
    ["withTask", root, [1, 2]],
    ["noProject", ann, [2, 3]],
    ["noProject", root, [3]],
    ["everyDone", ann, [2, 4]],
    ["noneDone", ann, [3, 4]],
    ["byCount", ann, [1]],
    ["byCount", eve, []],
  ])("%s %o", async (name, caller, found) => expect(await ids(name, caller)).toEqual(found));

  test("one that may not is null", async () => {
    expect(await call("get", eve, { id: 1 })).toBeNull();
    expect(await call("get", ann, { id: 1 })).toEqual({ id: 1, name: "p1" });
  });

  test("nested, before their limit; what leads to none is null", async () => {
    expect(await call("feed", ann)).toEqual([
      { id: 1, tasks: [{ id: 1, labels: [{ name: "x" }] }] },
      { id: 2, tasks: [{ id: 3, labels: [] }] },
      { id: 3, tasks: [{ id: 4, labels: [{ name: "x" }] }] },
      { id: 4, tasks: [] },
    ]);
  });

  test("counted and measured", async () => {
    expect(await call("counted", eve)).toEqual([{ id: 2, taskCount: 1 }]);
    expect(await call("measured", ann)).toEqual({ n: 4, points: 10 });
    expect(await call("measured", eve)).toEqual({ n: 1, points: 3 });
    expect(await call("grouped", ben)).toEqual([
      { projectId: 2, n: 1 },
      { projectId: 3, n: 1 },
    ]);
    expect(await call("sums", ann)).toMatchObject([
      { id: 1, tasksAggregate: { n: 2, points: 3 } },
      { id: 2, tasksAggregate: { n: 1, points: 3 } },
      { id: 3, tasksAggregate: { n: 1, points: 4 } },
      { id: 4, tasksAggregate: { n: 0, points: null } },
    ]);
    expect(await call("labelled", eve)).toEqual([{ id: 1, tasksAggregate: { n: 0 } }]);
    expect(await call("labelled", ann)).toEqual([{ id: 1, tasksAggregate: { n: 2 } }]);
    expect(await call("distinct", ben)).toEqual([{ points: 3 }, { points: 4 }]);
  });

  test("on pages, in their total", async () => {
    const first = await memory.call(app.operations.get("page")!, {}, { caller: ann });
    expect(first).toMatchObject({ rows: [{ id: 4 }, { id: 3 }], hasMore: true, total: 4 });
    const next = await memory.call(app.operations.get("page")!, {}, { caller: ann, position: first.nextCursor });
    expect(next).toMatchObject({ rows: [{ id: 2 }, { id: 1 }], hasMore: false, total: 4 });
    // a cursor is a position: of another caller, behind it are rows of theirs
    const others = await memory.call(app.operations.get("page")!, {}, { caller: eve, position: first.nextCursor });
    expect(others).toMatchObject({ rows: [], total: 1 });
  });

  test("found by words", async () => {
    expect(await ids("search", ann, { text: "p" })).toEqual([1, 2, 3, 4]);
    expect(await ids("search", eve, { text: "p" })).toEqual([2]);
    expect(await ids("search", ann, { text: "closed" })).toEqual([]);
  });
});

describe("columns that may not be read", () => {
  test("are no keys of the row, nested rows included", async () => {
    expect(await call("whole", ann)).toEqual([
      { id: 1, budget: 10, photo: "AQ==" },
      { id: 2 },
      { id: 3 },
      { id: 4, budget: null, photo: "BA==" },
    ]);
    expect(await call("noteCounts", ann)).toEqual([
      { id: 4, noteCount: 1 },
      { id: 3 },
      { id: 2 },
      { id: 1, noteCount: 1 },
    ]);
    expect((await call("whole", root))[0]).toEqual({ id: 1, budget: 10 });
    expect(await call("admins", root)).toContainEqual({ id: 3, budget: null });
    expect(await call("tasks", ann)).toEqual([
      { id: 1, project: { id: 1, budget: 10 } },
      { id: 2, project: { id: 1, budget: 10 } },
      { id: 3, project: { id: 2 } },
      { id: 4, project: { id: 3 } },
    ]);
  });

  test.each<[string, Caller, number[]]>([
    ["rich", ann, [1]],
    ["rich", eve, []],
    ["rich", root, [1, 2]],
    ["poor", ann, [4]],
    ["notRich", ann, [4]],
    ["notRich", root, [3, 4, 5]],
    ["notNotRich", ann, [1]],
    ["notEither", ann, [4]],
    ["either", ann, [1, 2]],
    ["someSecret", ann, [1]],
    // the notes of 2 and, for ben, of 4 cannot all be read
    ["noSecret", ann, [3, 4]],
    ["everyPlain", ann, [1, 3, 4]],
    ["everyPlain", ben, [2, 3]],
    ["notOne", ann, [1, 4]],
    ["notOfRich", ann, []],
    ["notOfRich", root, [4, 5]],
  ])("conditions over them are false, and so is what turns them round: %s %o", async (name, caller, found) =>
    expect(await ids(name, caller)).toEqual(found),
  );

  test("and are absent without their argument", async () => {
    expect(await ids("sent", ann)).toEqual([1, 2, 3, 4]);
    expect(await ids("sent", ann, { budget: 10 })).toEqual([4]);
  });
});

describe("what handlers ask", () => {
  const planner = createPlanner(app.tables, { defaultLimit: 100, maxLimit: 100 });

  async function ask(options: object, eyes: PlannedEyes, caller?: Caller) {
    const { operation } = planner.plan("list", "projects", options, eyes);
    const constraints = { tables: {}, uniqueIndexes: {}, checks: {} };
    const context = { args: {}, now: NOW, generated: new Map(), database: memory, constraints, caller };
    return JSON.parse(await executor(operation)(context));
  }

  test("is asked with the caller's eyes, or the system's", async () => {
    const options = { select: ["id", "budget"], where: { code: { in: ["p1", "p2", "closed"] } } };
    expect(await ask(options, "caller", ann)).toEqual([{ id: 1, budget: 10 }, { id: 2 }]);
    expect(await ask(options, "caller", root)).toHaveLength(3);
    expect(await ask(options, "caller")).toEqual([]);
    expect(await ask(options, "system")).toEqual([
      { id: 1, budget: 10 },
      { id: 2, budget: 10 },
      { id: 5, budget: 1 },
    ]);
    expect(await ask({ select: ["id"], where: { not: { budget: 10 } } }, "caller", ann)).toEqual([{ id: 4 }]);
  });
});

describe("columns of rows that go", () => {
  test("are guarded by what goes with them", async () => {
    const boxes = new Memory(app);
    boxes.fill(
      "boxes",
      [1, 2, 3, 4, 5].map((id) => ({ id, label: `l${id}` })),
    );
    boxes.fill(
      "things",
      [1, 2, 4].map((id) => ({ id, box_id: id })),
    );
    const remove = (name: string, args: object) =>
      boxes.call(app.operations.get(`boxes/${name}`)!, args as never, { caller: ann });
    expect(await remove("remove", { id: 1 })).toEqual([{ id: 1 }]);
    expect(await remove("removeOne", { id: 2 })).toEqual({ id: 2 });
    expect(await remove("removeOne", { id: 3 })).toEqual({ id: 3, label: "l3" });
    await expect(remove("removeOne", { id: 3 })).rejects.toMatchObject({ code: "not_found" });
    expect(await remove("steps", { id: 4 })).toEqual({ gone: [{ id: 4 }] });
    expect(await remove("each", { ids: [5, 9] })).toEqual([{ id: 5, label: "l5" }]);
  });
});

describe("entries that name a caller", () => {
  test.each<[string, Caller | undefined, object, number[]]>([
    ["mine", ann, {}, [1, 2]],
    ["mine", undefined, {}, []],
    ["notMine", ann, {}, [3, 4]],
    ["notMine", undefined, {}, []],
    ["noneMine", ann, {}, [1, 2, 4]],
    ["noneMine", undefined, {}, []],
    ["mineOrOpen", ann, {}, [1, 2, 4]],
    ["notStaff", ann, {}, [1]],
    ["notStaff", root, {}, []],
    ["notStaff", undefined, {}, []],
    ["staff", root, {}, [1]],
    ["staff", ann, {}, []],
    ["staff", undefined, {}, []],
    ["optional", undefined, {}, [1]],
    ["optional", undefined, { role: "x" }, []],
    ["optional", ann, { role: "x" }, [1]],
    ["optional", ann, { role: "ann" }, []],
  ])("%s %o %o", async (name, caller, args, found) => expect(await ids(name, caller, args)).toEqual(found));
});
