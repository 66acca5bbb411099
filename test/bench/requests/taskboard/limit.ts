/*
 * The limit: what a person could write by hand for taskboard who cares for nothing but speed. A bare fetch handler, raw prepared
 * D1, one statement a request. It answers the benchmark's calls as the generated Worker does, and checks its arguments.
 */
import type { D1Database, D1Result } from "@cloudflare/workers-types";

interface Env {
  DB: D1Database;
}

interface TaskRow {
  id: number;
  title: string;
  done: number | boolean;
  points: number | null;
  due_at: number | null;
  created_at: number;
  project_id: string;
  assignee_id: string | null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const COLUMNS = "id, title, done, points, due_at, created_at, project_id, assignee_id";

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

const task = (row: TaskRow) => ({
  id: row.id,
  title: row.title,
  done: row.done === 1,
  points: row.points,
  dueAt: time(row.due_at),
  createdAt: time(row.created_at),
  projectId: row.project_id,
  assigneeId: row.assignee_id,
});

const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { "content-type": "application/json", "cache-control": "no-store" } });

const refuse = (path: string) =>
  new Response(JSON.stringify({ error: { code: "invalid_arguments", message: path } }), { status: 400 });

async function tasksGet(env: Env, query: URLSearchParams) {
  const id = Number(query.get("id"));
  if (!Number.isSafeInteger(id)) return refuse("id");
  const { results } = await env.DB.prepare(`SELECT ${COLUMNS} FROM tasks WHERE id = ?`).bind(id).all<TaskRow>();
  return json(results[0] ? task(results[0]) : null);
}

async function tasksList(env: Env, query: URLSearchParams) {
  const projectId = query.get("projectId") ?? "";
  const done = query.get("done");
  const limit = Number(query.get("limit") ?? 20);
  if (!UUID.test(projectId)) return refuse("projectId");
  if (done !== "true" && done !== "false") return refuse("done");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refuse("limit");
  const { results } = await env.DB.prepare(
    `SELECT ${COLUMNS} FROM tasks WHERE project_id = ? AND done = ? ORDER BY id DESC LIMIT ?`,
  )
    .bind(projectId, done === "true" ? 1 : 0, limit)
    .all<TaskRow>();
  return json(results.map(task));
}

interface FeedRow {
  id: number;
  title: string;
  due_at: number | null;
  assignee: string | null;
  comments: string;
}

async function tasksFeed(env: Env) {
  const { results } = await env.DB.prepare(
    `SELECT t.id, t.title, t.due_at,
      (SELECT json_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = t.assignee_id) AS assignee,
      (SELECT json_group_array(json_object('id', c.id, 'body', c.body, 'createdAt', strftime('%Y-%m-%dT%H:%M:%fZ', c.created_at / 1000.0, 'unixepoch'),
        'author', (SELECT json_object('name', a.name) FROM users a WHERE a.id = c.author_id)))
        FROM (SELECT * FROM comments WHERE task_id = t.id ORDER BY created_at DESC, id LIMIT 3) c) AS comments
    FROM tasks t WHERE t.done = 0 ORDER BY t.id DESC LIMIT 20`,
  ).all<FeedRow>();
  return json(
    results.map((row) => ({
      id: row.id,
      title: row.title,
      dueAt: time(row.due_at),
      assignee: row.assignee === null ? null : JSON.parse(row.assignee),
      comments: JSON.parse(row.comments),
    })),
  );
}

async function tasksPage(env: Env, query: URLSearchParams) {
  const projectId = query.get("projectId") ?? "";
  const size = Number(query.get("size") ?? 20);
  const cursor = query.get("cursor");
  if (!UUID.test(projectId)) return refuse("projectId");
  if (!Number.isInteger(size) || size < 1 || size > 100) return refuse("size");
  let result: D1Result<TaskRow>;
  if (cursor === null) {
    result = await env.DB.prepare(`SELECT ${COLUMNS} FROM tasks WHERE project_id = ? ORDER BY due_at, id LIMIT ?`)
      .bind(projectId, size + 1)
      .all<TaskRow>();
  } else {
    let dueAt: number | null;
    let id: number;
    try {
      [dueAt, id] = JSON.parse(atob(cursor)) as [number | null, number];
    } catch {
      return refuse("cursor");
    }
    result = await env.DB.prepare(
      dueAt === null
        ? `SELECT ${COLUMNS} FROM tasks WHERE project_id = ?1 AND (due_at > ?2 OR due_at IS NOT NULL OR id > ?3) ORDER BY due_at, id LIMIT ?4`
        : `SELECT ${COLUMNS} FROM tasks WHERE project_id = ?1 AND (due_at > ?2 OR (due_at = ?2 AND id > ?3)) ORDER BY due_at, id LIMIT ?4`,
    )
      .bind(projectId, dueAt, id, size + 1)
      .all<TaskRow>();
  }
  const rows = result.results;
  const hasMore = rows.length > size;
  if (hasMore) rows.length = size;
  const last = rows.at(-1);
  return json({
    rows: rows.map(task),
    nextCursor: hasMore ? btoa(JSON.stringify([last!.due_at, last!.id])) : null,
    hasMore,
  });
}

