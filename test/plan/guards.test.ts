import { beforeEach, describe, expect, test } from "vitest";
import { constraintsOf } from "../../compiler/plan/constraints.ts";
import { createPlanner } from "../../compiler/plan/planner.ts";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { Verb } from "../../runtime/server/planner.ts";
import { Memory, NOW } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* What rules say to writes, over rows: who may create, change and remove what, and what those are told who may not. */

const app = appOf(
  `
auth: { emailPassword: true, roles: [user, admin] }
tables:
  projects:
    columns:
      id: string
      name: { type: string, maxLength: 20 }
      slug: { type: string, unique: true }
      open: { type: boolean, default: false }
      locked: { type: boolean, default: false }
      hours: { type: integer, default: 1 }
      doubled: { type: integer, expr: hours * 2 }
      budget: { type: integer, nullable: true, read: isOwner, write: { $user.role: admin } }
      changedAt: { type: timestamp, default: now, onUpdate: now }
    relations:
      owner: { one: users, onDelete: cascade }
      tasks: { many: tasks }
      members: { manyToMany: users, through: memberships }
    conditions:
      isOwner: { ownerId: $user.id }
      canSee: [isOwner, { open: true }, { members: { some: { id: $user.id } } }]
    rules:
      read: { seen: canSee }
      create: { owner: { when: isOwner, message: Only for yourself }, staff: { $user.role: admin } }
      update:
        owner: { when: isOwner, then: { ownerId: $before.ownerId, doubled: { lt: 100 } } }
        member: { when: { members: { some: { id: $user.id } } }, columns: [name] }
        staff: { $user.role: admin }
      delete: { owner: isOwner }
      deny:
        create: { crowded: { when: { hours: { gt: 40 } }, message: Too much } }
        update: { locked: { when: { locked: true }, message: It is locked }, slow: { when: { hours: 7 }, columns: [hours] } }
        delete: { locked: { locked: true } }
  tasks:
    columns: { id: string, title: string, points: { type: integer, default: 0 } }
    relations:
      project: { one: projects, onDelete: cascade }
      parent: { one: tasks, optional: true }
    rules:
      read: { throughProject: { project: canSee } }
      create: { throughProject: { project: canSee } }
      update: { throughProject: { project: { may: update } } }
      delete: { throughProject: { project: { may: delete } } }
  memberships:
    columns: { id: integer }
    relations: { project: { one: projects, onDelete: cascade }, user: { one: users, onDelete: cascade } }
    indexes: [{ columns: [projectId, userId], unique: true }]
    rules:
      read: { all: {} }
      create: { owner: { project: isOwner } }
      delete: { owner: { project: isOwner } }
mutations:
  create: { insert: projects, input: [id, name, slug, ownerId, hours, budget], returns: [id, name] }
  edit: { args: { id: string }, update: projects, where: { id: $args.id }, input: [name, hours, ownerId, budget, slug], expect: one, returns: [id, name, hours] }
  rename: { args: { id: string, name: string }, update: projects, where: { id: $args.id }, set: { name: $args.name }, returns: [id, name] }
  renameAll: { args: { name: string }, update: projects, all: true, set: { name: $args.name }, returns: [id] }
  work: { args: { id: string, hours: integer }, update: projects, where: { id: $args.id }, set: { hours: { increment: $args.hours } }, expect: one, returns: [hours] }
  remove: { args: { id: string }, delete: projects, where: { id: $args.id }, expect: one, cascades: [tasks, memberships], returns: [id] }
  clear: { delete: projects, all: true, cascades: [tasks, memberships], returns: [id] }
  put: { upsert: projects, conflict: [slug], input: [id, name, slug, ownerId], returns: [id, name] }
  putHours: { args: { hours: integer? }, upsert: projects, conflict: [slug], input: [id, name, slug, ownerId], set: { hours: $args.hours? }, returns: [id] }
  system: { as: system, because: a job does it, args: { id: string, name: string }, update: projects, where: { id: $args.id }, set: { name: $args.name, budget: 5 }, returns: [id, name] }
  anybody: { auth: public, args: { id: string, name: string }, update: projects, where: { id: $args.id }, set: { name: $args.name }, returns: [id] }
  tasks/create: { insert: tasks, input: [id, title, projectId, parentId], returns: [id] }
  tasks/move: { args: { id: string }, update: tasks, where: { id: $args.id }, input: [projectId, title], expect: one, returns: [id] }
  tasks/remove: { args: { id: string }, delete: tasks, where: { id: $args.id }, expect: one, returns: [id] }
`,
  "user",
);

