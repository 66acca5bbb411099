import { type Backend, get, insert, post, rows } from "../backend.ts";

/** The taskboard of the benchmark. */
const USERS = 200;
const PROJECTS = 40;
const TASKS = 20_000;
const LABELS = 20;
const COMMENTS = 20_000;

const id = (kind: string, index: number) => `01900000-0000-7000-8000-${kind}${index.toString(16).padStart(11, "0")}`;

const firstPage = (project: number) => `/queries/tasks/page?projectId=${id("b", project)}&size=20`;

/** 20,000 tasks, and what people say about them. */
export const taskboard: Backend = {
  name: "taskboard",
  async cases(url) {
    const cursors: string[] = [];
    for (let project = 0; project < PROJECTS; project += 1) {
      const { nextCursor } = (await (await fetch(url + firstPage(project))).json()) as { nextCursor: string };
      cursors.push(encodeURIComponent(nextCursor));
    }
    return [
      { name: "get by key", call: (i) => get(`/queries/tasks/get?id=${1 + ((i * 7919) % TASKS)}`) },
      {
        name: "filtered list",
        call: (i) => get(`/queries/tasks/list?projectId=${id("b", i % PROJECTS)}&done=false&limit=20`),
      },
      { name: "feed, two nested", call: () => get("/queries/tasks/feed") },
      {
        name: "cursor page",
        own: ["nextCursor"],
        call: (i) => get(`${firstPage(i % PROJECTS)}&cursor=${cursors[i % PROJECTS]}`),
      },
      {
        name: "many-to-many filter",
        call: (i) => get(`/queries/tasks/labelled?label=label-${i % LABELS}`),
      },
      {
        name: "aggregate, grouped",
        call: (i) => get(`/queries/tasks/workload?projectId=${id("b", i % PROJECTS)}`),
      },
      {
        name: "insert",
        own: ["createdAt"],
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
        call: (i) =>
          post("/mutations/tasks/edit", { id: 1 + ((i * 7919) % TASKS), title: `Edited ${i % 5}`, done: i % 2 === 0 }),
      },
    ];
  },
  refused: [{ call: post("/mutations/tasks/edit", { id: TASKS * 1000, title: "Nothing", done: true }), status: 404 }],
  written: [
    "SELECT count(*) AS tasks, sum(points) AS points, sum(done) AS done FROM tasks",
    "SELECT title, count(*) AS times FROM tasks WHERE title LIKE 'Edited%' GROUP BY title",
  ],
  async fill(database) {
    const start = Date.UTC(2026, 0, 1);
    await insert(
      database,
      "users",
      ["id", "name", "email"],
      rows(USERS, (i) => [id("a", i), `User ${i}`, `user${i}@example.com`]),
    );
    await insert(
      database,
      "projects",
      ["id", "name", "slug", "status", "tags", "created_at", "updated_at", "owner_id"],
      rows(PROJECTS, (i) => [
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
      database,
      "labels",
      ["id", "name", "color"],
      rows(LABELS, (i) => [id("c", i), `label-${i}`, "#2266cc"]),
    );
    await insert(
      database,
      "tasks",
      ["id", "title", "done", "points", "due_at", "created_at", "project_id", "assignee_id"],
      rows(TASKS, (i) => [
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
      database,
      "tasks_labels",
      ["tasks_id", "labels_id"],
      rows(TASKS / 10, (i) => [i * 10 + 1, id("c", i % LABELS)]),
    );
    await insert(
      database,
      "comments",
      ["id", "body", "created_at", "task_id", "author_id"],
      rows(COMMENTS, (i) => [
        id("d", i),
        `A word on task ${i}`,
        start + i * 500,
        1 + (TASKS - 1 - (i % 5000)),
        id("a", i % USERS),
      ]),
    );
  },
};
