import { beforeEach, describe, expect, test } from "vitest";
import { constraintsOf } from "../../compiler/plan/constraints.ts";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* Keys that are written by the way, or guessed, tell nothing of rows that the caller may not read. */

const app = appOf(
  `
auth: { emailPassword: true, user: { fields: { orgId: string? } } }
tables:
  shops: { columns: { id: string }, rules: { read: { own: { id: $user.id } } } }
  orders:
    columns: { id: string, shopId: string }
    relations: { lines: { many: lines } }
    indexes: [{ columns: [shopId, id], unique: true }]
  lines:
    columns: { id: string, shopId: string, orderId: string }
    relations:
      order: { one: orders, columns: [shopId, orderId], references: [shopId, id] }
      shop: { one: shops, columns: [shopId] }
  visits:
    columns: { id: string, ownerId: string, shopId: { type: string, nullable: true, read: { ownerId: $user.id } } }
    relations: { shop: { one: shops, columns: [shopId] } }
  boxes:
    columns: { id: string }
    relations: { things: { many: things } }
    rules: { read: { whole: { things: { every: { may: read } } } } }
  things:
    columns: { id: string, orgId: string }
    relations: { box: { one: boxes } }
    tenant: orgId
    rules: { read: { all: {} } }
mutations:
  line: { insert: lines, input: [id, shopId, orderId] }
  place: { args: { id: string, shop: string }, insert: orders, values: { id: $args.id, shopId: $args.shop, lines: [{ id: new }] } }
  adopt: { args: { id: string, shop: string }, insert: orders, values: { id: $args.id, shopId: $args.shop, lines: [l] } }
  visit: { args: { id: string, shop: string }, update: visits, where: { id: $args.id }, set: { shopId: $args.shop }, expect: one, returns: [id] }
queries:
  boxes: { list: boxes }
`,
  "user",
);

const caller = (id: string, orgId: string | null = null): Caller => ({
  user: { id, role: "user", orgId },
  session: { id },
});

let memory: Memory;
beforeEach(() => {
  memory = new Memory(app);
  memory.fill("shops", [{ id: "ann" }, { id: "hidden" }, { id: "other" }]);
  memory.fill("orders", [{ id: "o", shop_id: "ann" }]);
  memory.fill("lines", [{ id: "l", shop_id: "ann", order_id: "o" }]);
  memory.fill("visits", [{ id: "v", owner_id: "bob", shop_id: "hidden" }]);
});

const call = (name: string, args: Args, as = caller("ann")) =>
  told(memory.call(app.operations.get(name)!, args, { caller: as }));

describe("a column that two keys share leads by both to rows that may be read", () => {
  test.each([
    ["place", "written beside a row"],
    ["adopt", "that comes to lead to a row"],
  ])("%s: of a row %s", async (name) => {
    const hidden = await call(name, { id: "p", shop: "hidden" });
    expect(hidden).toEqual(await call(name, { id: "p", shop: "none" }));
    expect(hidden).toMatchObject({
      code: "foreign_key_violation",
      details: { table: "lines", columns: ["shopId"], relation: "lines" },
    });
    expect(await call(name, { id: "p", shop: "ann" })).toEqual({ answer: { id: "p", shopId: "ann" } });
  });
});

test("a key that may not be read is not told by writing what it is", async () => {
  const guessed = await call("visit", { id: "v", shop: "hidden" });
  expect(guessed).toMatchObject({ code: "foreign_key_violation" });
  expect(guessed).toEqual(await call("visit", { id: "v", shop: "other" }));
  // who may read it writes what is there
  expect(await call("visit", { id: "v", shop: "hidden" }, caller("bob"))).toEqual({ answer: { id: "v" } });
});

test("what everybody may do within a tenant is not what anybody may do", async () => {
  memory.fill("boxes", [{ id: "b" }]);
  memory.fill("things", [{ id: "t", org_id: "acme", box_id: "b" }]);
  expect(await call("boxes", {}, caller("ann", "evil"))).toEqual({ answer: [] });
  expect(await call("boxes", {}, caller("ann", "acme"))).toEqual({ answer: [{ id: "b" }] });
});

test("links of a row do not say by what it is linked to those who may not read it", () => {
  const through = `
auth: { emailPassword: true }
tables:
  docs:
    columns: { id: string, ownerId: string, code: { type: string, unique: true, read: { ownerId: $user.id } } }
    relations: { labels: { manyToMany: labels, through: docLabels } }
  labels: { columns: { id: string } }
  docLabels:
    columns: { id: uuid }
    relations: { doc: { one: docs, references: [code], column: docCode }, label: { one: labels } }
mutations:
  tag: { args: { id: string, label: string }, update: docs, where: { id: $args.id }, set: { labels: { add: [$args.label] } }, expect: one }
`;
  expect(() => appOf(through, "user")).toThrow('guard/use: "code" cannot be linked by here');
});

test("a guard of a column is obeyed where no table has rules: handlers are told that something is", () => {
  const guarded = (read: string) =>
    constraintsOf(
      appOf(`
tables: { notes: { columns: { id: string, open: boolean, text: { type: string${read} } } } }
queries: { list: { list: notes } }
`),
    );
  expect(guarded(", read: { open: true }")).toHaveProperty("rules", {});
  expect(guarded("")).not.toHaveProperty("rules");
});
