import { beforeEach, describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* `{ expr: … }` as a value that is written. */

const app = appOf(`
tables:
  lines:
    columns:
      id: integer
      quantity: { type: integer, minimum: 0 }
      price: { type: decimal, scale: 2 }
      total: { type: decimal, scale: 2, default: "0.00" }
      label: { type: string, maxLength: 10, default: "" }
      big: { type: bigint, default: "0" }
      many: { type: boolean, default: false }
      dueAt: timestamp?
      day: date?
      order: integer? # a word of SQL
queries:
  get: { args: { id: integer }, get: lines, where: { id: $args.id } }
mutations:
  total: { args: { id: integer }, update: lines, where: { id: $args.id }, set: { total: { expr: "quantity * price" } }, expect: one, returns: [total] }
  half: { args: { id: integer, parts: integer }, update: lines, where: { id: $args.id }, set: { quantity: { expr: "quantity / :parts" } }, expect: one, returns: [quantity] }
  less: { args: { id: integer, by: integer }, update: lines, where: { id: $args.id }, set: { quantity: { expr: "quantity - :by" } }, expect: one, returns: [quantity] }
  reprice: { args: { id: integer, off: { type: decimal, scale: 2 } }, update: lines, where: { id: $args.id }, set: { price: { expr: "max(price - :off, 0)" } }, expect: one, returns: [price] }
  relabel: { args: { id: integer, label: string }, update: lines, where: { id: $args.id }, set: { label: { expr: "upper(label) || coalesce(:label, '-')" } }, expect: one, returns: [label] }
  bigger: { args: { id: integer, by: bigint }, update: lines, where: { id: $args.id }, set: { big: { expr: "big + :by" } }, expect: one, returns: [big] }
  flag: { args: { id: integer, than: integer }, update: lines, where: { id: $args.id }, set: { many: { expr: "quantity > :than" }, order: { expr: '"order" + 1' } }, expect: one, returns: [many, order] }
  later: { args: { id: integer, at: timestamp }, update: lines, where: { id: $args.id }, set: { dueAt: { expr: ":at + 1000.5" }, day: { expr: "date(day, '+1 day')" } }, expect: one, returns: [dueAt, day] }
  add:
    args: { line: { type: object, properties: { count: integer, of: integer } }, price: { type: decimal, scale: 2 } }
    insert: lines
    values: { quantity: { expr: ":line.count * :line.of" }, price: $args.price, total: { expr: ":line.count * :line.of * :price" } }
    returns: [id, quantity, total]
`);

const call = (memory: Memory, name: string, args: object) => memory.call(app.operations.get(name)!, { id: 1, ...args });

describe("a computed value", () => {
  let memory: Memory;
  beforeEach(() => {
    memory = new Memory(app);
    memory.fill("lines", [
      { id: 1, quantity: 7, price: 250, label: "a", big: 9007199254740993n, day: "2026-02-28", order: 3 },
    ]);
  });

  test.each<[string, object, object]>([
    ["total", {}, { total: "17.50" }],
    ["half", { parts: 2 }, { quantity: 3 }],
    ["reprice", { off: "0.75" }, { price: "1.75" }],
    ["reprice", { off: "9.75" }, { price: "0.00" }],
    ["relabel", { label: "b" }, { label: "Ab" }],
    ["bigger", { by: "9007199254740993" }, { big: "18014398509481986" }],
    ["flag", { than: 6 }, { many: true, order: 4 }],
    ["later", { at: "2026-01-01T00:00:00Z" }, { dueAt: "2026-01-01T00:00:01.000Z", day: "2026-03-01" }],
    ["add", { line: { count: 3, of: 4 }, price: "1.10" }, { id: 2, quantity: 12, total: "13.20" }],
  ])("%s %o", async (name, args, row) => expect(await call(memory, name, args)).toEqual(row));

  test.each<[string, object, object]>([
    ["less", { by: 8 }, { table: "lines", check: "quantity.minimum" }],
    ["relabel", { label: "abcdefghij" }, { table: "lines", check: "label.maxLength" }],
    ["bigger", { by: "9223372036854775807" }, { table: "lines", check: "big.type" }],
  ])("that breaks a constraint is refused: %s", async (name, args, details) => {
    await expect(call(memory, name, args)).rejects.toMatchObject({ code: "check_violation", extras: { details } });
  });
});
