import { expect, test } from "vitest";
import { lowerCall } from "../../compiler/ir/body.ts";
import type { BodyContext } from "../../compiler/ir/context.ts";
import type { Verb } from "../../compiler/ir/options.ts";
import { Place } from "../../compiler/manifest/place.ts";
import { appOf, tableOf } from "./lowered.ts";

/* The same lowering serves `ctx.db`, where values are JavaScript's and nothing is a reference. */

const tasks = tableOf(
  appOf(`
tables:
  tasks:
    columns: { id: bigint, title: string, at: timestamp, photo: bytes?, meta: json?, done: { type: boolean, default: false } }
    relations: { parent: { one: tasks, optional: true }, children: { many: tasks } }
    conditions: { isOpen: { done: false } }
`),
  "tasks",
);
const root = Place.root({
  locate: () => {
    throw new Error("nobody asks");
  },
});

function call<V extends Verb>(verb: V, options: { readonly [option: string]: unknown }) {
  const said: string[] = [];
  const context: BodyContext = {
    report: (code, place) => {
      said.push(`${code} ${place.path.join(".")}`);
      return undefined;
    },
    references: "none",
    limits: { defaultLimit: 10, maxLimit: 50 },
    failed: new Set(),
    condition: (table, name) => table.conditions.get(name),
  };
  return { body: lowerCall(verb, tasks, options, root, context), said };
}

test("dates, big integers and bytes are literals, and texts are never references", () => {
  const { body } = call("insert", {
    values: {
      id: 5n,
      title: "$args.title",
      at: new Date(1),
      photo: new Uint8Array([1, 2]),
      meta: { a: ["$$", undefined] },
      done: undefined,
    },
  });
  expect(body).toBeUndefined();
  const { body: written } = call("insert", {
    values: {
      id: 5n,
      title: "$args.title",
      at: new Date(1),
      photo: new Uint8Array([1, 2]),
      meta: { a: "$$", b: undefined },
      done: undefined,
    },
  });
  expect(written!.assignments.map(({ column, value }) => [column.name, "value" in value && value.value])).toEqual([
    ["id", "5"],
    ["title", "$args.title"],
    ["at", "1970-01-01T00:00:00.001Z"],
    ["photo", "AQI="],
    ["meta", { a: "$$" }],
  ]);
});

test("undefined is absence in a read", () => {
  expect(
    call("list", { where: { title: undefined, not: { done: undefined } }, limit: undefined }).body!.where,
  ).toBeUndefined();
  expect(call("list", { where: { title: "a", children: { some: { title: undefined } } } }).body!.where).toMatchObject({
    kind: "compare",
  });
  expect(call("list", { where: ["isOpen", { title: { contains: undefined } }] }).body!.where).toBe(
    tasks.conditions.get("isOpen"),
  );
});

test("undefined never widens a write", () => {
  expect(call("delete", { where: { id: undefined } }).said).toEqual(["condition/undefined where.id"]);
  expect(call("update", { where: { id: 1n, title: { in: undefined } }, set: { title: "a" } }).said).toEqual([
    "condition/undefined where.title.in",
  ]);
  expect(call("delete", { where: undefined }).said).toEqual(["write/no-where delete"]);
});

test.each<[Verb, { readonly [option: string]: unknown }, string]>([
  ["list", { whree: {} }, "operation/no-use whree"],
  ["list", { limit: 51 }, "operation/limit limit"],
  ["list", { select: "id" }, "operation/option select"],
  ["list", { orderBy: "id" }, "operation/option orderBy"],
  ["list", { with: { children: 5 } }, "operation/option with.children"],
  ["list", { with: { children: { limt: 5 } } }, "operation/no-use with.children.limt"],
  ["page", { limit: 5 }, "operation/no-use limit"],
  ["get", { where: { title: "a" } }, "operation/not-one-row where"],
  ["get", { where: { id: null } }, "operation/not-one-row where"],
  ["insert", { values: { title: "a\0b", at: new Date(0) } }, "type/nul values.title"],
  ["insert", { values: { title: "a", at: new Date(Number.NaN) } }, "type/mismatch values.at"],
  ["insert", { values: "a" }, "operation/option values"],
  ["update", { where: { id: 1 }, set: { id: 2 } }, "write/key set.id"],
  ["update", { where: { id: 1.5 }, set: { title: "b" } }, "type/mismatch where.id"],
  ["delete", { where: { id: 1 }, expect: "many" }, "operation/option expect"],
  ["delete", { where: { id: 1 }, expect: { min: -1 } }, "operation/option expect"],
])("%s %o is refused with its place", (verb, options, said) => {
  expect(call(verb, options).said).toContain(said);
  expect(call(verb, options).body).toBeUndefined();
});
