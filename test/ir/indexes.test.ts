import { expect, test } from "vitest";
import { appOf, tableOf } from "./lowered.ts";

const table = (rest: string) =>
  tableOf(
    appOf(
      `tables: { tasks: { columns: { id: integer, dueAt: date?, order: string, text: string, values: integer, slug: { type: string, sqlName: 'a"b' }, from: integer?, end: integer? }, ${rest} } }`,
    ),
    "tasks",
  );

test.each([
  ["order <> 'order -- it''s' -- order", `"order" <> 'order -- it''s'`],
  ["length(slug)>1 /* slug; (select */ and dueAt IS NOT NULL", `length("a""b")>1   and "due_at" IS NOT NULL`],
  ["`order` || [dueAt] = 'x'", `"order" || "due_at" = 'x'`],
  [
    "cast(text AS text) = 'a' collate nocase and values > 0",
    `cast("text" AS text) = 'a' collate nocase and "values" > 0`,
  ],
  ["end > from", `"end" > "from"`],
  [
    `from is not distinct from case when "end" > 1 then 1 else from end`,
    `"from" is not distinct from case when "end" > 1 then 1 else "from" end`,
  ],
  ["order GLOB 'a*' OR x'00' = 1e3", `"order" GLOB 'a*' OR x'00' = 1e3`],
])("SQL speaks of columns by their names in the manifest: %s", (written, sql) => {
  expect(table(`checks: { fine: ${JSON.stringify(written)} }`).checks).toMatchObject([
    { name: "fine", sqlName: "tasks_fine", sql },
  ]);
});

test("indexes have names of their own, also where they say the same", () => {
  const { indexes } = table(
    `indexes: [[order, -dueAt], { columns: [order, dueAt], where: { order: a } }, { expr: lower(order), unique: true }, { columns: [dueAt], sqlName: mine }]`,
  );
  expect(indexes.map(({ sqlName }) => sqlName)).toEqual([
    "tasks_order_due_at_index",
    "tasks_order_due_at_index_2",
    "tasks_expr_unique",
    "mine",
  ]);
  expect(indexes[0]!.parts.map(({ descending }) => descending)).toEqual([false, true]);
  expect(indexes[1]!.where).toMatchObject({ kind: "compare", op: "eq", right: { kind: "constant", value: "a" } });
  expect(indexes[2]!.parts).toEqual([{ on: { sql: 'lower("order")' }, descending: false }]);
});

test("a unique index over plain columns is a unique key, and makes a lone column unique", () => {
  const { uniqueKeys, columns } = table(
    `indexes: [{ columns: [-slug], unique: true }, { columns: [order], unique: true, where: { dueAt: null } }]`,
  );
  expect(uniqueKeys.map((key) => key.map(({ name }) => name))).toEqual([["id"], ["slug"]]);
  expect([columns.get("slug")!.unique, columns.get("order")!.unique]).toEqual([true, false]);
});
