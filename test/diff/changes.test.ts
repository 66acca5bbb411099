import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../compiler/diff/catalogue.ts";
import { baseOf, told } from "./compare.ts";
import { type Edit, edits } from "./edits.ts";

/* Edits of base.yaml, or of a manifest called as the area, and what is told of each, there and back. `UPDATE=1` writes the texts anew: read the difference. */

const expectedOf = (area: string): string => join(import.meta.dirname, "expected", `${area}.txt`);

describe("changes", () => {
  test.each(Object.keys(edits))("%s", (area) => {
    const text = edits[area]!.map((each) => section(each, baseOf(area))).join("\n");
    if (process.env.UPDATE) writeFileSync(expectedOf(area), text);
    expect(text).toBe(readFileSync(expectedOf(area), "utf8"));
  });

  test("every kind has a case", () => {
    const texts = Object.keys(edits).map((area) => {
      return existsSync(expectedOf(area)) ? readFileSync(expectedOf(area), "utf8") : "";
    });
    const shown = texts.join("\n");
    expect(Object.entries(catalogue).filter(([code, { level }]) => !shown.includes(`${level} ${code}:`))).toEqual([]);
  });
});

function section({ from, to }: Edit, base: string): string {
  if (base.split(from).length !== 2) throw new Error(`Not once in the manifest: ${from}`);
  const edited = base.replace(from, () => to);
  return [
    marked("-", from) + marked("+", to),
    told(base, edited),
    `----- and back\n`,
    told(edited, base),
    `${"=".repeat(100)}\n`,
  ].join("\n");
}

function marked(sign: string, text: string): string {
  return text === ""
    ? ""
    : `${text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => `${sign} ${line}`)
        .join("\n")}\n`;
}