const caller = (id: string, role = "user"): Caller => ({ user: { id, role }, session: { id: `s-${id}` } });
const ann = caller("ann");
const bob = caller("bob");
const cat = caller("cat");
const admin = caller("root", "admin");

let memory: Memory;
beforeEach(() => {
  memory = new Memory(app);
  memory.fill(
    "users",
    ["ann", "bob", "cat", "root"].map((id) => ({
      id,
      name: id,
      email: `${id}@example.com`,
      role: id === "root" ? "admin" : "user",
    })),
  );
  const project = (id: string, owner_id: string, more = {}) => ({ id, name: id, slug: id, owner_id, ...more });
  memory.fill("projects", [
    project("a", "ann", { budget: 9 }),
    project("b", "bob"),
    project("open", "bob", { open: 1 }),
    project("lock", "ann", { locked: 1 }),
    project("seven", "ann", { hours: 7 }),
  ]);
  memory.fill("tasks", [
    { id: "at", title: "at", project_id: "a" },
    { id: "bt", title: "bt", project_id: "b" },
  ]);
  memory.fill("memberships", [{ project_id: "a", user_id: "cat" }]);
});

const call = (name: string, args: Args, as?: Caller) => memory.call(app.operations.get(name)!, args, { caller: as });

const refused = (name: string, args: Args, as?: Caller) => told(call(name, args, as));

const dump = (table: string) => memory.sqlite.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();

/** Refused, with nothing written. */
async function refusedWhole(name: string, args: Args, as?: Caller) {
  const before = ["projects", "tasks", "memberships"].map(dump);
  const answer = await refused(name, args, as);
  expect(["projects", "tasks", "memberships"].map(dump)).toEqual(before);
  return answer;
}

const forbidden = (rule: string, rules: readonly object[], message = "You may not do that.") => ({
  code: "forbidden",
  message,
  rule,
  details: { rules },
});
const creators = [{ name: "owner", message: "Only for yourself" }, { name: "staff" }];
const editors = [{ name: "owner" }, { name: "member" }, { name: "staff" }];
const row = (id: string, ownerId: string, more = {}) => ({ id, name: id, slug: id, ownerId, ...more });

describe("a create rule speaks of the new row", () => {
  test("which it lets be written, or not", async () => {
    expect(await call("create", row("n", "ann"), ann)).toEqual({ id: "n", name: "n" });
    expect(await refusedWhole("create", row("m", "ann"), bob)).toEqual(forbidden("projects.create", creators));
    expect(await refused("create", row("m", "ann"), admin)).toMatchObject({ answer: { id: "m" } });
  });

  test("with its defaults, and a denial wins with its own words", async () => {
    expect(await refusedWhole("create", row("n", "ann", { hours: 41 }), ann)).toEqual(
      forbidden("projects.create", [{ name: "crowded", message: "Too much" }], "Too much"),
    );
  });

  test("before anything is said of what is taken", async () => {
    expect(await refused("create", { ...row("n", "ann"), slug: "b" }, bob)).toMatchObject({ code: "forbidden" });
    expect(await refused("create", { ...row("n", "ann"), slug: "b" }, ann)).toMatchObject({ code: "unique_violation" });
  });

  test("and a column's own condition, too", async () => {
    expect(await refusedWhole("create", row("n", "ann", { budget: 5 }), ann)).toEqual({
      code: "forbidden",
      message: "You may not do that.",
      rule: "projects.budget",
    });
    expect(await refused("create", row("n", "root", { budget: 5 }), admin)).toMatchObject({ answer: { id: "n" } });
  });

  test("through the table that it leads to", async () => {
    expect(await call("tasks/create", { id: "x", title: "x", projectId: "a" }, cat)).toEqual({ id: "x" });
    expect(await call("tasks/create", { id: "y", title: "y", projectId: "open" }, cat)).toEqual({ id: "y" });
    expect(await refusedWhole("tasks/create", { id: "z", title: "z", projectId: "b" }, cat)).toEqual(
      forbidden("tasks.create", [{ name: "throughProject" }]),
    );
  });
});

