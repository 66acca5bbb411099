import { describe, expect, test } from "vitest";
import { validate } from "../../compiler/manifest/validate.ts";
import { document, inShort } from "./source.ts";

const head = "appflare: 1\nname: a\n";
const said = (...texts: string[]) => validate(texts.map(document)).diagnostics.map(inShort);
const messages = (text: string) => validate([document(head + text)]).diagnostics.map(({ message }) => message);

test("a manifest of several files has their entries in order, each with its place", () => {
  const { manifest } = validate([
    document(`${head}tables: { b: { columns: { id: uuid } } }\ndescription: A board`),
    document("appflare: 1\ntables: { a: {} }\ncors: { origins: ['*'] }"),
  ]);
  expect(manifest?.name.value).toBe("a");
  expect(manifest?.description).toBe("A board");
  expect([...manifest!.tables.keys()]).toEqual(["b", "a"]);
  expect(manifest?.tables.get("b")?.place.path).toEqual(["tables", "b"]);
  expect(manifest?.cors?.value.origins).toEqual(["*"]);
  expect(manifest?.worker).toBeUndefined();
  expect(manifest?.enums.size).toBe(0);
});

test("an included file needs neither version nor name", () => {
  expect(said(`${head}include: [b.yaml]`, "enums: { Plan: [free] }")).toEqual([]);
});

test("shapes and names that are declared twice are told in one go", () => {
  expect(said(`${head}enums: { Plan: [free] }`, "enums: { Plan: [pro], Tier: 5 }")).toEqual([
    "manifest/declared-twice 1:10",
    "shape/type 1:29",
  ]);
});

test("a key that an alias brings twice to one place is told once", () => {
  expect(said(`${head}tables:\n  a: &a { colums: {} }\n  b: *a`)).toEqual(["shape/unknown-key 4:11"]);
});

describe("one mistake, one message", () => {
  test.each([
    ["a misspelt verb", "queries: { a: { lst: tasks, limit: 5 } }"],
    ["two verbs, and keys of either", "queries: { a: { get: tasks, list: tasks, limit: 5 } }"],
    ["a verb of the other section, and its keys", "queries: { a: { update: tasks, set: {}, expect: one } }"],
    ["a verb of a later version, and its keys", "mutations: { a: { steps: {}, returns: { a: [id] } } }"],
    ["an operation that is no map", "queries: { a: [tasks] }"],
    ["a relation that is no map", "tables: { a: { relations: { b: users } } }"],
    ["a misspelt key that must be there", "tables: { a: { columns: { b: { typ: string } } } }"],
    ["a type that is neither text nor a map", "tables: { a: { columns: { b: [string] } } }"],
    ["a wrong word for an expectation", "mutations: { a: { delete: tasks, expect: ones } }"],
    ["a wrong condition", "queries: { a: { list: tasks, where: 5 } }"],
    ["a wrong index", "tables: { a: { indexes: [{ columns: a, expr: b }] } }"],
    ["a section that is a list", "tables: [a]"],
  ])("%s", (name, text) => {
    expect(messages(text)).toHaveLength(name === "a wrong index" ? 2 : 1);
  });
});

test("keys of the language that are not built yet say so; what is no key at all does not", () => {
  expect(messages("storage: {}")).toEqual(['"storage" is not supported yet.']);
  expect(messages("tables: { a: { columns: { b: { type: string, rules: {} } } } }")[0]).toMatch(
    /^There is no key "rules"/,
  );
});

test("of very many mistakes the first thousand are told, at once", () => {
  const wrong = document(
    `${head}tables:\n${Array.from({ length: 100_000 }, (_, index) => `  t${index}: 1`).join("\n")}`,
  );
  const start = performance.now();
  expect(validate([wrong]).diagnostics).toHaveLength(1000);
  expect(performance.now() - start).toBeLessThan(3000);
});
