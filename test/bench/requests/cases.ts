import type { D1Database } from "../host.ts";
import type { Call } from "../load.ts";

/** The taskboard of the benchmark. */
const USERS = 200;
const PROJECTS = 40;
const TASKS = 20_000;
const LABELS = 20;
const COMMENTS = 20_000;

const id = (kind: string, index: number) => `01900000-0000-7000-8000-${kind}${index.toString(16).padStart(11, "0")}`;

export interface Case {
  readonly name: string;
  call(index: number): Call;
  /** the same request again leaves the answer as it was, so that answers may be compared */
  readonly repeatable: boolean;
}

/** The requests that are measured. `cursors` are those of the three Workers, since each has its own form. */
export function cases(cursor: string): readonly Case[] {
  const get = (path: string): Call => ({ method: "GET", path });
  const post = (path: string, body: unknown): Call => ({ method: "POST", path, body: JSON.stringify(body) });
  return [
    { name: "get by key", repeatable: true, call: (i) => get(`/queries/tasks/get?id=${1 + ((i * 7919) % TASKS)}`) },
    {
      name: "filtered list",
      repeatable: true,
      call: (i) => get(`/queries/tasks/list?projectId=${id("b", i % PROJECTS)}&done=false&limit=20`),
    },
    { name: "feed, two nested", repeatable: true, call: () => get("/queries/tasks/feed") },
    {
      name: "cursor page",
      repeatable: true,
      call: () => get(`/queries/tasks/page?projectId=${id("b", 0)}&size=20&cursor=${encodeURIComponent(cursor)}`),
    },
    {
      name: "many-to-many filter",
      repeatable: true,
      call: (i) => get(`/queries/tasks/labelled?label=label-${i % LABELS}`),
    },
    {
      name: "insert",
      repeatable: false,
      call: (i) =>
        post("/mutations/tasks/create", {
          title: `New task ${i}`,
          points: i % 9,
          dueAt: "2026-09-01T10:00:00.000Z",
          projectId: id("b", i % PROJECTS),
        }),
    },
    {
      name: "update",
      repeatable: true,
      call: (i) =>
        post("/mutations/tasks/edit", { id: 1 + ((i * 7919) % TASKS), title: `Edited ${i % 5}`, done: i % 2 === 0 }),
    },
  ];
}

/** The page whose cursor `cases` wants. */
export const firstPage = `/queries/tasks/page?projectId=${id("b", 0)}&size=20`;

/** Makes the tables from the generated migrations and fills them: the same rows for every Worker. */
export async function fill(database: D1Database, migrations: readonly string[]): Promise<void> {
  for (const statement of migrations) await database.prepare(statement).run();
  const insert = async (table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]) => {
    const values = columns.map((_, index) => `value ->> ${index}`).join(", ");
    for (let at = 0; at < rows.length; at += 2000)
      await database
        .prepare(`INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values} FROM json_each(?)`)
        .bind(JSON.stringify(rows.slice(at, at + 2000)))
        .run();
  };
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  const start = Date.UTC(2026, 0, 1);
  await insert(
    "users",
    ["id", "name", "email"],
    many(USERS, (i) => [id("a", i), `User ${i}`, `user${i}@example.com`]),
  );
  await insert(
    "projects",
    ["id", "name", "slug", "status", "tags", "created_at", "updated_at", "owner_id"],
    many(PROJECTS, (i) => [
      id("b", i),
      `Project ${i}`,
      `project-${i}`,
      i % 5 ? "active" : "archived",
      "[]",
      start + i,
      start + i,
      id("a", i % USERS),
    ]),
  );
  await insert(
    "labels",
    ["id", "name", "color"],
    many(LABELS, (i) => [id("c", i), `label-${i}`, "#2266cc"]),
  );
  await insert(
    "tasks",
    ["id", "title", "done", "points", "due_at", "created_at", "project_id", "assignee_id"],
    many(TASKS, (i) => [
      i + 1,
      `Task number ${i + 1} of the board`,
      i % 3 ? 0 : 1,
      i % 4 ? i % 9 : null,
      i % 10 ? start + (i % 977) * 86_400_000 : null,
      start + i * 1000,
      id("b", i % PROJECTS),
      i % 6 ? id("a", i % USERS) : null,
    ]),
  );
  await insert(
    "tasks_labels",
    ["tasks_id", "labels_id"],
    many(TASKS / 10, (i) => [i * 10 + 1, id("c", i % LABELS)]),
  );
  await insert(
    "comments",
    ["id", "body", "created_at", "task_id", "author_id"],
    many(COMMENTS, (i) => [
      id("d", i),
      `A word on task ${i}`,
      start + i * 500,
      1 + (TASKS - 1 - (i % 5000)),
      id("a", i % USERS),
    ]),
  );
}
