import fc from "fast-check";
import { expect, test } from "vitest";
import { document, saidOf } from "./source.ts";

test("plain data: text that YAML 1.1 would take for something else stays text", () => {
  const { value } = document("a: 2026-10-01\nb: yes\nc: on\nd: 12:30\ne: ~\nf: 0x10\ng: 1_000\nh: '1'\nyes: no");
  expect(value).toEqual({
    a: "2026-10-01",
    b: "yes",
    c: "on",
    d: "12:30",
    e: null,
    f: 16,
    g: "1_000",
    h: "1",
    yes: "no",
  });
});

test("a key is the text that is written", () => {
  expect(Object.keys(document("1.0: a\nnull: b\ntrue: c").value)).toEqual(["1.0", "null", "true"]);
});

test("`__proto__` and `constructor` are keys like others, and no prototype is there to be touched", () => {
  const { value } = document('__proto__: { admin: true }\nconstructor: 1\nlist: [{ "__proto__": 2 }]');
  expect(Object.keys(value)).toEqual(["__proto__", "constructor", "list"]);
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect("toString" in value).toBe(false);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test("JSON is read as JSON reads it", () => {
  const numbers = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n));
  const scalars = fc.oneof(fc.string({ unit: "binary" }), fc.string(), numbers, fc.boolean(), fc.constant(null));
  const { value: json } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalars,
      fc.array(tie("value")),
      fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { noNullPrototype: true }),
    ),
  }));
  const texts = fc.dictionary(fc.string({ minLength: 1 }), json, { noNullPrototype: true });
  fc.assert(
    fc.property(texts, fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      fc.pre(!text.includes("\\u0000") && Object.keys(value).length > 0);
      const read = document(text).value;
      expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: 100 },
  );
});

test("what an alias leads to is the same data", () => {
  const { value } = document("a: &x { b: [1] }\nc: *x\nd: [*x]");
  expect(value).toEqual({ a: { b: [1] }, c: { b: [1] }, d: [{ b: [1] }] });
});

test("a hundred aliases are expanded, one more is not", () => {
  const aliases = (count: number) => `a: &a 1\nb: [${Array.from({ length: count }, () => "*a").join(", ")}]`;
  expect(saidOf(aliases(100))).toEqual([]);
  expect(saidOf(aliases(101))).toEqual(["yaml/too-many-aliases 2:405"]);
});

test("sixty-four levels are read, one more is not", () => {
  const nested = (depth: number) => `a: ${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}`;
  expect(saidOf(nested(64))).toEqual([]);
  expect(saidOf(nested(65))).toEqual(["yaml/depth 1:67"]);
});

test("all refusals of a file are told at once", () => {
  expect(saidOf("a: !mine 1\nb: *none\n<<: 1\na: 2\n")).toEqual([
    "yaml/unknown-alias 2:4",
    "yaml/merge-key 3:1",
    "yaml/duplicate-key 4:1",
    "yaml/tag 1:4",
  ]);
});

test("standard tags, `%YAML 1.2` and one document between its marks are YAML like any other", () => {
  expect(document("%YAML 1.2\n---\na: !!str 5\n...\n").value).toEqual({ a: "5" });
});
