import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Prints tables by their names; with `--write` also between the marks `<!-- bench:name -->` and `<!-- /bench:name -->` of the README. */
export function show(tables: { readonly [name: string]: string }): void {
  for (const text of Object.values(tables)) console.log(`${text}\n`);
  if (!process.argv.includes("--write")) return;
  const path = join(import.meta.dirname, "../../README.md");
  let readme = readFileSync(path, "utf8");
  for (const [name, text] of Object.entries(tables)) {
    const marks = new RegExp(`(<!-- bench:${name} -->\\n)[\\s\\S]*?(<!-- /bench:${name} -->)`);
    readme = readme.replace(marks, (_all, head: string, tail: string) => `${head}\n${text}\n\n${tail}`);
  }
  writeFileSync(path, readme);
}
