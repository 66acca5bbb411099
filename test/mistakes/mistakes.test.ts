import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { applyFixes } from "../../compiler/diagnostics/applyFixes.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { manifest, mistakes } from "./mistakes.ts";

/*
 * What is said of the mistakes that people make, and what `compile --fix` makes of them: `expected.txt`, to be read aloud. `UPDATE=1`
 * writes it anew.
 */

const file = join(import.meta.dirname, "expected.txt");
const expected = readFileSync(file, "utf8");

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

function said(name: string): string {
  const text = written(mistakes[name]!);
  const better = mended(text);
  const left = checked(better).filter(({ severity }) => severity === "error").length;
  const fixed = better === text ? "" : left === 0 ? "--fix: it compiles\n" : `--fix: ${left} left\n`;
  return `=== ${name}\n\n${formatDiagnostics(checked(text))}${fixed}`;
}

describe("mistakes that people make", () => {
  test("the manifest is in order without them", () => {
    expect(checked(manifest)).toEqual([]);
    expect(Object.keys(mistakes).length).toBeGreaterThan(100);
  });

  const all = Object.keys(mistakes).map(said).join("\n");
  if (process.env.UPDATE) writeFileSync(file, all);
  test.each(Object.keys(mistakes))("%s", (name) => {
    expect(expected.split(/^(?==== )/m).map((section) => section.trim())).toContain(said(name).trim());
  });

  test("none is told by a word of ours, and none goes unsaid", () => {
    for (const name of Object.keys(mistakes)) {
      const found = checked(written(mistakes[name]!));
      expect(found, name).not.toEqual([]);
      for (const { message } of found) expect(message, name).not.toMatch(/undefined|\[object|NaN|Error:/);
    }
  });

  test("a fix never leads to a text that is no YAML", () => {
    for (const name of Object.keys(mistakes)) {
      const text = written(mistakes[name]!);
      if (mended(text) === text) continue;
      expect(
        checked(mended(text)).filter(({ code }) => code.startsWith("yaml/")),
        name,
      ).toEqual([]);
    }
  });
});
