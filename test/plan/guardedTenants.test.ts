import { beforeEach, describe, expect, test } from "vitest";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* Rows of a tenant, without any rule: writes meet no others, and lead to no others. */

const app = appOf(
  `
auth: { emailPassword: true, user: { fields: { orgId: { type: string, nullable: true } } } }
tables:
  projects:
    tenant: orgId
    columns: { id: string, orgId: string, slug: { type: string, unique: true }, name: string }
    relations: { tasks: { many: tasks } }
  tasks:
    tenant: orgId
    columns: { id: string, orgId: string, title: string }
    relations: { project: { one: projects, onDelete: cascade } }
  boards: { columns: { id: string }, relations: { notes: { many: notes } } }
  notes:
    tenant: orgId
    columns: { id: string, orgId: string }
    relations: { board: { one: boards, optional: true } }
mutations:
  create: { insert: projects, input: [id, slug, name], returns: [id, orgId] }
  edit: { args: { id: string }, update: projects, where: { id: $args.id }, input: [name], expect: one, returns: [name] }
  all: { args: { name: string }, update: projects, all: true, set: { name: $args.name }, returns: [id] }
  put: { upsert: projects, conflict: [orgId, slug], input: [id, slug, name], returns: [id, name] }
  task: { insert: tasks, input: [id, title, projectId], returns: [id, orgId] }
  whole: { args: { id: string, slug: string }, insert: projects, values: { id: $args.id, slug: $args.slug, name: n, tasks: [{ id: t, title: t }] }, returns: [id] }
  list: { args: { lines: { type: array, items: { type: object, properties: { id: string } } } }, steps: { notes: { each: $args.lines, insert: notes, values: { id: $item.id } } }, returns: { notes: [id] } }
  beside: { args: { id: string }, insert: boards, values: { id: $args.id, notes: [{ id: n }] }, returns: [id] }
  clear: { delete: projects, all: true, returns: [id] }
`,
  "user",
);

const caller = (id: string, orgId: string | null): Caller => ({ user: { id, role: "user", orgId }, session: { id } });
const ann = caller("ann", "one");
const nobody = caller("nobody", null);

let memory: Memory;
beforeEach(() => {
  memory = new Memory(app);
  memory.fill("projects", [
    { id: "a", org_id: "one", slug: "a", name: "a" },
    { id: "b", org_id: "two", slug: "b", name: "b" },
  ]);
});

const call = (name: string, args: Args, as: Caller = ann) =>
  told(memory.call(app.operations.get(name)!, args, { caller: as }));

test("new rows belong to the caller's, and a value is taken within it alone", async () => {
  expect(await call("create", { id: "n", slug: "b", name: "n" })).toEqual({ answer: { id: "n", orgId: "one" } });
  expect(await call("create", { id: "m", slug: "a", name: "n" })).toMatchObject({ code: "unique_violation" });
});

test("rows of others are met by no write", async () => {
  expect(await call("edit", { id: "b", name: "x" })).toMatchObject({ code: "not_found" });
  expect(await call("all", { name: "x" })).toEqual({ answer: [{ id: "a" }] });
  expect(await call("put", { id: "n", slug: "a", name: "y" })).toEqual({ answer: { id: "a", name: "y" } });
  expect(await call("put", { id: "n", slug: "b", name: "y" })).toEqual({ answer: { id: "n", name: "y" } });
  expect(await call("clear", {})).toEqual({ answer: [{ id: "a" }, { id: "n" }] });
  expect(memory.sqlite.prepare("SELECT id FROM projects").all()).toEqual([{ id: "b" }]);
});

test("keys lead to the caller's rows", async () => {
  expect(await call("task", { id: "t", title: "t", projectId: "a" })).toEqual({ answer: { id: "t", orgId: "one" } });
  const hidden = await call("task", { id: "u", title: "u", projectId: "b" });
  expect(hidden).toEqual(await call("task", { id: "u", title: "u", projectId: "none" }));
  expect(hidden).toMatchObject({ code: "foreign_key_violation", details: { table: "tasks", columns: ["projectId"] } });
});

test("who belongs to no tenant meets none and makes none", async () => {
  expect(await call("all", { name: "x" }, nobody)).toEqual({ answer: [] });
  const none = (table: string) => ({ code: "forbidden", rule: `${table}.tenant` });
  expect(await call("create", { id: "n", slug: "n", name: "n" }, nobody)).toMatchObject(none("projects"));
  expect(await call("put", { id: "n", slug: "b", name: "n" }, nobody)).toMatchObject(none("projects"));
  expect(await call("whole", { id: "n", slug: "n" }, nobody)).toMatchObject(none("projects"));
  expect(await call("task", { id: "t", title: "t", projectId: "a" }, nobody)).toMatchObject(none("tasks"));
  expect(await call("list", { lines: [{ id: "t" }, { id: "u" }] }, nobody)).toMatchObject(none("notes"));
  expect(await call("beside", { id: "x" }, nobody)).toMatchObject(none("notes"));
  expect(await call("beside", { id: "x" })).toEqual({ answer: { id: "x" } });
});

