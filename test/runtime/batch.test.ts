import { beforeEach, describe, expect, test } from "vitest";
import type { Args } from "../../runtime/server/args.ts";
import { d1 } from "../../runtime/server/d1.ts";
import { executor } from "../../runtime/server/execute.ts";
import type { BatchOperation, Constraints } from "../../runtime/server/plan.ts";
import { fakeD1 } from "./sqlite.ts";

/* Batches as the compiler plans them, over SQLite in memory. */

const schema = `
  PRAGMA foreign_keys = on;
  CREATE TABLE orders (id TEXT PRIMARY KEY NOT NULL, code TEXT UNIQUE) STRICT;
  CREATE TABLE lines (
    id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), sku TEXT NOT NULL, quantity INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT lines_some CHECK (quantity > 0)
  );
  CREATE TABLE stock (sku TEXT PRIMARY KEY NOT NULL, left INTEGER NOT NULL) STRICT;
  CREATE TABLE _af_guard (code TEXT);
  CREATE TRIGGER _af_guard_stop BEFORE INSERT ON _af_guard WHEN NEW.code IS NOT NULL BEGIN SELECT RAISE(ABORT, NEW.code); END;
  INSERT INTO stock VALUES ('a', 5), ('b', 1);
`;

const constraints: Constraints = {
  tables: {
    orders: { name: "orders", columns: { id: "id", code: "code" } },
    lines: { name: "lines", columns: { id: "id", order_id: "orderId", sku: "sku", quantity: "quantity" } },
    stock: { name: "stock", columns: { sku: "sku", left: "left" } },
  },
  uniqueIndexes: {},
  checks: { lines_some: { table: "lines", check: "some" } },
};

const orderId = { generate: "uuid", key: "order.id" } as const;
const leadsToOrder = {
  table: "lines",
  columns: ["orderId"],
  sql: ["SELECT NOT EXISTS (SELECT 1 FROM orders WHERE id = ", { arg: "orderId" }, `) AS "violated"`],
} as const;

const place: BatchOperation = {
  kind: "mutation",
  name: "orders/place",
  auth: "public",
  args: {
    code: "string",
    orderId: "string",
    lines: { array: { object: { sku: "string", quantity: "number", tags: { array: "string" } } } },
  },
  result: "batch",
  steps: [
    {
      step: "order",
      table: "orders",
      answers: true,
      sql: [
        "INSERT INTO orders VALUES (",
        orderId,
        ", ",
        { arg: "code" },
        `) RETURNING json_object('id', id) AS "row"`,
      ],
    },
    {
      each: "lines",
      of: [
        {
          step: "lines",
          table: "lines",
          answers: true,
          foreignKeys: [
            {
              ...leadsToOrder,
              sql: [{ when: "orderId", then: leadsToOrder.sql, otherwise: `SELECT 0 AS "violated"` }],
            },
          ],
          into: ["INSERT INTO lines (id, order_id, sku", { when: "lines.*.quantity", then: ", quantity" }, ")"],
          values: [
            "(",
            { generate: "uuid", key: "lines.*.id" },
            ", ",
            { when: "orderId", then: { arg: "orderId" }, otherwise: orderId },
            ", ",
            { arg: "lines.*.sku" },
            { when: "lines.*.quantity", then: [", ", { arg: "lines.*.quantity" }] },
            ")",
          ],
          returning: ` RETURNING json_object('id', id, 'sku', sku, 'quantity', quantity) AS "row"`,
        },
      ],
    },
    {
      each: "lines",
      of: [
        {
          step: "stock",
          table: "stock",
          sql: ["UPDATE stock SET left = left - 1 WHERE left > 0 AND sku = ", { arg: "lines.*.sku" }],
        },
        {
          step: "stock",
          sql: ["INSERT INTO _af_guard SELECT '_af:not_found:stock:' || ", { item: 0 }, " WHERE changes() < 1"],
        },
        {
          each: "lines.*.tags",
          of: [
            {
              step: "tags",
              table: "orders",
              sql: [
                "INSERT INTO orders VALUES (",
                { generate: "nanoid", key: "tags.*.*.id" },
                ", ",
                { arg: "lines.*.tags.*" },
                ")",
              ],
            },
          ],
        },
      ],
    },
  ],
  answer: { steps: { order: { result: "row" }, lines: { result: "rows" } } },
  errors: { out_of_stock: { status: 422, message: "Not enough" }, taken: { status: 409, message: "Taken" } },
  refusals: { stock: { not_found: "out_of_stock" }, tags: { unique_violation: "taken" } },
};