describe("an update", () => {
  test("of a row that may not be read meets none", async () => {
    expect(await refusedWhole("edit", { id: "b", name: "x" }, ann)).toMatchObject({ code: "not_found" });
    expect(await refusedWhole("edit", { id: "none", name: "x" }, ann)).toMatchObject({ code: "not_found" });
    expect(await call("rename", { id: "b", name: "x" }, ann)).toEqual([]);
  });

  test("of one that may be read, but not written, is forbidden", async () => {
    expect(await refusedWhole("edit", { id: "open", name: "x" }, ann)).toEqual(forbidden("projects.update", editors));
    expect(await refusedWhole("rename", { id: "open", name: "x" }, ann)).toEqual(forbidden("projects.update", editors));
  });

  test("of several leaves those that may not be read, and is refused whole for one that may not be written", async () => {
    expect(await call("renameAll", { name: "x" }, bob)).toEqual([{ id: "b" }, { id: "open" }]);
    expect(await refusedWhole("renameAll", { name: "x" }, cat)).toEqual(forbidden("projects.update", editors));
  });

  test("a rule that names columns lets no others be written, and two do not add up", async () => {
    expect(await call("edit", { id: "a", name: "by cat" }, cat)).toEqual({ id: "a", name: "by cat", hours: 1 });
    expect(await refusedWhole("edit", { id: "a", hours: 2 }, cat)).toEqual(forbidden("projects.update", editors));
    expect(await refusedWhole("edit", { id: "a", name: "x", hours: 2 }, cat)).toMatchObject({ code: "forbidden" });
    expect(await call("edit", { id: "a" }, cat)).toEqual({ id: "a", name: "by cat", hours: 1 });
  });

  test("then is said of the row as it will be, beside the one that was", async () => {
    expect(await refusedWhole("edit", { id: "a", ownerId: "bob" }, ann)).toMatchObject({ rule: "projects.update" });
    expect(await call("edit", { id: "a", ownerId: "ann", hours: 3 }, ann)).toMatchObject({ hours: 3 });
    expect(await call("work", { id: "a", hours: 46 }, ann)).toEqual({ hours: 49 });
    expect(await refusedWhole("work", { id: "a", hours: 1 }, ann)).toMatchObject({ rule: "projects.update" });
  });

  test("a denial refuses, of columns only where they are written", async () => {
    const locked = forbidden("projects.update", [{ name: "locked", message: "It is locked" }], "It is locked");
    expect(await refusedWhole("edit", { id: "lock", name: "x" }, ann)).toEqual(locked);
    expect(await refusedWhole("edit", { id: "seven", hours: 8 }, ann)).toEqual(
      forbidden("projects.update", [{ name: "slow" }]),
    );
    expect(await call("edit", { id: "seven", name: "x" }, ann)).toMatchObject({ name: "x" });
  });

  test("a column's own condition is asked where it is written", async () => {
    expect(await refusedWhole("edit", { id: "a", budget: 1 }, ann)).toMatchObject({ rule: "projects.budget" });
    expect(await refusedWhole("edit", { id: "a", budget: null }, ann)).toMatchObject({ rule: "projects.budget" });
    expect(await call("edit", { id: "a", name: "x" }, ann)).toMatchObject({ name: "x" });
  });

  test("says nothing of what is taken to who may not write", async () => {
    expect(await refused("edit", { id: "open", slug: "a" }, ann)).toMatchObject({ code: "forbidden" });
    expect(await refused("edit", { id: "b", slug: "a" }, ann)).toMatchObject({ code: "not_found" });
    expect(await refused("edit", { id: "a", slug: "b" }, ann)).toMatchObject({ code: "unique_violation" });
  });

  test("as system obeys no rule", async () => {
    expect(await call("system", { id: "b", name: "x" }, ann)).toEqual([{ id: "b", name: "x" }]);
    expect(await call("system", { id: "lock", name: "x" }, ann)).toEqual([{ id: "lock", name: "x" }]);
  });

  test("of nobody, where rules speak of who is signed in", async () => {
    expect(await refusedWhole("anybody", { id: "open", name: "x" })).toMatchObject({ rule: "projects.update" });
    expect(await refusedWhole("anybody", { id: "a", name: "x" })).toEqual({ answer: [] });
    expect(await call("anybody", { id: "a", name: "x" }, ann)).toEqual([{ id: "a" }]);
  });
});

