import { beforeEach, describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* Columns whose value is reckoned from the row. */

const app = appOf(`
tables:
  lines:
    columns:
      id: integer
      quantity: integer
      price: { type: decimal, scale: 2 }
      orderedAt: timestamp
      name: string?
      total: { type: decimal, scale: 2, maximum: "1000", expr: "quantity * price", index: true }
      isLarge: { type: boolean, expr: quantity >= 10 }
      label: { type: string?, expr: "upper(name) || '!'" }
      dueAt: { type: timestamp, expr: "orderedAt + 86400000.5" }
      key: { type: string, unique: true, expr: "id || '-' || quantity" }
    checks: { cheap: "total < 50000" }
queries:
  all: { list: lines, where: { total: { gte: "5.00" } }, orderBy: [-total] }
  page: { page: lines, orderBy: [total], select: [id, total] }
  large: { list: lines, where: { isLarge: true }, select: [id, label, dueAt] }
  byKey: { args: { key: string }, get: lines, where: { key: $args.key }, select: [id] }
  totals: { list: lines, select: [total], distinct: true }
mutations:
  create: { insert: lines, input: [quantity, price, orderedAt, name] }
  edit: { args: { id: integer }, update: lines, where: { id: $args.id }, set: { quantity: { increment: 1 } }, expect: one, returns: [total, key] }
`);

describe("a computed column", () => {
  let memory: Memory;
  const call = (name: string, args: object = {}, page = {}) =>
    memory.call(app.operations.get(name)!, { ...args }, page);
  beforeEach(() => {
    memory = new Memory(app);
    const orderedAt = Date.UTC(2026, 0, 1);
    memory.fill("lines", [
      { id: 1, quantity: 2, price: 250, ordered_at: orderedAt, name: "a" },
      { id: 2, quantity: 10, price: 10, ordered_at: orderedAt },
      { id: 3, quantity: 30, price: 300, ordered_at: orderedAt },
    ]);
  });

  test("stands in rows, is filtered and ordered by", async () => {
    expect(await call("all")).toMatchObject([
      { id: 3, total: "90.00", isLarge: true, label: null, dueAt: "2026-01-02T00:00:00.000Z", key: "3-30" },
      { id: 1, total: "5.00", isLarge: false, label: "A!", key: "1-2" },
    ]);
    expect(memory.lastPlan().join()).toContain("lines_total_index");
    expect(await call("large")).toMatchObject([{ id: 2 }, { id: 3 }]);
    expect(await call("byKey", { key: "2-10" })).toEqual({ id: 2 });
    expect(await call("totals")).toEqual([{ total: "1.00" }, { total: "5.00" }, { total: "90.00" }]);
  });

  test("orders pages", async () => {
    const first = await call("page", {}, { size: 2 });
    expect(first.rows.map(({ id }: { id: number }) => id)).toEqual([2, 1]);
  });

  test("follows every write, and holds its constraints", async () => {
    const line = { quantity: 4, price: "2.50", orderedAt: "2026-01-01T00:00:00Z" };
    expect(await call("create", line)).toMatchObject({ id: 4, total: "10.00", key: "4-4" });
    expect(await call("edit", { id: 1 })).toEqual({ total: "7.50", key: "1-3" });
    await expect(call("create", { ...line, price: "250.01" })).rejects.toMatchObject({ code: "check_violation" });
  });
});
