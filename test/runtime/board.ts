import { Hono } from "hono";
import * as z from "zod";
import type { Constraints, OperationPlans, Sql } from "../../runtime/server/plan.ts";
import { createServer } from "../../runtime/server/server.ts";
import type { ServerOptions } from "../../runtime/server/serverOptions.ts";
import { createWorker } from "../../runtime/server/worker.ts";
import { integer, json, lazy, text, timestamp } from "../../runtime/validators/main.ts";
import { fakeD1 } from "./sqlite.ts";

/* A small Worker as the compiler would make it, over SQLite in memory. */

const schema = `
  PRAGMA foreign_keys = on;
  CREATE TABLE projects (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, title TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, due_at INTEGER, icon BLOB,
    project_id TEXT REFERENCES projects (id), CONSTRAINT tasks_title_short CHECK (length(title) < 20)
  ) STRICT;
  CREATE UNIQUE INDEX tasks_low ON tasks (lower(title));
  CREATE TABLE _af_guard (code TEXT);
  CREATE TRIGGER _af_guard_stop BEFORE INSERT ON _af_guard WHEN NEW.code IS NOT NULL BEGIN SELECT RAISE(ABORT, NEW.code); END;
  INSERT INTO projects VALUES ('p1', 'One'), ('p2', 'Two');
`;

const constraints: Constraints = {
  tables: {
    projects: { name: "projects", columns: { id: "id", name: "name" } },
    tasks: {
      name: "tasks",
      columns: { id: "id", title: "title", done: "done", due_at: "dueAt", icon: "icon", project_id: "projectId" },
    },
  },
  uniqueIndexes: { tasks_low: { table: "tasks", columns: ["title"] } },
  checks: { tasks_title_short: { table: "tasks", check: "title_short" } },
};

const row =
  `json_object('id', id, 'title', title, 'done', json(iif(done, 'true', 'false')), ` +
  `'dueAt', strftime('%Y-%m-%dT%H:%M:%fZ', due_at / 1000.0, 'unixepoch'), 'icon', hex(icon)) AS "row"`;
const where = (conditions: readonly Sql[]): Sql => ({
  before: " WHERE ",
  around: { join: " AND ", of: conditions },
  after: "",
});
const page = `SELECT ${row}, json_array(id) AS "cursor" FROM tasks`;
const hex = { object: { icon: "bytes" } } as const;

