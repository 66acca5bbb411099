import type { D1Database } from "../host.ts";
import { type Case, get, insert, rows } from "../requests/backend.ts";
import { USERS, userOf } from "./users.ts";

const PROJECTS = USERS * 4;
const TASKS = 20_000;

/** What a table has, as a rule or by hand: a rule is one join away from who calls. */
const OWNED = {
  projects: "{ ownerId: $user.id }",
  tasks: "{ project: { ownerId: $user.id } }",
  comments: "{ task: { project: { ownerId: $user.id } } }",
};

/** The same backend twice: rules say what a caller may see, or each operation says it by itself. */
export function manifestOf(by: "rules" | "hand"): string {
  const rules = (table: keyof typeof OWNED) => (by === "rules" ? `rules: { read: { owner: ${OWNED[table]} } }` : "");
  const where = (table: keyof typeof OWNED) => (by === "hand" ? `all: [${OWNED[table]}]` : "");
  const and = (condition: string, table: keyof typeof OWNED) =>
    `{ ${[condition, where(table)].filter(Boolean).join(", ")} }`;
  return `appflare: 1
name: ${by}
tables:
  projects:
    columns: { id: integer, name: string }
    relations: { owner: { one: users, index: true }, tasks: { many: tasks } }
    ${rules("projects")}
  tasks:
    columns: { id: integer, title: string, done: boolean, points: integer? }
    relations: { project: { one: projects }, comments: { many: comments } }
    indexes: [[projectId, -id]]
    ${rules("tasks")}
  comments:
    columns: { id: integer, body: string }
    relations: { task: { one: tasks, index: true } }
    ${rules("comments")}
queries:
  list: { args: { projectId: integer }, list: tasks, where: ${and("projectId: $args.projectId", "tasks")}, orderBy: [-id], limit: 20 }
  get: { args: { id: integer }, get: tasks, where: ${and("id: $args.id", "tasks")} }
  feed:
    args: { projectId: integer }
    list: tasks
    where: ${and("projectId: $args.projectId", "tasks")}
    orderBy: [-id]
    limit: 20
    with:
      project: { select: [id, name]${by === "hand" ? `, where: ${OWNED.projects}` : ""} }
      comments: { orderBy: [-id], limit: 3${by === "hand" ? `, where: ${OWNED.comments}` : ""} }
  count: { args: { projectId: integer }, aggregate: tasks, where: ${and("projectId: $args.projectId", "tasks")}, select: { total: { count: all }, points: { sum: points } } }
  page: { args: { projectId: integer }, page: tasks, where: ${and("projectId: $args.projectId", "tasks")}, orderBy: [-id], size: { default: 20, max: 100 } }
mutations:
  add: { insert: comments, input: [body, taskId] }
auth: { emailPassword: true }
`;
}

/** A project of who makes a call: each has every `USERS`th. */
const project = (index: number): number => 1 + (index % USERS) + USERS * (Math.floor(index / USERS) % 4);

/** A task of that project. */
const task = (index: number): number => project(index) + PROJECTS * (index % 5);

export const cases: readonly Case[] = [
  { name: "list of 20", call: (index) => get(`/queries/list?projectId=${project(index)}`) },
  { name: "get", call: (index) => get(`/queries/get?id=${task(index)}`) },
  { name: "feed, two nested", call: (index) => get(`/queries/feed?projectId=${project(index)}`) },
  { name: "aggregate", call: (index) => get(`/queries/count?projectId=${project(index)}`) },
  { name: "page", own: ["nextCursor"], call: (index) => get(`/queries/page?projectId=${project(index)}`) },
];

/** Four projects a user, a hundred tasks a project, two comments a task. */
export async function fill(database: D1Database): Promise<void> {
  await insert(
    database,
    "projects",
    ["id", "name", "owner_id"],
    rows(PROJECTS, (at) => [at + 1, `Project ${at}`, userOf(at)]),
  );
  await insert(
    database,
    "tasks",
    ["id", "title", "done", "points", "project_id"],
    rows(TASKS, (at) => [at + 1, `Task number ${at}`, at % 2, at % 7, 1 + (at % PROJECTS)]),
  );
  await insert(
    database,
    "comments",
    ["id", "body", "task_id"],
    rows(TASKS * 2, (at) => [at + 1, `A word on it, ${at}`, 1 + (at % TASKS)]),
  );
}
