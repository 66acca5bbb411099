import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { applyFixes } from "../../compiler/diagnostics/applyFixes.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { manifest, mistakes } from "./mistakes.ts";
import * as rules from "./rules.ts";
import * as signIn from "./signIn.ts";
import * as writing from "./writing.ts";

/*
 * What is said of the mistakes that people make, and what `compile --fix` makes of them: `expected.txt`, `writing.txt` and `signIn.txt`, to be
 * read aloud. `UPDATE=1` writes them anew.
 */

const checked = (text: string) => check("appflare.yaml", () => Buffer.from(text)).diagnostics;

function written([right, wrong]: readonly [string, string]): string {
  if (right === "") return `${manifest}${wrong}\n`;
  expect(manifest.split(`${right}\n`)).toHaveLength(2);
  return manifest.replace(`${right}\n`, () => `${wrong}\n`);
}

/** The text when no fix is left. */
function mended(text: string): string {
  for (let round = 0; round < 10; round++) {
    const [changed] = applyFixes(checked(text)).texts.values();
    if (changed === undefined) break;
    text = changed;
  }
  return text;
}

function said(name: string, text: string): string {
  const better = mended(text);
  const left = checked(better).filter(({ severity }) => severity === "error").length;
  const fixed = better === text ? "" : left === 0 ? "--fix: it compiles\n" : `--fix: ${left} left\n`;
  return `=== ${name}\n\n${formatDiagnostics(checked(text))}${fixed}`;
}

const texts = Object.entries(mistakes).map(([name, mistake]) => [name, written(mistake)] as const);
const writingTexts = Object.entries(writing.mistakes).map(
  ([name, mutation]) => [name, `${writing.manifest}mutations:\n  orders/write: { ${mutation} }\n`] as const,
);

const signInTexts = Object.entries(signIn.mistakes).map(
  ([name, query]) => [name, `${signIn.manifest}  notes/wrong: { ${query} }\n`] as const,
);

const rulesTexts = Object.entries(rules.mistakes).map(([name, written]) => [name, rules.manifest(written)] as const);

test("the manifests are in order without them", () => {
  expect(checked(manifest)).toEqual([]);
  expect(checked(writing.manifest)).toEqual([]);
  expect(checked(signIn.manifest)).toEqual([]);
  expect(checked(rules.manifest(rules.right))).toEqual([]);
  expect(texts.length).toBeGreaterThan(100);
});

describe.each([
  ["expected.txt", texts],
  ["writing.txt", writingTexts],
  ["signIn.txt", signInTexts],
  ["rules.txt", rulesTexts],
])("mistakes that people make: %s", (name, texts) => {
  const file = join(import.meta.dirname, name);
  if (process.env.UPDATE) writeFileSync(file, texts.map(([name, text]) => said(name, text)).join("\n"));
  const sections = readFileSync(file, "utf8")
    .split(/^(?==== )/m)
    .map((section) => section.trim());

  test.each(texts)("%s", (name, text) => {
    expect(sections).toContain(said(name, text).trim());
  });

  test("none is told by a word of ours, and none goes unsaid", () => {
    for (const [name, text] of texts) {
      const found = checked(text);
      expect(found, name).not.toEqual([]);
      for (const { message } of found) expect(message, name).not.toMatch(/undefined|\[object|NaN|Error:/);
    }
  });

  test("a fix never leads to a text that is no YAML", () => {
    for (const [name, text] of texts) {
      const better = mended(text);
      if (better !== text) expect(checked(better).filter(isOfYaml), name).toEqual([]);
    }
  });
});

const isOfYaml = ({ code }: { readonly code: string }) => code.startsWith("yaml/");
