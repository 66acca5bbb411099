import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { values } from "../../compiler/manifest/builders.ts";
import { parse } from "../../compiler/manifest/parse.ts";
import type { PathKey } from "../../compiler/manifest/place.ts";
import { readPlain } from "../../compiler/manifest/plain.ts";
import { parseYaml } from "../../compiler/manifest/yaml.ts";
import { SourceFile } from "../../compiler/source/sourceFile.ts";
import { inShort } from "./source.ts";

/*
 * The quick reader may give up on any text. Where it does not, values and places are those of the `yaml` package, and the package
 * finds nothing wrong.
 */

const root = join(import.meta.dirname, "../..");
const files = globSync(["specs/*/*.yaml", "test/diagnostics/**/*.yaml"], { cwd: root }).sort();
const texts = files.map((file) => readFileSync(join(root, file), "utf8"));

test.each(files)("%s is read alike", (file) => {
  expectAgreement(readFileSync(join(root, file), "utf8"));
});

test.each(globSync("specs/*/appflare.yaml", { cwd: root }))("%s is read quickly", (file) => {
  expect(readPlain(readFileSync(join(root, file), "utf8"), values)).toBeDefined();
});

/** What has a meaning in YAML, or nearly. */
const pieces = [
  ..." \n:-#,[]{}'\"&*!|>%@`?~\\\t\r",
  ...[
    "  ",
    "\n  ",
    "\n    ",
    ": ",
    ":\n",
    "- ",
    "\n- ",
    " #",
    "\n#",
    "''",
    "{}",
    "[]",
    "---",
    "\n---\n",
    "...",
    "? ",
    "<<",
    "*a",
    "&a ",
  ],
  ...[
    "a",
    "b: ",
    "c:\n",
    "key: value\n",
    "null",
    "true",
    "No",
    "Null",
    "__proto__",
    "1",
    "0",
    "-1",
    "1.5",
    "01",
    "+1",
    "1e3",
    ".5",
    "5.",
  ],
  ...[
    "0x1F",
    "0o7",
    "1_000",
    ".inf",
    "-.inf",
    ".nan",
    "2026-10-01",
    "12:30",
    "9007199254740993",
    "http://x",
    "é",
    "\u00a0",
    "\u2028",
    "\ufeff",
  ],
  ...["\\u0000", "\\ud800", "\\x41", "\\/", "\\n"],
];

const runs = Number(process.env.RUNS ?? 2000);

/** What is usual, in all its forms. */
const usual = [
  "a: 1",
  "a:\n  b: text with words, and a comma # comment\n  c: [x, 'it''s', \"a\\n\"]\n",
  "list:\n- a\n-   b: 1\n    c: 2\n- - d\n- [e,\n   f]\n",
  "# comment\n\na: { b: { c: [1, 2.5, -3] }, 'd': \"e\" } # comment\n\n# the end",
  '{ "a": { "b": [1, true, null] },\n  "c": "d" }',
  "- a\n- { b: [c] } # comment\n-   - d\n# the end",
  "$args.a: $user.id\n$and: -createdAt\na/b:\nc:   # nothing\n  \n  d:\n    text\n",
];

test.each(usual)("%j is read quickly", (text) => {
  expect(readPlain(text, values)).toBeDefined();
  expectAgreement(text);
});

test("a text behind a comment is left to the other reader, which refuses some", () => {
  for (const comment of ["#t", "    # t"]) expectAgreement(`name:\n${comment}\n    board\nlist: [a]\n`);
  expect(readPlain("name:\n#t\n    board\n", values)).toBeUndefined();
});

test("texts of any pieces are read alike", () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(""));
  fc.assert(fc.property(text, expectAgreement), { numRuns: runs });
});

test("what is changed anywhere is read alike", () => {
  const from = fc.constantFrom(...usual, ...texts.filter(({ length }) => length < 3000));
  const change = fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), put: fc.constantFrom("", ...pieces) });
  const edited = fc
    .tuple(from, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([text, all]) => all.reduce(edit, text));
  fc.assert(fc.property(edited, expectAgreement), { numRuns: runs });
});

function expectAgreement(text: string): void {
  const value = readPlain(text, values);
  if (value === undefined) return;
  const source = new SourceFile("appflare.yaml", text);
  const exact = parseYaml(source);
  if (Array.isArray(value)) {
    expect(parse(source).diagnostics.map(inShort)).toEqual(exact.diagnostics.map(inShort));
    return;
  }
  expect(exact.diagnostics).toEqual([]);
  expect(JSON.stringify(value)).toBe(JSON.stringify(exact.document!.value));
  const { document } = parse(source);
  for (const path of pathsOf(value)) {
    for (const target of ["key", "value"] as const) {
      const [found, expected] = [document!.locate(path, target), exact.document!.locate(path, target)];
      expect([path, target, found.start, found.end]).toEqual([path, target, expected.start, expected.end]);
    }
  }
}

function pathsOf(value: unknown, path: readonly PathKey[] = []): (readonly PathKey[])[] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...entries.flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function edit(text: string, { at, cut, put }: { at: number; cut: number; put: string }): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + put + text.slice(start + cut);
}
