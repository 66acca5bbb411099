import { describe, expect, test } from "vitest";
import { planOperation } from "../../compiler/plan/plan.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* What steps hand on to one another, value for value, and what they send to the database for it. */

const columns =
  "text: string?, whole: integer?, big: bigint?, ratio: number?, money: { type: decimal, scale: 4, nullable: true }, flag: boolean?, " +
  "at: timestamp?, day: date?, raw: bytes?, blob: json?, list: { type: array, items: integer, nullable: true }";
const names = ["text", "whole", "big", "ratio", "money", "flag", "at", "day", "raw", "blob", "list"];
const each = (write: (name: string) => string): string => names.map((name) => `${name}: ${write(name)}`).join(", ");

const app = appOf(`
tables:
  originals: { columns: { id: integer, ${columns} } }
  copies: { columns: { id: uuid, code: { type: string, generate: nanoid }, ${columns} } }
  nodes:
    columns: { id: integer, name: string }
    relations: { parent: { one: nodes, optional: true }, children: { many: nodes } }
mutations:
  read:
    args: { id: integer }
    steps:
      from: { get: originals, where: { id: $args.id } }
      gone: { delete: originals, where: { id: $args.id }, expect: one }
      copy: { insert: copies, values: { ${each((name) => `$steps.from.${name}`)} } }
      again: { insert: copies, values: { ${each((name) => `$steps.gone.${name}`)} } }
    returns: { copy: [${names}], again: [${names}] }
  written:
    args: { ${columns} }
    steps:
      first: { insert: originals, values: { ${each((name) => `$args.${name}?`)} } }
      second: { insert: originals, values: { whole: $steps.first.id, text: $steps.first.text } }
      third: { insert: copies, values: { ${each((name) => `$steps.first.${name}`)} } }
      fourth: { insert: copies, values: { text: $steps.third.code, whole: $steps.second.id } }
    returns: { second: [whole, text], third: [code, ${names}], fourth: [text, whole] }
  list:
    steps:
      copies: { each: { list: originals, where: { whole: { gt: 0 } } }, insert: copies, values: { text: $item.text, whole: $item.id } }
    returns: { copies: [id, code, text, whole] }
  tree:
    args: { name: string }
    steps:
      root: { insert: nodes, values: { name: $args.name } }
      leaf: { insert: nodes, values: { name: leaf, parentId: $steps.root.id } }
      other: { insert: nodes, values: { name: other, parentId: $steps.root.id } }
    returns: { leaf: [id, parentId], other: [id, parentId] }
`);

const full = {
  text: "it's 𝒶",
  whole: 9007199254740991,
  big: "-9223372036854775808",
  ratio: 0.5,
  money: "-0.0001",
  flag: false,
  at: "2026-01-01T00:00:00.123Z",
  day: "2026-02-03",
  raw: "AP8=",
  blob: { deep: [null, "x"] },
  list: [1, 2],
};
const empty = Object.fromEntries(names.map((name) => [name, null]));
const operation = (name: string) => app.operations.get(name)!;
const sqlOf = (name: string) => JSON.stringify(planOperation(operation(name), app));

describe("a step's row is handed on exactly", () => {
  test.each([
    ["full", full],
    ["empty", empty],
  ])("%s, as it was written", async (_, values) => {
    const memory = new Memory(app);
    const answer = await memory.call(operation("written"), values);
    expect(answer.third).toEqual({ code: expect.stringMatching(/^[\w-]{21}$/), ...values });
    expect(answer.second).toEqual({ whole: 1, text: values.text });
    expect(answer.fourth).toEqual({ text: answer.third.code, whole: 2 });
  });

  test.each([
    ["full", full],
    ["empty", empty],
  ])("%s, as it was read, and as it was removed", async (_, values) => {
    const memory = new Memory(app);
    await memory.call(operation("written"), values);
    expect(await memory.call(operation("read"), { id: 1 })).toEqual({ copy: values, again: values });
    expect(memory.sqlite.prepare("SELECT count(*) AS n FROM _af_steps").get()).toEqual({ n: 0 });
  });

  test("to the last bit", async () => {
    const memory = new Memory(app);
    await memory.call(operation("written"), { ratio: 0.1 + 0.2 });
    await memory.call(operation("read"), { id: 1 });
    expect(memory.sqlite.prepare("SELECT ratio FROM copies WHERE ratio IS NOT NULL").all()).toEqual(
      Array(3).fill({ ratio: 0.1 + 0.2 }),
    );
  });

  test("what is not there is said of the step that needs it", async () => {
    const memory = new Memory(app);
    await expect(memory.call(operation("read"), { id: 8 })).rejects.toMatchObject({
      code: "not_found",
      extras: { details: { step: "gone" } },
    });
  });
});

test("only what the Worker cannot know is kept in the database", () => {
  const keeps = sqlOf("written").match(/INSERT INTO \\"_af_steps\\"[^;]*?VALUES \('(\w+)', '(\w+)'/g);
  expect(
    keeps?.map((text) =>
      text
        .match(/\('(\w+)', '(\w+)'/)!
        .slice(1)
        .join("."),
    ),
  ).toEqual(["first.id", "second.id"]);
});

test("each row of a list gets ids of its own", async () => {
  const memory = new Memory(app);
  memory.fill(
    "originals",
    Array.from({ length: 40 }, (_, index) => ({ id: index + 1, text: `t${index}`, whole: index })),
  );
  const { copies } = await memory.call(operation("list"));
  expect(copies).toHaveLength(39);
  expect(new Set(copies.map(({ id }: { id: string }) => id)).size).toBe(39);
  expect(new Set(copies.map(({ code }: { code: string }) => code)).size).toBe(39);
  for (const { id, code } of copies) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(code).toMatch(/^[\w-]{21}$/);
  }
});

test("a counted id is that of its step, whatever the table gets next", async () => {
  const memory = new Memory(app);
  await memory.call(operation("tree"), { name: "first" });
  expect(await memory.call(operation("tree"), { name: "second" })).toEqual({
    leaf: { id: 5, parentId: 4 },
    other: { id: 6, parentId: 4 },
  });
});