let db = fakeD1(schema);
beforeEach(() => {
  db = fakeD1(schema);
});

const run = async (operation: BatchOperation, args: Args) =>
  JSON.parse(
    await executor(operation)({ args, now: 0, generated: new Map(), database: d1(db), constraints }),
  ) as unknown;
const refusal = (args: Args) =>
  run(place, args).then(
    () => undefined,
    ({ status, code, extras }) => ({ status, code, details: extras.details }),
  );
const count = async () => {
  const { results } = await db
    .prepare(
      "SELECT (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM lines) || ' ' || (SELECT sum(left) FROM stock) AS n",
    )
    .all();
  return (results[0] as { n: string }).n;
};

describe("a batch", () => {
  test("answers by step, with ids that are one wherever their key stands and one for each item", async () => {
    const answer = (await run(place, { lines: [{ sku: "a" }, { sku: "b" }] })) as {
      order: { id: string };
      lines: { id: string }[];
    };
    expect(answer.lines).toMatchObject([
      { sku: "a", quantity: 1 },
      { sku: "b", quantity: 1 },
    ]);
    expect(answer.lines[0]!.id).not.toBe(answer.lines[1]!.id);
    expect(answer.order.id).not.toBe(answer.lines[0]!.id);
    expect(await count()).toBe("1 2 4");
  });

  test("sends INSERTs whose texts are equal as one, a hundred parameters at most", async () => {
    const lines = Array.from({ length: 45 }, () => ({ sku: "a" }));
    await refusal({ lines: [...lines, { sku: "a", quantity: 2 }, { sku: "a", quantity: 3 }] });
    const sizes = db.log.filter(({ sql }) => sql.startsWith("INSERT INTO lines")).map(({ params }) => params.length);
    expect(sizes).toEqual([99, 36, 8]);
  });

  test("does nothing for a list that is empty or was not sent", async () => {
    expect(await run(place, {})).toMatchObject({ lines: [] });
    expect(
      await run({ ...place, steps: place.steps.slice(1), answer: { step: "lines", result: "rows" } }, { lines: [] }),
    ).toEqual([]);
  });

  test("is refused beyond what the database runs at once, naming the list", async () => {
    const tags = Array.from({ length: 1000 }, (_, index) => String(index));
    expect(await refusal({ lines: [{ sku: "a", tags }] })).toMatchObject({
      status: 400,
      code: "invalid_arguments",
      details: [{ path: "lines", message: expect.stringContaining("1004 statements") }],
    });
  });
});

describe("a refusal names the step, and nothing is written", () => {
  test.each<[string, Args, object]>([
    [
      "a guard",
      { lines: [{ sku: "a" }, { sku: "b" }, { sku: "b" }] },
      { status: 422, code: "out_of_stock", details: { step: "stock", item: 2 } },
    ],
    [
      "a check",
      { lines: [{ sku: "a", quantity: -1 }] },
      { status: 400, code: "check_violation", details: { table: "lines", check: "some", step: "lines" } },
    ],
    [
      "a unique key of a table that two steps write to: the earlier",
      { code: "x", lines: [] },
      { status: 409, code: "unique_violation", details: { table: "orders", columns: ["code"], step: "order" } },
    ],
    [
      "and the later, which has an error of its own",
      { code: "y", lines: [{ sku: "a", tags: ["z", "y"] }] },
      { status: 409, code: "taken", details: { table: "orders", columns: ["code"], step: "tags" } },
    ],
    [
      "a foreign key",
      { orderId: "none", lines: [{ sku: "a" }, { sku: "b" }] },
      {
        status: 409,
        code: "foreign_key_violation",
        details: { table: "lines", columns: ["orderId"], step: "lines", item: 0 },
      },
    ],
  ])("%s", async (_, args, expected) => {
    await run(place, { code: "x", lines: [] });
    const before = await count();
    expect(await refusal(args)).toEqual(expected);
    expect(await count()).toBe(before);
  });
});
