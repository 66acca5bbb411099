import fc from "fast-check";
import { expect, test } from "vitest";
import { printJson } from "../../compiler/emit/json.ts";
import { Members } from "../../compiler/emit/layout.ts";

test("any object is read back from its JSON", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (value) => {
      expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("what fits on one line stands on one, and nothing else does", () => {
  const words = (count: number): string[] => Array.from({ length: count }, (_, index) => `word ${index}`);
  expect(printJson({ short: { list: words(3), none: {} }, long: words(20), left: undefined })).toBe(
    [
      "{",
      '  "short": { "list": ["word 0", "word 1", "word 2"], "none": {} },',
      '  "long": [',
      ...words(20).map((word, index) => `    "${word}"${index < 19 ? "," : ""}`),
      "  ]",
      "}\n",
    ].join("\n"),
  );
});

test("members are made when it is their turn", () => {
  const made: string[] = [];
  function* members(of: string): Generator<[string, object]> {
    for (const name of ["a", "b"]) {
      made.push(of + name);
      yield [name, {}];
    }
  }
  const text = printJson({
    first: new Members(members("first ")),
    none: new Members([]),
    last: new Members(members("last ")),
  });
  expect(JSON.parse(text)).toEqual({ first: { a: {}, b: {} }, none: {}, last: { a: {}, b: {} } });
  expect(made).toEqual(["first a", "first b", "last a", "last b"]);
});
