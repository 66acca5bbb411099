import { expect, test } from "vitest";
import { appOf, saidOf, tableOf } from "./lowered.ts";

const column = (columns: string, name: string, more = "") => {
  const app = appOf(`${more}tables: { tasks: { columns: { id: integer, ${columns} } } }`);
  return tableOf(app, "tasks").columns.get(name)!;
};

test("shorthand and long form mean the same", () => {
  const short = column("note: string?", "note");
  const long = column("note: { type: string, nullable: true }", "note");
  expect({ ...short, place: null }).toEqual({ ...long, place: null });
  expect(short).toMatchObject({
    name: "note",
    sqlName: "note",
    type: { kind: "string" },
    nullable: true,
    unique: false,
  });
});

test("a reusable type brings its constraints and its null; those written here win", () => {
  const types = "types: { Slug: { type: string?, minLength: 2, maxLength: 9 } }\n";
  expect(column("slug: { type: Slug, maxLength: 5 }", "slug", types)).toMatchObject({
    type: { kind: "string", minLength: 2, maxLength: 5 },
    nullable: true,
  });
  expect(column("slug: { type: Slug, nullable: false }", "slug", types).nullable).toBe(false);
});

test("a column as a type brings constraints, but neither null nor default", () => {
  const app = appOf(`
tables:
  a: { columns: { id: uuid, name: b.name } }
  b: { columns: { id: uuid, name: { type: string, maxLength: 5, nullable: true, default: x }, a: a.id } }
`);
  const name = tableOf(app, "a").columns.get("name")!;
  expect(name).toMatchObject({ type: { kind: "string", maxLength: 5 }, nullable: false });
  expect(name.default).toBeUndefined();
  expect(tableOf(app, "b").columns.get("a")!.type).toEqual({ kind: "uuid" });
});

test.each([
  ["at: { type: timestamp, default: '2026-01-31T13:00:00.1239+01:00' }", "2026-01-31T12:00:00.123Z"],
  ["at: { type: timestamp, default: '2026-01-31T12:00:00Z' }", "2026-01-31T12:00:00.000Z"],
  ["at: { type: decimal, default: 12.3 }", "12.30"],
  ["at: { type: decimal, scale: 0, default: '007' }", "7"],
  ["at: { type: decimal, default: '-0.5' }", "-0.50"],
  ["at: { type: bigint, default: 5 }", "5"],
  ["at: { type: string, default: $$5 }", "$5"],
  ["at: { type: json, default: { a: [$$x, null] } }", { a: ["$x", null] }],
  ["at: { type: object, properties: { b: integer?, a: integer }, default: { a: 1, b: 2 } }", { b: 2, a: 1 }],
])("a default is kept in its wire form: %s", (written, value) => {
  expect(column(written, "at").default).toEqual({ kind: "constant", value });
});

test("bounds are kept in the type's unit", () => {
  expect(column("a: { type: decimal, scale: 3, minimum: 1, maximum: '2.5' }", "a").type).toEqual({
    kind: "decimal",
    scale: 3,
    minimum: "1.000",
    maximum: "2.500",
  });
  expect(column("a: { type: bigint, maximum: '0012' }", "a").type).toEqual({ kind: "bigint", maximum: "12" });
});

test("now is a default of times, and a word elsewhere", () => {
  expect(column("at: { type: date, default: now }", "at").default).toEqual({ kind: "now" });
  expect(column("at: { type: string, default: now }", "at").default).toEqual({ kind: "constant", value: "now" });
});

test.each([
  ["id: uuid", "uuid"],
  ["id: bigint", "count"],
  ["id: { type: integer, generate: none }", undefined],
  ["id: string", undefined],
  ["id: { type: string, generate: nanoid }", "nanoid"],
])("a key makes its values where it can: %s", (written, kind) => {
  const app = appOf(`tables: { tasks: { columns: { ${written} } } }`);
  const [key] = tableOf(app, "tasks").primaryKey;
  expect(key).toMatchObject({ name: "id", unique: true });
  expect(key!.default?.kind).toBe(kind);
});

test("a key that refers to another table takes its values from there", () => {
  const app = appOf(`
tables:
  users: { columns: { id: uuid } }
  profiles: { columns: { userId: uuid }, primaryKey: userId, relations: { user: { one: users, columns: [userId] } } }
  settings: { columns: {}, primaryKey: userId, relations: { user: { one: users } } }
`);
  expect(tableOf(app, "profiles").primaryKey[0]!.default).toBeUndefined();
  expect(tableOf(app, "settings").primaryKey[0]).toMatchObject({ name: "userId", madeBy: "user" });
});

test("what hangs on a type that failed is not told again", () => {
  const text = `types: { Slug: sting }
tables:
  tasks: { columns: { id: integer, slug: Slug }, indexes: [[slug]], checks: { short: slug <> '' } }
  notes: { columns: { id: integer, slug: tasks.slug } }
queries:
  tasks/get: { args: { slug: Slug }, list: tasks, where: { slug: $args.slug }, orderBy: [slug], select: [slug] }
mutations:
  tasks/create: { insert: tasks, input: [slug] }`;
  expect(saidOf(text)).toEqual(["type/unknown 1:16"]);
});
