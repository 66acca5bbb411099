import { describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
tables:
  users: { columns: { id: string, code: { type: string, unique: true } } }
  projects:
    columns: { id: string }
    relations:
      owner: { one: users }
      lead: { one: users, optional: true, onDelete: cascade }
      tasks: { many: tasks }
      members: { manyToMany: users, through: memberships }
  tasks:
    columns: { id: string, shop: string?, number: integer? }
    relations:
      project: { one: projects, onDelete: cascade }
      parent: { one: tasks, optional: true }
      order: { one: orders, columns: [shop, number], optional: true }
  orders: { columns: { shop: string, number: integer }, primaryKey: [shop, number] }
  memberships:
    columns: { id: integer }
    relations: { project: { one: projects, onDelete: cascade }, user: { one: users } }
  badges:
    columns: { id: string }
    relations: { task: { one: tasks }, holder: { one: users, references: [code], column: holderCode, optional: true } }

mutations:
  projects/create: { insert: projects, input: [id, ownerId, leadId] }
  tasks/create: { insert: tasks, input: [id, projectId, parentId, shop, number] }
  tasks/edit: { args: { id: string }, update: tasks, where: { id: $args.id }, input: [projectId, shop, number] }
  users/recode: { args: { id: string }, update: users, where: { id: $args.id }, input: [code] }
  users/remove: { args: { id: string }, delete: users, where: { id: $args.id } }
  projects/remove: { args: { id: string }, delete: projects, where: { id: $args.id } }
  tasks/remove: { args: { ids: { type: array, items: string } }, delete: tasks, where: { id: { in: $args.ids } }, returns: [id] }
  tasks/clear: { delete: tasks, all: true, returns: [id] }
`);

function filled(): Memory {
  const memory = new Memory(app);
  memory.fill(
    "users",
    ["a", "b", "c"].map((id) => ({ id, code: id.toUpperCase() })),
  );
  memory.fill("orders", [{ shop: "s", number: 1 }]);
  memory.fill("projects", [
    { id: "p", owner_id: "a", lead_id: "b" },
    { id: "q", owner_id: "a", lead_id: "b" },
  ]);
  memory.fill("tasks", [
    { id: "t", project_id: "p" },
    { id: "u", project_id: "p", parent_id: "t" },
    { id: "v", project_id: "q", shop: "s", number: 1 },
  ]);
  memory.fill("badges", [{ id: "x", task_id: "u", holder_code: "C" }]);
  return memory;
}

const broken = (table: string, ...columns: string[]) => ({
  code: "foreign_key_violation",
  extras: { details: { table, columns } },
});

describe("a broken foreign key is named", () => {
  test.each([
    [
      "the first of two, on insert",
      "projects/create",
      { id: "n", ownerId: "z", leadId: "a" },
      broken("projects", "ownerId"),
    ],
    [
      "the second of two, on insert",
      "projects/create",
      { id: "n", ownerId: "a", leadId: "z" },
      broken("projects", "leadId"),
    ],
    [
      "of several columns, on insert",
      "tasks/create",
      { id: "n", projectId: "p", shop: "s", number: 2 },
      broken("tasks", "shop", "number"),
    ],
    ["on update", "tasks/edit", { id: "t", projectId: "z" }, broken("tasks", "projectId")],
    ["of several columns, one of them kept", "tasks/edit", { id: "v", number: 2 }, broken("tasks", "shop", "number")],
    ["that leads to what is changed", "users/recode", { id: "c", code: "D" }, broken("badges", "holderCode")],
    ["that leads to what is deleted", "users/remove", { id: "a" }, broken("projects", "ownerId")],
    ["that leads to what goes with what is deleted", "projects/remove", { id: "p" }, broken("badges", "taskId")],
    ["two cascades away", "users/remove", { id: "b" }, broken("badges", "taskId")],
    ["of a row that stays", "tasks/remove", { ids: ["t"] }, broken("tasks", "parentId")],
  ])("%s", async (_, name, args, refusal) => {
    const memory = filled();
    await expect(memory.call(app.operations.get(name)!, args)).rejects.toMatchObject(refusal);
  });

  test("and what is whole goes through", async () => {
    const memory = filled();
    const call = (name: string, args = {}) => memory.call(app.operations.get(name)!, args);
    expect(await call("tasks/edit", { id: "v", number: null })).toMatchObject([{ shop: "s", number: null }]);
    expect(await call("users/recode", { id: "c", code: "C" })).toMatchObject([{ code: "C" }]);
    memory.sqlite.exec("DELETE FROM badges");
    expect(await call("tasks/remove", { ids: ["t", "u"] })).toEqual([{ id: "t" }, { id: "u" }]);
    expect(await call("users/remove", { id: "b" })).toHaveLength(1);
  });

  test("of a junction that restricts", async () => {
    const memory = filled();
    memory.fill("memberships", [{ project_id: "q", user_id: "c" }]);
    memory.sqlite.exec("DELETE FROM badges");
    const removal = memory.call(app.operations.get("users/remove")!, { id: "c" });
    await expect(removal).rejects.toMatchObject(broken("memberships", "userId"));
  });
});
