import { stripTypeScriptTypes } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Code, raw, ts } from "../../compiler/emit/ts/code.ts";
import { chain, documented, lines, union } from "../../compiler/emit/ts/lines.ts";
import { array, call, member, object, property, typeBody } from "../../compiler/emit/ts/list.ts";
import { literal } from "../../compiler/emit/ts/literal.ts";
import { exportConst, Module } from "../../compiler/emit/ts/module.ts";
import { reflow } from "../../compiler/emit/ts/reflow.ts";
import { commentText, propertyKey, stringLiteral, templateText } from "../../compiler/emit/ts/string.ts";

/** What a file of one statement prints below its header. */
function printed(code: Code): string {
  const module = new Module("file.ts", []);
  module.add(code);
  return module.file("A file.").contents.split("\n").slice(2).join("\n");
}

const evaluate = (code: string): unknown =>
  new Function(`"use strict"; ${stripTypeScriptTypes(`const value = (${code});`)} return value;`)();

describe("literals", () => {
  test("any string is read back as it was", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => evaluate(stringLiteral(text)) === text));
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what must not become a template
    for (const text of ["it's", 'say "hi"', "`${x}`", "\\", "\u2028\u2029", "</script>", "\ud800", "\0", "a\u202eb"]) {
      expect(evaluate(stringLiteral(text))).toBe(text);
    }
  });

  test("quotes are those that need fewer escapes", () => {
    expect(stringLiteral('SELECT "id"')).toBe(`'SELECT "id"'`);
    expect(stringLiteral("it's")).toBe(`"it's"`);
    expect(stringLiteral("plain")).toBe(`"plain"`);
  });

  test("what does not show is escaped", () => {
    expect(stringLiteral("a\u202eb\u200b\n")).toBe('"a\\u202eb\\u200b\\n"');
  });

  test("any text is a template's text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => evaluate(`\`${templateText(text)}\``) === text));
  });

  test("any data is read back, also under __proto__", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(evaluate(printed(literal(value as never)))).toEqual(value);
      }),
    );
    const value = JSON.parse('{"__proto__":{"polluted":true},"a b":1}') as never;
    const back = evaluate(printed(literal(value))) as object;
    expect(Object.keys(back)).toEqual(["__proto__", "a b"]);
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
  });

  test("keys are quoted where they have to be", () => {
    expect(["id", "$x", "a-b", "class", "1a", "__proto__", "ünï"].map(propertyKey)).toEqual([
      "id",
      "$x",
      '"a-b"',
      "class",
      '"1a"',
      '["__proto__"]',
      '"ünï"',
    ]);
  });

  test("interpolated strings are quoted, code is not", () => {
    expect(ts`f(${'"); evil("'}, ${raw("x")}, ${1}, ${null})`.flat()).toBe(`f('"); evil("', x, 1, null)`);
  });
});

describe("layout", () => {
  const long = (count: number) => Array.from({ length: count }, (_, index) => ts`${`item number ${index}`}`);

  test("a list that fits stays on its line, another has one item a line", () => {
    expect(printed(array(long(2)))).toBe('["item number 0", "item number 1"]\n');
    expect(printed(array(long(9)))).toMatch(/^\[\n {2}"item number 0",\n(.*\n)+ {2}"item number 8",\n\]\n$/);
  });

  test("the last argument's brackets stay open on the line of the call", () => {
    const code = call(raw("f"), [ts`${"name"}`, object([member("a", literal(1))], { expand: true })]);
    expect(printed(code)).toBe('f("name", {\n  a: 1,\n})\n');
  });

  test("no line exceeds the width for what follows on it", () => {
    const value = chain(call(raw("f"), [array(long(6))]), [raw(".after()")]);
    expect(
      Math.max(
        ...printed(ts`export const x = ${value};`)
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(120);
  });

  test("types end in semicolons only where they are broken", () => {
    expect(printed(typeBody([property("a", raw("string")), property("b", raw("number"), { optional: true })]))).toBe(
      "{ a: string; b?: number }\n",
    );
    expect(printed(typeBody([property("a", raw("string"))], { expand: true }))).toBe("{\n  a: string;\n}\n");
  });

  test("long unions have a member a line", () => {
    const members = long(9);
    expect(printed(ts`export type X = ${union(members)};`)).toMatch(/^export type X =\n {2}\| "item number 0"\n/);
  });
});

describe("comments", () => {
  test("nothing ends a comment early, and nothing in it hides", () => {
    const text = documented("a */ b\u2028c\u202e\r\n\n d", raw("x"));
    expect(printed(text)).toBe("/**\n * a *\\/ b\n * c\n *\n * d\n */\nx\n");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (any) => !commentText(any).includes("*/")));
  });

  test("no description, no comment", () => {
    expect(printed(documented(undefined, raw("x")))).toBe("x\n");
    expect(printed(documented(" ", raw("x")))).toBe("x\n");
  });
});

describe("modules", () => {
  test("imports are those that were asked for, sorted, types as types", () => {
    const module = new Module("file.ts", []);
    module.add(
      lines([
        module.value("b", "./b.js"),
        module.type("A", "./a.js"),
        module.value("c", "./b.js"),
        module.namespace("z", "zod"),
      ]),
    );
    expect(module.file("A file.").contents).toBe(
      [
        "// A file. Generated by appflare: changes here are overwritten.",
        "",
        'import * as z from "zod";',
        'import type { A } from "./a.js";',
        'import { b, c } from "./b.js";',
        "",
        "b\nA\nc\nz",
        "",
      ].join("\n"),
    );
  });

  test("an import of a name that the file declares gets another", () => {
    const module = new Module("file.ts", ["text", "text2"]);
    module.add(exportConst("text", call(module.value("text", "drizzle"), [])));
    expect(module.file("A file.").contents).toContain(
      'import { text as text3 } from "drizzle";\n\nexport const text = text3();',
    );
  });

  test("a path is a string, whatever is in it", () => {
    const module = new Module("file.ts", []);
    module.add(module.value("a", '../it\'s "odd".js'));
    expect(module.file("A file.").contents).toContain(`from '../it\\'s "odd".js';`);
  });

  test("one name for two declarations is a bug", () => {
    expect(() => new Module("file.ts", ["a", "a"])).toThrow("declares a twice");
  });
});

describe("code that others printed", () => {
  test("is laid out again", () => {
    const source = `z.object({ "a": z.string().min(1), "__proto__": z.array(z.enum(["(", "],"])) }).strict()`;
    expect(printed(reflow(source))).toBe(
      `z.object({ a: z.string().min(1), ["__proto__"]: z.array(z.enum(["(", "],"])) }).strict()\n`,
    );
  });

  test("is refused when its brackets do not match", () => {
    expect(() => reflow("f(")).toThrow("Unbalanced");
    expect(() => reflow("f)")).toThrow("Unbalanced");
  });
});
