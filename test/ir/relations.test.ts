import { expect, test } from "vitest";
import type { ManyToManyRelation, OneRelation } from "../../compiler/ir/table.ts";
import { appOf, saidOf, tableOf } from "./lowered.ts";

test("one adds a column of the target key's type; many is its other end", () => {
  const app = appOf(`
tables:
  users:
    columns: { id: uuid }
    relations: { tasks: { many: tasks, inverse: owner }, reviews: { many: tasks, inverse: reviewer } }
  tasks:
    columns: { id: integer }
    relations:
      owner: { one: users, onDelete: cascade }
      reviewer: { one: users, optional: true, column: reviewedBy, sqlName: by, onDelete: set null, unique: true }
`);
  const [users, tasks] = [tableOf(app, "users"), tableOf(app, "tasks")];
  expect([...tasks.columns.keys()]).toEqual(["id", "ownerId", "reviewedBy"]);
  expect(tasks.columns.get("ownerId")).toMatchObject({
    sqlName: "owner_id",
    type: { kind: "uuid" },
    nullable: false,
    madeBy: "owner",
  });
  expect(tasks.columns.get("reviewedBy")).toMatchObject({ sqlName: "by", nullable: true, unique: true });
  const owner = tasks.relations.get("owner") as OneRelation;
  expect(owner).toMatchObject({ kind: "one", optional: false, onDelete: "cascade", onUpdate: "restrict" });
  expect(owner.columns).toEqual([tasks.columns.get("ownerId")]);
  expect(owner.references).toEqual(users.primaryKey);
  expect(users.relations.get("tasks")).toMatchObject({
    kind: "many",
    to: { name: "tasks" },
    inverse: { name: "owner" },
  });
  expect(users.relations.get("reviews")).toMatchObject({ inverse: { name: "reviewer" } });
});

test("a relation stands on declared columns, shared ones too", () => {
  const app = appOf(`
tables:
  orders: { columns: { shop: string, number: integer }, primaryKey: [shop, number], relations: { lines: { many: lines } } }
  lines:
    columns: { id: uuid, shop: string, number: integer? }
    relations: { order: { one: orders, columns: [shop, number], unique: true } }
`);
  const lines = tableOf(app, "lines");
  expect(lines.relations.get("order")).toMatchObject({ optional: true });
  expect(lines.indexes).toMatchObject([{ sqlName: "lines_shop_number_unique", unique: true }]);
  expect(lines.uniqueKeys.map((key) => key.map(({ name }) => name))).toEqual([["id"], ["shop", "number"]]);
});

test("references alone names a unique column that is not the key", () => {
  const app = appOf(`
tables:
  countries: { columns: { id: integer, code: { type: string, unique: true, maxLength: 2 } } }
  cities: { columns: { id: integer }, relations: { country: { one: countries, references: [code] } } }
`);
  expect(tableOf(app, "cities").columns.get("countryId")!.type).toEqual({ kind: "string", maxLength: 2 });
});

test("many-to-many makes a junction, and the other side means the same one", () => {
  const app = appOf(`
tables:
  users: { columns: { id: uuid }, relations: { projects: { manyToMany: projects, inverse: members } } }
  projects: { columns: { id: integer }, relations: { members: { manyToMany: users } } }
`);
  expect([...app.tables.keys()]).toEqual(["users", "projects", "projectsMembers"]);
  const junction = tableOf(app, "projectsMembers");
  expect([...junction.columns.values()].map(({ name, type }) => [name, type.kind])).toEqual([
    ["projectsId", "integer"],
    ["membersId", "uuid"],
  ]);
  expect(junction.primaryKey).toEqual([...junction.columns.values()]);
  expect(junction).toMatchObject({ sqlName: "projects_members", junctionOf: "projects.members" });
  for (const relation of junction.relations.values())
    expect(relation).toMatchObject({ kind: "one", onDelete: "cascade" });
  const members = tableOf(app, "projects").relations.get("members") as ManyToManyRelation;
  const projects = tableOf(app, "users").relations.get("projects") as ManyToManyRelation;
  expect(members.junction).toBe(junction);
  expect([projects.junction, projects.near, projects.far]).toEqual([junction, members.far, members.near]);
});

test("a table related to itself by a junction of its own, or by one with two ways", () => {
  const app = appOf(`
tables:
  users:
    columns: { id: uuid }
    relations:
      friends: { manyToMany: users }
      following: { manyToMany: users, through: follows, inverse: follower }
      boss: { one: users, optional: true }
      reports: { many: users }
  follows:
    columns: { at: date }
    primaryKey: [followerId, followedId]
    relations: { follower: { one: users }, followed: { one: users } }
`);
  const { relations } = tableOf(app, "users");
  expect([...relations.keys()]).toEqual(["friends", "following", "boss", "reports"]);
  expect([...tableOf(app, "usersFriends").columns.keys()]).toEqual(["usersId", "friendsId"]);
  expect(relations.get("following")).toMatchObject({ near: { name: "follower" }, far: { name: "followed" } });
  expect(relations.get("reports")).toMatchObject({ inverse: { name: "boss" } });
});

test("what hangs on a relation that failed is not told again", () => {
  const text = `tables:
  users: { columns: { id: uuid }, relations: { tasks: { many: tasks }, tags: { manyToMany: tag } } }
  tasks: { columns: { id: integer }, relations: { owner: { one: user }, user: { one: users, columns: [userId] } } }
queries:
  tasks/list: { list: tasks, where: { owner: { id: 1 }, ownerId: 1 }, with: { owner: true } }
  users/list: { list: users, where: { tasks: { some: {} }, tags: { none: {} } } }`;
  expect(saidOf(text)).toEqual([
    "reference/unknown-table 2:92",
    "reference/unknown-table 3:65",
    "reference/unknown-column 3:103",
  ]);
});
