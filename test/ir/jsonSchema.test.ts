import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { argumentsSchema, schemaOf } from "../../compiler/ir/jsonSchema.ts";
import { resultOf } from "../../compiler/ir/result.ts";
import { appOf, operationOf, tableOf } from "./lowered.ts";

const ajv = new Ajv2020({
  allowUnionTypes: true,
  strict: true,
  keywords: ["x-scale", "x-minimum", "x-maximum", "x-minBytes"],
});
formats.default(ajv);
ajv.addFormat("int64", true).addFormat("decimal", true);

function schema(type: string, options = {}) {
  const app = appOf(`enums: { Plan: [free, pro] }\ntables: { t: { columns: { id: integer, value: ${type} } } }`);
  return schemaOf(tableOf(app, "t").columns.get("value")!, options);
}

describe("a type in its wire form", () => {
  test.each<[string, readonly unknown[], readonly unknown[]]>([
    ["string", ["", "a"], [null, 1]],
    ["{ type: string, minLength: 2, pattern: ^a }", ["ab"], ["a", "bb"]],
    ["integer?", [1, null, -9007199254740991], [1.5, 9007199254740992]],
    ["{ type: number, exclusiveMinimum: 0 }", [0.1], [0]],
    ["bigint", ["-9223372036854775808", "0"], [1, "1.0", "", "12345678901234567890"]],
    ["{ type: decimal, minimum: 1 }", ["1", "1.5", "1.50"], ["1.555", 1, "1.", ".5"]],
    ["{ type: decimal, scale: 0 }", ["1"], ["1.0"]],
    ["boolean", [true], [0, "true"]],
    ["uuid", ["01900000-0000-7000-8000-000000000001"], ["a"]],
    ["timestamp", ["2026-01-31T12:00:00.123+02:00"], ["2026-01-31"]],
    ["date", ["2026-01-31"], ["2026-02-31"]],
    ["json", [1, "a", {}, []], [null]],
    ["json?", [1, null], []],
    ["{ type: bytes, minLength: 1 }", ["", "AQI=", "AQID"], ["AQI", "A===", "_-=="]],
    ["Plan", ["free"], ["fre", null]],
    ["Plan?", ["free", null], ["fre"]],
    ["{ type: array, items: Plan?, maxItems: 2, uniqueItems: true }", [[], ["free", null]], [["free", "free"], ["a"]]],
    [
      "{ type: object, properties: { a: integer, b: string?, c: { type: string, optional: true } } }",
      [{ a: 1 }, { a: 1, b: null, c: "" }],
      [{}, { a: 1, c: null }, { a: 1, d: 1 }],
    ],
  ])("%s", (type, right, wrong) => {
    const validate = ajv.compile(schema(type));
    expect(right.map((value) => validate(value))).toEqual(right.map(() => true));
    expect(wrong.map((value) => validate(value))).toEqual(wrong.map(() => false));
  });

  test("enums may be references", () => {
    const $ref = "#/components/schemas/Plan";
    expect(schema("Plan", { enums: "reference" })).toEqual({ $ref });
    expect(schema("Plan?", { enums: "reference" })).toEqual({ anyOf: [{ $ref }, { type: "null" }] });
  });
});

const app = appOf(`
tables:
  users: { columns: { id: uuid, name: { type: string, description: As others see it } } }
  tasks: { columns: { id: integer, title: string }, relations: { owner: { one: users }, parent: { one: tasks, optional: true }, parts: { many: tasks } } }
queries:
  tasks/page: { args: { search: string?, done: { type: boolean, default: true } }, page: tasks, size: { max: 20 }, where: [{ title: $args.search? }, { title: a, $args.done: true }] }
  tasks/get: { args: { id: integer }, get: tasks, where: { id: $args.id }, select: [id], with: { owner: { select: [name] }, parent: { select: [id] }, parts: { select: [id] } } }
mutations:
  tasks/create: { insert: tasks, input: [title, ownerId], returns: [id] }
  tasks/clear: { delete: tasks, all: true, returns: [id] }
  tasks/drop: { args: { id: integer }, delete: tasks, where: { id: $args.id }, expect: one, returns: [id] }
  tasks/count: { handler: "./tasks.ts#count", returns: integer }
  tasks/touch: { handler: "./tasks.ts#touch" }
`);

test("arguments are one closed object; a page has its own", () => {
  expect(argumentsSchema(operationOf(app, "tasks/create"))).toEqual({
    type: "object",
    properties: { title: { type: "string" }, ownerId: { type: "string", format: "uuid" } },
    required: ["title", "ownerId"],
    additionalProperties: false,
  });
  const page = argumentsSchema(operationOf(app, "tasks/page"));
  expect(page).toMatchObject({
    properties: {
      search: { type: ["string", "null"] },
      done: { type: "boolean", default: true },
      size: { maximum: 20, default: 20 },
    },
  });
  expect([Object.keys(page.properties as object), page.required]).toEqual([
    ["search", "done", "cursor", "size"],
    undefined,
  ]);
});

describe("a result", () => {
  const validator = (name: string) => ajv.compile(schemaOf(resultOf(operationOf(app, name))!));
  const row = { id: 1, owner: { name: "a" }, parent: null, parts: [{ id: 2 }] };

  test.each<[string, readonly unknown[], readonly unknown[]]>([
    ["tasks/get", [null, row, { ...row, parent: { id: 3 } }], [[], { ...row, owner: null }, { ...row, parts: null }]],
    ["tasks/page", [{ rows: [], nextCursor: null, hasMore: false }], [[], { rows: [], hasMore: false }]],
    ["tasks/create", [{ id: 1 }], [null, []]],
    ["tasks/clear", [[], [{ id: 1 }]], [{ id: 1 }]],
    ["tasks/drop", [{ id: 1 }], [[{ id: 1 }]]],
    ["tasks/count", [1], [null, "1"]],
  ])("%s", (name, right, wrong) => {
    const validate = validator(name);
    expect(right.map((value) => validate(value))).toEqual(right.map(() => true));
    expect(wrong.map((value) => validate(value))).toEqual(wrong.map(() => false));
  });

  test("of a handler that returns nothing is none", () => {
    expect(resultOf(operationOf(app, "tasks/touch"))).toBeUndefined();
  });
});