async function tasksLabelled(env: Env, query: URLSearchParams) {
  const label = query.get("label");
  if (label === null) return refuse("label");
  const { results } = await env.DB.prepare(
    `SELECT t.id, t.title,
      (SELECT json_group_array(json_object('name', l.name, 'color', l.color)) FROM
        (SELECT l.name, l.color FROM tasks_labels tl JOIN labels l ON l.id = tl.labels_id WHERE tl.tasks_id = t.id ORDER BY l.name LIMIT 100) l) AS labels
    FROM tasks t WHERE t.id IN (SELECT tl.tasks_id FROM labels l JOIN tasks_labels tl ON tl.labels_id = l.id WHERE l.name = ?) ORDER BY t.id LIMIT 100`,
  )
    .bind(label)
    .all<{ id: number; title: string; labels: string }>();
  return json(results.map((row) => ({ id: row.id, title: row.title, labels: JSON.parse(row.labels) })));
}

async function tasksWorkload(env: Env, query: URLSearchParams) {
  const projectId = query.get("projectId") ?? "";
  if (!UUID.test(projectId)) return refuse("projectId");
  const { results } = await env.DB.prepare(
    `SELECT assignee_id AS assigneeId, count(*) AS total, count(*) FILTER (WHERE done = 0) AS open, sum(points) AS points
    FROM tasks WHERE project_id = ? GROUP BY assignee_id ORDER BY open DESC, assignee_id LIMIT 100`,
  )
    .bind(projectId)
    .all();
  return json(results);
}

async function tasksCreate(env: Env, body: Record<string, unknown>) {
  const { title, points = null, dueAt = null, projectId, assigneeId = null } = body;
  if (typeof title !== "string" || title.length < 1 || title.length > 200) return refuse("title");
  if (points !== null && !Number.isSafeInteger(points)) return refuse("points");
  if (dueAt !== null && (typeof dueAt !== "string" || Number.isNaN(Date.parse(dueAt)))) return refuse("dueAt");
  if (typeof projectId !== "string" || !UUID.test(projectId)) return refuse("projectId");
  if (assigneeId !== null && (typeof assigneeId !== "string" || !UUID.test(assigneeId))) return refuse("assigneeId");
  const { results } = await env.DB.prepare(
    `INSERT INTO tasks (title, points, due_at, created_at, project_id, assignee_id) VALUES (?, ?, ?, ?, ?, ?) RETURNING ${COLUMNS}`,
  )
    .bind(title, points, dueAt === null ? null : Date.parse(dueAt), Date.now(), projectId, assigneeId)
    .all<TaskRow>();
  return json(task(results[0]!));
}

async function tasksEdit(env: Env, body: Record<string, unknown>) {
  const { id, title, done } = body;
  if (!Number.isSafeInteger(id)) return refuse("id");
  if (typeof title !== "string" || title.length < 1 || title.length > 200) return refuse("title");
  if (typeof done !== "boolean") return refuse("done");
  const { results } = await env.DB.prepare(`UPDATE tasks SET title = ?, done = ? WHERE id = ? RETURNING ${COLUMNS}`)
    .bind(title, done ? 1 : 0, id)
    .all<TaskRow>();
  return results[0]
    ? json(task(results[0]))
    : new Response(JSON.stringify({ error: { code: "not_found" } }), { status: 404 });
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url);
    if (request.method === "POST") {
      const body = (await request.json()) as Record<string, unknown>;
      if (url.pathname === "/mutations/tasks/create") return tasksCreate(env, body);
      if (url.pathname === "/mutations/tasks/edit") return tasksEdit(env, body);
    } else {
      switch (url.pathname) {
        case "/queries/tasks/get":
          return tasksGet(env, url.searchParams);
        case "/queries/tasks/list":
          return tasksList(env, url.searchParams);
        case "/queries/tasks/feed":
          return tasksFeed(env);
        case "/queries/tasks/page":
          return tasksPage(env, url.searchParams);
        case "/queries/tasks/labelled":
          return tasksLabelled(env, url.searchParams);
        case "/queries/tasks/workload":
          return tasksWorkload(env, url.searchParams);
        case "/health":
          return json({ status: "ok" });
      }
    }
    return new Response("not found", { status: 404 });
  },
};