describe("a delete", () => {
  test("obeys its rules", async () => {
    expect(await refusedWhole("remove", { id: "b" }, ann)).toMatchObject({ code: "not_found" });
    expect(await refusedWhole("remove", { id: "open" }, ann)).toEqual(
      forbidden("projects.delete", [{ name: "owner" }]),
    );
    expect(await refusedWhole("remove", { id: "lock" }, ann)).toEqual(
      forbidden("projects.delete", [{ name: "locked" }]),
    );
    expect(await call("remove", { id: "a" }, ann)).toEqual({ id: "a" });
    expect(await refusedWhole("clear", {}, ann)).toMatchObject({ code: "forbidden" });
    expect(await call("clear", {}, bob)).toEqual([{ id: "b" }, { id: "open" }]);
  });

  test("and what other tables ask of it", async () => {
    expect(await refusedWhole("tasks/remove", { id: "at" }, cat)).toMatchObject({ rule: "tasks.delete" });
    expect(await refusedWhole("tasks/remove", { id: "bt" }, ann)).toMatchObject({ code: "not_found" });
    expect(await call("tasks/remove", { id: "at" }, ann)).toEqual({ id: "at" });
  });
});

describe("an upsert", () => {
  test("is an insert where there is no row, and obeys its rules", async () => {
    expect(await call("put", row("n", "ann"), ann)).toEqual({ id: "n", name: "n" });
    expect(await refusedWhole("put", row("m", "ann"), bob)).toEqual(forbidden("projects.create", creators));
  });

  test("is an update where there is one, and obeys those", async () => {
    expect(await call("put", { ...row("x", "ann"), slug: "a" }, ann)).toEqual({ id: "a", name: "x" });
    expect(await refusedWhole("put", { ...row("x", "bob"), slug: "a" }, ann)).toMatchObject({
      rule: "projects.update",
    });
    expect(await refusedWhole("put", { ...row("x", "ann"), slug: "open" }, ann)).toEqual(
      forbidden("projects.update", editors),
    );
    expect(await call("putHours", { ...row("x", "bob"), slug: "a" }, cat)).toEqual({ id: "a" });
    expect(await refusedWhole("putHours", { ...row("x", "bob"), slug: "a", hours: 2 }, cat)).toMatchObject({
      rule: "projects.update",
    });
  });

  test("is told of a row that it may not read what an insert would be told", async () => {
    const args = { ...row("x", "ann"), slug: "b" };
    const answer = await refusedWhole("put", args, ann);
    expect(answer).toEqual(await refusedWhole("create", args, ann));
    expect(answer).toMatchObject({ code: "unique_violation", details: { table: "projects", columns: ["slug"] } });
    expect(await refusedWhole("put", { ...args, ownerId: "bob" }, ann)).toEqual(forbidden("projects.create", creators));
  });
});