test("an upsert without a set does not write whose the row is, which its rules need not allow", async () => {
  const app = appOf(
    `
auth: { emailPassword: true, user: { fields: { orgId: { type: string, nullable: true } } } }
tables:
  docs:
    tenant: orgId
    columns: { id: string, orgId: string, name: string }
    rules: { read: { all: {} }, create: { all: {} }, update: { name: { columns: [name] } } }
mutations:
  put: { upsert: docs, conflict: [id], input: [id, name], returns: [id, name] }
`,
    "user",
  );
  const docs = new Memory(app);
  docs.fill("docs", [{ id: "a", org_id: "one", name: "a" }]);
  const put = docs.call(app.operations.get("put")!, { id: "a", name: "b" }, { caller: ann });
  expect(await told(put)).toEqual({ answer: { id: "a", name: "b" } });
});

describe("links", () => {
  const linked = appOf(
    `
auth: { emailPassword: true, user: { fields: { orgId: { type: string, nullable: true } } } }
tables:
  projects:
    tenant: orgId
    columns: { id: string, orgId: string, slug: { type: string, unique: true } }
    relations: { labels: { manyToMany: labels, through: marks } }
  labels: { tenant: orgId, columns: { id: string, orgId: string } }
  marks:
    tenant: orgId
    columns: { id: uuid, orgId: string }
    relations: { project: { one: projects }, label: { one: labels } }
mutations:
  mark: { args: { slug: string, ids: { type: array, items: string } }, update: projects, where: { slug: $args.slug }, set: { labels: { add: $args.ids } }, expect: one, returns: [id] }
  create: { args: { id: string }, insert: projects, values: { id: $args.id, slug: $args.id, labels: [l, { id: m }] }, returns: [id] }
`,
    "user",
  );
  const marks = () => memory.sqlite.prepare("SELECT org_id, project_id, label_id FROM marks ORDER BY label_id").all();
  const run = (name: string, args: Args, as: Caller) =>
    told(memory.call(linked.operations.get(name)!, args, { caller: as }));

  beforeEach(() => {
    memory = new Memory(linked);
    memory.fill("projects", [
      { id: "a", org_id: "one", slug: "s" },
      { id: "b", org_id: "two", slug: "s" },
    ]);
    memory.fill("labels", [
      { id: "l", org_id: "one" },
      { id: "hidden", org_id: "two" },
    ]);
  });

  test("are the caller's, of the row that a key within the tenant names", async () => {
    expect(await run("mark", { slug: "s", ids: ["l"] }, ann)).toEqual({ answer: { id: "a" } });
    expect(marks()).toEqual([{ org_id: "one", project_id: "a", label_id: "l" }]);
    expect(await run("mark", { slug: "s", ids: ["hidden"] }, ann)).toMatchObject({ code: "not_found" });
    expect(await run("mark", { slug: "s", ids: ["l"] }, nobody)).toMatchObject({ code: "not_found" });
  });

  test("end at no other tenant, where an end itself says whose they are", async () => {
    const open = appOf(
      `
auth: { emailPassword: true, user: { fields: { orgId: string? } } }
tables:
  orgs:
    columns: { id: string, name: string }
    relations: { people: { manyToMany: people, through: memberships } }
  people: { columns: { id: string } }
  memberships:
    tenant: orgId
    columns: { id: uuid, orgId: string }
    relations: { org: { one: orgs, columns: [orgId] }, person: { one: people } }
mutations:
  join: { args: { org: string }, update: orgs, where: { id: $args.org }, set: { people: { add: [p] } }, expect: one, returns: [id] }
  found: { args: { org: string }, insert: orgs, values: { id: $args.org, name: n, people: [p, { id: q }] }, returns: [id] }
`,
      "user",
    );
    const orgs = new Memory(open);
    orgs.fill("orgs", [
      { id: "one", name: "one" },
      { id: "two", name: "two" },
    ]);
    orgs.fill("people", [{ id: "p" }]);
    const run = (name: string, org: string) => told(orgs.call(open.operations.get(name)!, { org }, { caller: ann }));
    expect(await run("join", "one")).toEqual({ answer: { id: "one" } });
    expect(await run("join", "two")).toMatchObject({ code: "forbidden", rule: "memberships.tenant" });
    expect(await run("found", "three")).toMatchObject({ code: "forbidden", rule: "memberships.tenant" });
    expect(orgs.sqlite.prepare("SELECT org_id FROM memberships").all()).toEqual([{ org_id: "one" }]);
  });

  test("come with a new row", async () => {
    expect(await run("create", { id: "n" }, ann)).toEqual({ answer: { id: "n" } });
    expect(marks()).toEqual([
      { org_id: "one", project_id: "n", label_id: "l" },
      { org_id: "one", project_id: "n", label_id: "m" },
    ]);
  });
});
