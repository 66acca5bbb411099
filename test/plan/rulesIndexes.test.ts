import { beforeAll, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/*
 * What rules hide is hidden by a sub-select, of which SQLite makes none: each query has the plan of one whose author wrote the same conditions
 * by hand, and the same rows.
 */

const SEES_ALL = "as: system, because: the conditions stand in it";

const app = appOf(`
auth: { emailPassword: true, roles: [member, admin] }
tables:
  projects:
    columns: { id: integer, name: string, open: { type: boolean, default: false }, note: { type: string, nullable: true, read: { ownerId: $user.id } } }
    relations: { owner: { one: users }, tasks: { many: tasks }, members: { manyToMany: users } }
    indexes: [[ownerId], [-id, open], [note]]
    conditions:
      canSee: [{ ownerId: $user.id }, { members: { some: { id: $user.id } } }]
    rules: { read: { seen: canSee, staff: { $user.role: admin } } }
  tasks:
    columns: { id: integer, title: string, points: integer? }
    relations: { project: { one: projects }, labels: { manyToMany: labels } }
    indexes: [[projectId]]
    rules: { read: { through: { project: canSee } } }
  labels:
    columns: { id: integer, name: { type: string, unique: true }, by: string }
    relations: { tasks: { manyToMany: tasks, inverse: labels } }
    rules: { read: { own: { by: $user.id } } }
queries:
  list: { auth: user, list: tasks, limit: 50 }
  byHand/list: { auth: user, ${SEES_ALL}, list: tasks, where: { project: canSee }, limit: 50 }
  get: { auth: user, args: { id: integer }, get: tasks, where: { id: $args.id } }
  byHand/get: { auth: user, ${SEES_ALL}, args: { id: integer }, get: tasks, where: { id: $args.id, project: canSee } }
  some: { auth: user, list: tasks, where: { labels: { some: { name: l3 } } } }
  byHand/some: { auth: user, ${SEES_ALL}, list: tasks, where: { labels: { some: { name: l3, by: $user.id } }, project: canSee } }
  feed: { auth: user, list: projects, select: [id], with: { tasks: { limit: 5, with: { labels: true } } }, limit: 20, orderBy: [-id] }
  byHand/feed:
    { auth: user, ${SEES_ALL}, list: projects, select: [id], where: canSee, with: { tasks: { limit: 5, where: { project: canSee }, with: { labels: { where: { by: $user.id } } } } }, limit: 20, orderBy: [-id] }
  page: { auth: user, page: tasks, orderBy: [-points], total: true }
  byHand/page: { auth: user, ${SEES_ALL}, page: tasks, where: { project: canSee }, orderBy: [-points], total: true }
  count: { auth: user, aggregate: tasks, select: { n: { count: all } } }
  byHand/count: { auth: user, ${SEES_ALL}, aggregate: tasks, where: { project: canSee }, select: { n: { count: all } } }
  groups: { auth: user, aggregate: tasks, groupBy: [projectId], select: { n: { count: all }, sum: { sum: points } } }
  byHand/groups: { auth: user, ${SEES_ALL}, aggregate: tasks, where: { project: canSee }, groupBy: [projectId], select: { n: { count: all }, sum: { sum: points } } }
  sums: { auth: user, list: labels, with: { tasks: { aggregate: { n: { count: all } } } } }
  byHand/sums: { auth: user, ${SEES_ALL}, list: labels, where: { by: $user.id }, with: { tasks: { aggregate: { n: { count: all } }, where: { project: canSee } } } }
  guarded: { auth: user, list: projects, where: { note: n4 }, select: [id] }
  byHand/guarded: { auth: user, ${SEES_ALL}, list: projects, where: { all: [canSee, { ownerId: $user.id, note: n4 }] }, select: [id] }
  admins: { auth: admin, list: projects, orderBy: [-id], select: [id] }
  byHand/admins: { auth: admin, ${SEES_ALL}, list: projects, orderBy: [-id], select: [id] }
`);

const caller = { user: { id: "u3", role: "admin" }, session: {} };
const member = { user: { id: "u3", role: "member" }, session: {} };
const memory = new Memory(app);

const numbered = <Row>(count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index));

beforeAll(() => {
  const at = { created_at: 0, updated_at: 0, email_verified: 0 };
  memory.fill(
    "users",
    numbered(20, (index) => ({ id: `u${index}`, name: "", email: `${index}`, ...at })),
  );
  memory.fill(
    "projects",
    numbered(60, (index) => ({ id: index + 1, name: "", note: `n${index + 1}`, owner_id: `u${index % 20}` })),
  );
  memory.fill(
    "projects_members",
    numbered(60, (index) => ({ projects_id: index + 1, members_id: `u${(index * 7) % 20}` })),
  );
  memory.fill(
    "tasks",
    numbered(600, (index) => ({ id: index + 1, title: "", points: index % 9, project_id: 1 + ((index * 13) % 60) })),
  );
  memory.fill(
    "labels",
    numbered(10, (index) => ({ id: index + 1, name: `l${index}`, by: `u${index % 4}` })),
  );
  memory.fill(
    "tasks_labels",
    numbered(600, (index) => ({ tasks_id: index + 1, labels_id: 1 + (index % 10) })),
  );
});

const names = [...app.operations.keys()].filter((name) => !name.includes("/"));

test.each(names)("%s is found as by hand", async (name) => {
  const planOf = async (operation: string) => {
    const who = name === "admins" ? caller : member;
    const result = await memory.call(app.operations.get(operation)!, { id: 12 }, { caller: who });
    return {
      result,
      plan: memory.lastPlan().map((step) => step.replace(/\bt\d+\b/g, "t").replace(/SUBQUERY \d+/, "SUBQUERY")),
    };
  };
  const found = await planOf(name);
  expect(found).toEqual(await planOf(`byHand/${name}`));
  expect(JSON.stringify(found.result)).toMatch(/\d/);
});