describe("a foreign key that is written leads to a row that may be read", () => {
  const broken = {
    code: "foreign_key_violation",
    message: "tasks.projectId would refer to a row that is not there.",
    details: { table: "tasks", columns: ["projectId"] },
  };

  test.each(["b", "none"])("or is broken: %s", async (projectId) => {
    expect(await refusedWhole("tasks/move", { id: "at", projectId }, ann)).toEqual(broken);
  });

  test("of a new row, too, whatever its other keys", async () => {
    const to = (parentId: string) =>
      refusedWhole("tasks/create", { id: "x", title: "x", projectId: "a", parentId }, ann);
    expect(await to("bt")).toEqual(await to("none"));
    expect(await to("bt")).toMatchObject({ details: { table: "tasks", columns: ["parentId"] } });
    expect(await call("tasks/create", { id: "x", title: "x", projectId: "a", parentId: "at" }, ann)).toEqual({
      id: "x",
    });
    expect(await call("tasks/create", { id: "y", title: "y", projectId: "a", parentId: "y" }, ann)).toEqual({
      id: "y",
    });
    expect(await call("tasks/create", { id: "z", title: "z", projectId: "a", parentId: null }, ann)).toEqual({
      id: "z",
    });
  });

  test("and one that stays is not asked for", async () => {
    expect(await call("tasks/move", { id: "at", title: "x" }, ann)).toEqual({ id: "at" });
    expect(await call("tasks/move", { id: "at", projectId: "a" }, ann)).toEqual({ id: "at" });
  });
});

describe("what a handler writes", () => {
  const planner = createPlanner(app.tables, { defaultLimit: 10, maxLimit: 10 });
  const run = (verb: Verb, table: string, options: object, eyes: "caller" | "system", as?: Caller) => {
    const { operation } = planner.plan(verb, table, options, eyes);
    const constraints = constraintsOf(app);
    return told(
      executor(operation)({ args: {}, now: NOW, generated: new Map(), database: memory, constraints, caller: as }),
    );
  };
  const rename = (id: string) => ({ where: { id }, set: { name: "x" }, expect: "one", returns: ["id"] });

  test("obeys the rules of who calls it", async () => {
    expect(await run("update", "projects", rename("a"), "caller", ann)).toEqual({ answer: '{"id":"a"}' });
    expect(await run("update", "projects", rename("open"), "caller", ann)).toMatchObject({ rule: "projects.update" });
    expect(await run("update", "projects", rename("b"), "caller", ann)).toMatchObject({ code: "not_found" });
    expect(await run("update", "projects", rename("open"), "caller")).toMatchObject({ rule: "projects.update" });
    const values = { id: "n", name: "n", slug: "n", ownerId: "bob" };
    expect(await run("insert", "projects", { values }, "caller", ann)).toMatchObject({ rule: "projects.create" });
  });

  test("and says whose rows go with a row that it removes", async () => {
    const remove = async (cascades?: unknown) =>
      run(
        "delete",
        "projects",
        { where: { id: "a" }, returns: ["id"], ...(cascades !== undefined && { cascades }) },
        "caller",
        ann,
      );
    await expect(remove()).rejects.toThrow(
      new TypeError(
        'delete: Rows of "tasks", "memberships" go with rows of "projects", and their own rules are not asked. ' +
          "Where that is meant, say `cascades: [tasks, memberships]`.",
      ),
    );
    await expect(remove(["tasks"])).rejects.toThrow("say `cascades: [tasks, memberships]`");
    await expect(remove(["tasks", "memberships", "users"])).rejects.toThrow(/^cascades\.2: /);
    await expect(remove("tasks")).rejects.toThrow('cascades: "tasks" is');
    expect(await remove(["tasks", "memberships"])).toEqual({ answer: '[{"id":"a"}]' });
  });

  test("or none as the system", async () => {
    expect(await run("update", "projects", rename("b"), "system")).toEqual({ answer: '{"id":"b"}' });
    expect(await run("delete", "projects", { where: { id: "lock" }, returns: ["id"] }, "system")).toEqual({
      answer: '[{"id":"lock"}]',
    });
  });
});
