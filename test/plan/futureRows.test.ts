import { expect, test } from "vitest";
import type { Args } from "../../runtime/server/args.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* What rules can say of a row that is not written yet, or not yet as it will be: of values of every type, and of rows that it leads to. */

const app = (rules: string) =>
  appOf(
    `
auth: { emailPassword: true }
tables:
  places:
    columns:
      id: integer
      name: string
      tags: { type: array, items: string, default: [] }
      lat: number?
      lng: number?
      big: bigint?
      money: decimal?
      at: timestamp?
      day: date?
      half: { type: integer, nullable: true, expr: length(name) / 2 }
      noteCount: { count: notes }
    relations:
      owner: { one: users, optional: true, onDelete: cascade }
      up: { one: places, optional: true }
      notes: { many: notes }
      fans: { manyToMany: users }
    rules: { read: { all: {} }, ${rules} }
  notes: { columns: { id: integer, text: string }, relations: { place: { one: places, onDelete: cascade } } }
mutations:
  create: { insert: places, input: [name, tags, lat, lng, big, money, at, day, ownerId], returns: [id] }
  edit: { args: { id: integer }, update: places, where: { id: $args.id }, input: [name, ownerId, upId], expect: one, returns: [id] }
`,
    "user",
  );

async function call(rules: string, name: string, args: Args) {
  const memory = new Memory(app(rules));
  memory.fill(
    "users",
    ["ann", "bob"].map((id) => ({ id, name: id, email: id, role: "user" })),
  );
  memory.fill("places", [
    { id: 1, name: "one", owner_id: "ann" },
    { id: 2, name: "two" },
  ]);
  memory.fill("notes", [{ id: 1, text: "n", place_id: 1 }]);
  const caller = { user: { id: "ann", role: "user" }, session: { id: "s" } };
  return told(memory.call(memory.app.operations.get(name)!, args, { caller }));
}

test.each([
  ["lat: 1.5", { lat: 1.5 }, { lat: 2 }],
  ["near: { latitude: 1, longitude: 1, within: 1000, of: [lat, lng] }", { lat: 1, lng: 1 }, { lat: 2, lng: 2 }],
  ["tags: { includes: [a] }", { tags: ["b", "a"] }, { tags: ["b"] }],
  ["tags: { length: 0 }", {}, { tags: ["b"] }],
  ['big: "9007199254740993"', { big: "9007199254740993" }, { big: "9007199254740992" }],
  ['money: "1.50"', { money: "1.50" }, { money: "1.49" }],
  ['at: { gt: "2020-01-01T00:00:00Z" }', { at: "2021-01-01T00:00:00Z" }, { at: null }],
  ['day: { lte: "2020-01-01" }', { day: "2020-01-01" }, { day: "2021-01-01" }],
  ["half: 1", { name: "abc" }, { name: "abcd" }],
  ["owner: { name: bob }", { ownerId: "bob" }, {}],
  ["owner: null", {}, { ownerId: "bob" }],
  ["noteCount: 0, notes: { none: {} }, fans: { every: { name: x } }, name: x", {}, { name: "y" }],
])("a new row: %s", async (condition, granted, refused) => {
  const rules = `create: { rule: { ${condition} } }`;
  expect(await call(rules, "create", { name: "x", ...granted })).toEqual({ answer: { id: 3 } });
  expect(await call(rules, "create", { name: "x", ...refused })).toMatchObject({ rule: "places.create" });
});

test.each([
  ["owner: { name: ann }, notes: { some: { text: n } }", { ownerId: "ann" }, { ownerId: "bob" }],
  ["noteCount: 1, half: 2", { name: "four" }, { name: "sixsix" }],
  ["up: { name: $before.name }", { upId: 1, name: "x" }, { upId: 2 }],
  ["any: [{ ownerId: $before.ownerId }, { name: free }]", { ownerId: "bob", name: "free" }, { ownerId: "bob" }],
])("a row as it will be: %s", async (then, granted, refused) => {
  const rules = `update: { rule: { then: { ${then} } } }`;
  expect(await call(rules, "edit", { id: 1, ...granted })).toEqual({ answer: { id: 1 } });
  expect(await call(rules, "edit", { id: 1, ...refused })).toMatchObject({ rule: "places.update" });
});
