import { beforeAll, describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
enums: { Status: [active, archived] }
tables:
  users:
    columns: { id: uuid, email: { type: string, unique: true }, role: string }
  projects:
    columns: { id: uuid, status: Status, name: string, createdAt: timestamp }
    relations:
      owner: { one: users, index: true }
      tasks: { many: tasks }
      members: { manyToMany: users }
    indexes: [[status, createdAt]]
  tasks:
    columns: { id: integer, title: string, done: boolean, note: { type: string, nullable: true, index: true } }
    relations: { project: { one: projects, index: true } }
    indexes: [[projectId, title], { columns: [title], where: { done: false } }]

queries:
  byKey: { args: { id: uuid }, get: projects, where: { id: $args.id } }
  byEmail: { args: { email: string }, get: users, where: { email: $args.email } }
  byStatus: { args: { status: Status }, list: projects, where: { status: $args.status }, orderBy: [-createdAt] }
  open: { list: tasks, where: { done: false }, orderBy: [title], limit: 5 }
  ofProject: { args: { project: uuid, title: string? }, list: tasks, where: { projectId: $args.project, title: $args.title? } }
  byNote: { args: { note: string? }, list: tasks, where: { note: $args.note? } }
  ofList: { args: { ids: { type: array, items: integer } }, list: tasks, where: { id: { in: $args.ids } } }
  ofMember: { args: { user: uuid }, list: projects, where: { members: { some: { id: $args.user } } }, orderBy: [name] }
  ofEmail: { args: { email: string }, list: tasks, where: { project: { owner: { email: $args.email } } } }
  withOpen: { list: projects, where: { tasks: { some: { done: false } } }, limit: 5 }
  allDone: { list: projects, where: { tasks: { every: { done: true } } }, limit: 5 }
  nested:
    list: projects
    select: [name]
    with: { owner: { select: [email] }, tasks: { select: [title], orderBy: [title], limit: 3 }, members: { select: [email], limit: 3 } }
    limit: 5
mutations:
  edit: { args: { id: integer, done: boolean }, update: tasks, where: { id: $args.id }, set: { done: $args.done } }
  remove: { args: { id: uuid }, delete: projects, where: { id: $args.id } }
`);

describe("SQLite finds by an index", () => {
  const memory = new Memory(app);
  beforeAll(() => {
    const count = (length: number) => Array.from({ length }, (_, n) => n);
    memory.fill(
      "users",
      count(200).map((n) => ({ id: `u${n}`, email: `e${n}`, role: "user" })),
    );
    memory.fill(
      "projects",
      count(500).map((n) => ({
        id: `p${n}`,
        status: n < 5 ? "archived" : "active",
        name: `n${n}`,
        created_at: n,
        owner_id: `u${n % 200}`,
      })),
    );
    memory.fill(
      "tasks",
      count(5000).map((n) => ({ id: n, title: `t${n}`, done: n % 50 ? 1 : 0, project_id: `p${n % 2 ? 7 : n % 500}` })),
    );
    memory.fill(
      "projects_members",
      count(1000).map((n) => ({ projects_id: `p${n % 500}`, members_id: `u${Math.floor(n / 5) % 200}` })),
    );
  });

  test.each<[string, object, RegExp[]]>([
    ["byKey", { id: "p1" }, [/SEARCH t0 USING INDEX sqlite_autoindex_projects_1 \(id=\?\)/]],
    ["byEmail", { email: "e1" }, [/SEARCH t0 USING INDEX users\.email\.unique \(email=\?\)/]],
    ["byStatus", { status: "active" }, [/SEARCH t0 USING INDEX projects_status_created_at\w* \(status=\?\)/]],
    ["open", {}, [/SCAN t0 USING INDEX tasks_title/]],
    ["ofProject", { project: "p7" }, [/SEARCH t0 USING INDEX tasks_project_id\w* \(project_id=\?\)/]],
    [
      "ofProject",
      { project: "p7", title: "t1" },
      [/SEARCH t0 USING INDEX tasks_project_id_title\w* \(project_id=\? AND title=\?\)/],
    ],
    ["byNote", { note: null }, [/SEARCH t0 USING INDEX tasks_note\w* \(note=\?\)/]],
    ["ofList", { ids: [1, 2] }, [/SEARCH t0 USING INTEGER PRIMARY KEY \(rowid=\?\)/]],
    [
      "ofMember",
      { user: "u3" },
      [/SEARCH t0 USING INDEX \w+ \(id=\?\)/, /SEARCH t\d USING .*\(members_id=\?\)/, /^(?!.*SCAN (?!t0$))/s],
    ],
    [
      "ofEmail",
      { email: "e3" },
      [
        /SEARCH t0 USING INDEX tasks_project\w* \(project_id=\?\)/,
        /SEARCH t1 USING .*\(owner_id=\?\)/,
        /SEARCH t2 USING .*\(email=\?\)/,
      ],
    ],
    ["withOpen", {}, [/SEARCH t1 (EXISTS )?USING INDEX tasks_project\w* \(project_id=\?\)/, /^(?!.*TEMP B-TREE)/s]],
    ["allDone", {}, [/SEARCH t1 (EXISTS )?USING INDEX tasks_project\w* \(project_id=\?\)/, /^(?!.*TEMP B-TREE)/s]],
    [
      "nested",
      {},
      [
        /SEARCH t1 USING .*\(id=\?\)/,
        /SEARCH t2 USING .*tasks_project_id_title\w* \(project_id=\?\)/,
        /SEARCH t4 USING .*\(projects_id=\?\)/,
      ],
    ],
    ["edit", { id: 4, done: true }, [/SEARCH tasks USING INTEGER PRIMARY KEY \(rowid=\?\)/]],
    ["remove", { id: "p499" }, [/SEARCH projects USING INDEX sqlite_autoindex_projects_1 \(id=\?\)/]],
  ])("%s %j", async (name, args, steps) => {
    await memory.call(app.operations.get(name)!, { ...args });
    const plan = memory.lastPlan().join("\n");
    for (const step of steps) expect(plan).toMatch(step);
  });
});
