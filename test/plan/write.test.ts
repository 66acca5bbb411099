import { describe, expect, test } from "vitest";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { WriteOperation } from "../../runtime/server/plan.ts";
import { Memory, NOW } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
tables:
  users:
    columns: { id: uuid, handle: { type: string, generate: nanoid }, name: string? }
  notes:
    columns:
      id: integer
      title: { type: string, default: it's new }
      body: string?
      stars: integer?
      big: { type: bigint, default: 0 }
      price: { type: decimal, scale: 2, default: "1.00", minimum: "0.00", maximum: "999.99" }
      ratio: { type: number, default: 1 }
      done: { type: boolean, default: false }
      tags: { type: array, items: string, default: [] }
      photo: bytes?
      day: { type: date, default: now }
      createdAt: { type: timestamp, default: now }
      updatedAt: { type: timestamp, default: now, onUpdate: now }
  steps: { columns: { id: integer, size: { type: number, multipleOf: 0.1 } } }
  tags:
    columns: { name: string, weight: { type: integer, default: 0, multipleOf: 5, exclusiveMaximum: 100 } }
    primaryKey: name
  "t1":
    columns: { id: integer, name: string }
    relations: { parent: { one: t1, optional: true }, children: { many: t1 } }

mutations:
  users/create: { insert: users, input: [name] }
  notes/create: { insert: notes, input: [title, body, stars, big, price, done, tags, photo] }
  notes/edit:
    args: { id: integer }
    update: notes
    where: { id: $args.id }
    input: [title, body, stars]
    expect: one
    returns: [id, title, body, stars, updatedAt]
  notes/count:
    args: { id: integer, stars: integer?, big: bigint?, price: decimal?, ratio: number? }
    update: notes
    where: { id: $args.id }
    set: { stars: { increment: $args.stars? }, big: { increment: $args.big? }, price: { multiply: $args.price? }, ratio: { multiply: $args.ratio? } }
    returns: [stars, big, price, ratio]
  notes/finish: { args: { done: boolean }, update: notes, where: { done: $args.done }, set: { done: true }, expect: one, returns: [id] }
  notes/clear: { delete: notes, all: true, expect: { min: 2, max: 3 }, returns: [id] }
  notes/remove: { args: { id: integer }, delete: notes, where: { id: $args.id }, expect: one, returns: [id, photo] }
  notes/none: { args: { id: integer }, delete: notes, where: { id: $args.id }, expect: none }
  tags/weigh: { args: { by: integer }, update: tags, all: true, set: { weight: { increment: $args.by } } }
  tags/touch: { args: { weight: integer? }, update: tags, all: true, set: { weight: $args.weight? }, returns: [name, weight] }
  twins/rename:
    args: { parent: string }
    update: t1
    where: { parent: { name: $args.parent }, children: { none: { name: { gt: a } } } }
    set: { name: renamed }
    returns: [id]
`);

const notes = (memory: Memory, ...rows: { [column: string]: string | number | bigint }[]) => {
  memory.fill(
    "notes",
    rows.map((row) => ({ day: "2020-01-01", created_at: 0, updated_at: 0, ...row })),
  );
  return memory;
};
const operation = (name: string) => app.operations.get(name)!;
const plan = (name: string) => planOperation(operation(name), app) as WriteOperation;

describe("insert", () => {
  test("fills in ids, times and defaults", async () => {
    const row = await new Memory(app).call(operation("notes/create"));
    const now = new Date(NOW).toISOString();
    expect(row).toEqual({
      ...{ id: 1, title: "it's new", body: null, stars: null, big: "0", price: "1.00", ratio: 1, done: false },
      ...{ tags: [], photo: null, day: now.slice(0, 10), createdAt: now, updatedAt: now },
    });
    const user = await new Memory(app).call(operation("users/create"), { name: "Ann" });
    expect(user).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), handle: expect.any(String), name: "Ann" });
  });

  test("writes what is sent, and nothing else, for every set of arguments", async () => {
    const args = {
      title: `"q" 'x'`,
      body: null,
      stars: 3,
      big: "-9223372036854775808",
      price: "12.30",
      done: true,
      tags: ["a"],
      photo: "AP8=",
    };
    const names = Object.keys(args) as (keyof typeof args)[];
    const memory = new Memory(app);
    const untouched = await memory.call(operation("notes/create"));
    for (let set = 0; set < 2 ** names.length; set += 1) {
      const sent = Object.fromEntries(names.filter((_, bit) => set & (1 << bit)).map((name) => [name, args[name]]));
      const row = await memory.call(operation("notes/create"), sent);
      expect(row).toEqual({ ...untouched, id: set + 2, ...sent });
    }
  });
});

describe("update", () => {
  test("absent keeps, null clears, and onUpdate is always set", async () => {
    const memory = notes(new Memory(app), { id: 1, title: "old", body: "text", stars: 2 });
    const now = new Date(NOW).toISOString();
    const row = { id: 1, title: "old", body: "text", stars: 2, updatedAt: now };
    expect(await memory.call(operation("notes/edit"), { id: 1 })).toEqual(row);
    expect(await memory.call(operation("notes/edit"), { id: 1, body: null })).toEqual({ ...row, body: null });
    expect(await memory.call(operation("notes/edit"), { id: 1, title: "new", stars: 5 })).toEqual({
      ...row,
      ...{ title: "new", body: null, stars: 5 },
    });
  });

  test("is a statement also when nothing is to be set", async () => {
    const memory = new Memory(app);
    memory.fill("tags", [{ name: "a", weight: 5 }]);
    expect(await memory.call(operation("tags/touch"))).toEqual([{ name: "a", weight: 5 }]);
    expect(await memory.call(operation("tags/touch"), { weight: 10 })).toEqual([{ name: "a", weight: 10 }]);
  });

  test("reckons exactly", async () => {
    const memory = notes(new Memory(app), { id: 1, stars: 2 ** 53 - 2, big: 2n ** 63n - 3n, price: 1001, ratio: 0.5 });
    const count = (args: object) => memory.call(operation("notes/count"), { id: 1, ...args });
    const [row] = await count({ stars: 1, big: "2", price: "1.05", ratio: 3 });
    expect(row).toEqual({ stars: 2 ** 53 - 1, big: "9223372036854775807", price: "10.51", ratio: 1.5 });
    await expect(count({ stars: 1 })).rejects.toMatchObject({
      code: "check_violation",
      extras: { details: { table: "notes", check: "stars.type" } },
    });
    await expect(count({ big: "1" })).rejects.toMatchObject({ extras: { details: { check: "big.type" } } });
    await expect(count({ price: "100.00" })).rejects.toMatchObject({ extras: { details: { check: "price.maximum" } } });
    await expect(count({ price: "-1.00" })).rejects.toMatchObject({ extras: { details: { check: "price.minimum" } } });
    await expect(count({ price: "90071992547409.93" })).rejects.toMatchObject({ code: "check_violation" });
    await expect(count({ price: "92233720368547758.07" })).rejects.toMatchObject({
      extras: { details: { check: "price.type" } },
    });
    await expect(count({ ratio: 1.7e308 })).rejects.toMatchObject({ extras: { details: { check: "ratio.type" } } });
  });

  test("null with anything added stays null", async () => {
    const memory = notes(new Memory(app), { id: 1 });
    expect((await memory.call(operation("notes/count"), { id: 1, stars: 1 }))[0].stars).toBe(null);
  });

  test("cannot break a column's constraint", async () => {
    const memory = new Memory(app);
    memory.fill("tags", [{ name: "a", weight: 90 }]);
    await expect(memory.call(operation("tags/weigh"), { by: 3 })).rejects.toMatchObject({
      extras: { details: { table: "tags", check: "weight.multipleOf" } },
    });
    await expect(memory.call(operation("tags/weigh"), { by: 10 })).rejects.toMatchObject({
      extras: { details: { check: "weight.exclusiveMaximum" } },
    });
    expect((await memory.call(operation("tags/weigh"), { by: 5 }))[0].weight).toBe(95);
  });

  test("multiples of a fraction are told as exactly as floating point can", () => {
    const memory = new Memory(app);
    const fits = (size: number) => {
      try {
        memory.fill("steps", [{ size }]);
        return true;
      } catch {
        memory.sqlite.exec("ROLLBACK");
        return false;
      }
    };
    expect([0, 0.3, -0.7, 1.1, 123456789012.3, 1e300].map(fits)).toEqual(Array(6).fill(true));
    expect([0.35, 0.30001, -12345.67].map(fits)).toEqual([false, false, false]);
  });

  test("tells a table called t1 from the aliases inside", async () => {
    const memory = new Memory(app);
    memory.fill("t1", [
      { id: 1, name: "root" },
      { id: 2, name: "leaf", parent_id: 1 },
      { id: 3, name: "node", parent_id: 1 },
      { id: 4, name: "x", parent_id: 3 },
    ]);
    expect(await memory.call(operation("twins/rename"), { parent: "root" })).toEqual([{ id: 2 }]);
  });
});

describe("expectations", () => {
  const three = () => notes(new Memory(app), { id: 1, done: 0 }, { id: 2, done: 0 }, { id: 3, done: 1 });
  const titles = (memory: Memory) => memory.sqlite.prepare("SELECT count(*) AS n FROM notes").get()!.n;

  test("one row by its key needs no guard", async () => {
    expect(plan("notes/remove").guard).toBeUndefined();
    const memory = three();
    await expect(memory.call(operation("notes/remove"), { id: 9 })).rejects.toMatchObject({ code: "not_found" });
    expect(await memory.call(operation("notes/remove"), { id: 2 })).toEqual({ id: 2, photo: null });
  });

  test("one row of many undoes a write of several", async () => {
    const memory = three();
    await expect(memory.call(operation("notes/finish"), { done: false })).rejects.toMatchObject({ code: "conflict" });
    expect(memory.sqlite.prepare("SELECT count(*) AS n FROM notes WHERE done").get()!.n).toBe(1);
    expect(await memory.call(operation("notes/finish"), { done: true })).toEqual({ id: 3 });
    memory.sqlite.exec("UPDATE notes SET done = 0");
    await expect(memory.call(operation("notes/finish"), { done: true })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a range refuses on both sides", async () => {
    const memory = three();
    notes(memory, { id: 4 });
    await expect(memory.call(operation("notes/clear"))).rejects.toMatchObject({ code: "conflict" });
    expect(titles(memory)).toBe(4);
    memory.sqlite.exec("DELETE FROM notes WHERE id > 1");
    await expect(memory.call(operation("notes/clear"))).rejects.toMatchObject({ code: "not_found" });
    expect(titles(memory)).toBe(1);
    notes(memory, { id: 7 });
    expect(await memory.call(operation("notes/clear"))).toEqual([{ id: 1 }, { id: 7 }]);
  });

  test("none undoes what was found", async () => {
    const memory = three();
    await expect(memory.call(operation("notes/none"), { id: 1 })).rejects.toMatchObject({ code: "conflict" });
    expect(titles(memory)).toBe(3);
    expect(await memory.call(operation("notes/none"), { id: 9 })).toEqual([]);
  });
});

test("a row that refers to itself, and is referred to, is left alone where nothing is sent", async () => {
  const of = appOf(`
tables: { nodes: { columns: { name: string, note: string? }, primaryKey: name, relations: { parent: { one: nodes, optional: true } } } }
mutations:
  note: { args: { note: string? }, update: nodes, where: { name: { ne: "" } }, set: { note: $args.note? }, returns: [name] }
  keep: { args: { name: string }, upsert: nodes, conflict: [name], values: { name: $args.name }, set: {}, returns: [name] }
`);
  const memory = new Memory(of);
  memory.fill("nodes", [{ name: "a", parent_id: "a" }]);
  memory.fill("nodes", [{ name: "b", parent_id: "a" }]);
  expect(await memory.call(of.operations.get("note")!)).toEqual([{ name: "a" }, { name: "b" }]);
  expect(await memory.call(of.operations.get("keep")!, { name: "a" })).toEqual({ name: "a" });
});