const operations: OperationPlans = {
  "tasks/list": {
    kind: "query",
    name: "tasks/list",
    auth: "public",
    args: { search: "string", done: "boolean", ids: { array: "number" }, after: "timestamp", extra: "json" },
    result: "rows",
    hex,
    sql: [
      `SELECT ${row} FROM tasks`,
      where([
        { when: "search", then: ["title IS ", { arg: "search" }] },
        { when: "done", then: ["done = ", { arg: "done" }] },
        { when: "ids", then: ["id IN (SELECT value FROM json_each(", { list: "ids" }, "))"] },
        { when: "after", then: ["due_at > ", { arg: "after" }] },
      ]),
      " ORDER BY id",
    ],
  },
  "tasks/get": {
    kind: "query",
    name: "tasks/get",
    auth: "public",
    args: { id: "number" },
    result: "row",
    hex,
    sql: [`SELECT ${row} FROM tasks WHERE id = `, { arg: "id" }],
  },
  "tasks/page": {
    kind: "query",
    name: "tasks/page",
    auth: "public",
    args: { done: "boolean" },
    result: "page",
    size: { default: 2, max: 3 },
    order: ["id"],
    sql: [
      page,
      where([
        { when: "done", then: ["done = ", { arg: "done" }] },
        { when: "cursor", then: ["id > ", { cursor: 0 }] },
      ]),
      " ORDER BY id LIMIT ",
      { size: "page" },
    ],
  },
  "tasks/create": {
    kind: "mutation",
    name: "tasks/create",
    auth: "public",
    args: { title: "string", dueAt: "timestamp", icon: "bytes", projectId: "string" },
    result: "row",
    hex,
    write: [
      "INSERT INTO tasks (title, due_at, icon, project_id) VALUES (",
      { join: ", ", of: [{ arg: "title" }, { arg: "dueAt" }, { arg: "icon" }, { arg: "projectId" }] },
      `) RETURNING ${row}`,
    ],
    foreignKeys: [
      {
        table: "tasks",
        columns: ["projectId"],
        sql: ["SELECT NOT EXISTS (SELECT 1 FROM projects WHERE id = ", { arg: "projectId" }, ") AS violated"],
      },
    ],
  },
  "tasks/finish": {
    kind: "mutation",
    name: "tasks/finish",
    auth: "public",
    args: { title: "string" },
    result: "row",
    hex,
    atLeast: 1,
    write: ["UPDATE tasks SET done = 1 WHERE title >= ", { arg: "title" }, ` RETURNING ${row}`],
    guard: "INSERT INTO _af_guard SELECT '_af:conflict' WHERE changes() > 1",
  },
  "projects/create": {
    kind: "mutation",
    name: "projects/create",
    auth: "public",
    args: { name: "string" },
    result: "row",
    write: [
      "INSERT INTO projects (id, name) VALUES (",
      { generate: "uuid", key: "projects.id" },
      ", ",
      { arg: "name" },
      `) RETURNING json_object('id', id, 'again', `,
      { generate: "uuid", key: "projects.id" },
      `) AS "row"`,
    ],
  },
  "reports/run": {
    kind: "mutation",
    name: "reports/run",
    auth: "public",
    args: { since: "timestamp", mode: "string" },
    result: "handler",
    returns: { object: { at: "timestamp", total: "bigint" } },
    errors: { out_of_stock: { status: 409, message: "Not enough in stock" } },
  },
};

const validators = {
  "tasks/list": lazy(() =>
    z.strictObject({
      search: text().nullish(),
      done: z.boolean().optional(),
      ids: z.array(integer()).max(3).optional(),
      after: timestamp().optional(),
      extra: json().optional(),
    }),
  ),
  "tasks/get": lazy(() => z.strictObject({ id: integer() })),
  "tasks/page": lazy(() => z.strictObject({ done: z.boolean().optional() })),
  "tasks/create": lazy(() =>
    z.strictObject({
      title: text({ min: 1 }),
      dueAt: timestamp().nullish(),
      icon: z.string().nullish(),
      projectId: text().nullish(),
    }),
  ),
  "tasks/finish": lazy(() => z.strictObject({ title: text() })),
  "projects/create": lazy(() => z.strictObject({ name: text().default("Unnamed") })),
  "reports/run": lazy(() => z.strictObject({ since: timestamp(), mode: text() })),
};

interface Env {
  readonly DB: ReturnType<typeof fakeD1>;
}

/** The Worker's routes, and a way to call them. */
export function board(options: Partial<ServerOptions<Env>> = {}) {
  const server = createServer<Env>({
    operations,
    validators,
    constraints,
    binding: "DB",
    maxBodyBytes: 1000,
    ...options,
  });
  const routes = new Hono<{ Bindings: Env }>();
  for (const { kind, name, result } of Object.values(operations)) {
    if (result === "handler" && !options.handlers) continue;
    if (kind === "query") routes.get(`/queries/${name}`, server.query(name));
    else routes.post(`/mutations/${name}`, server.mutation(name));
  }
  routes.get("/health", server.health());
  const worker = createWorker(routes, server);
  const env: Env = { DB: fakeD1(schema) };
  const fetch = async (path: string, init?: RequestInit) =>
    worker.fetch(new Request(`http://board.test${path}`, init), env, undefined as never);
  const get = async (path: string) => {
    const response = await fetch(path);
    return { status: response.status, body: (await response.json()) as never };
  };
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers,
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  return { routes, server, env, fetch, get, post };
}
