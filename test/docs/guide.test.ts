import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { generate, workFolder, writeProject, writeTsconfig } from "../emit/compileSpec.ts";
import { guide, readPage } from "./guide.ts";

const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
const client = `import { createClient } from "./generated/client.js";\nconst client = createClient({ baseUrl: "" });\n`;

/** Reads the files of a page's manifest. */
function reader(files: ReadonlyMap<string, string>) {
  return (path: string) => {
    const text = path.startsWith("handlers/") ? "" : files.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
}

test.each([...guide, "README.md"])("the examples of %s are one manifest without a mistake", (path) => {
  const read = reader(readPage(path).files);
  expect(formatDiagnostics(check("appflare.yaml", read).diagnostics)).toBe("");
});

test.each(guide)("the programs of %s fit the generated client", { timeout: 60_000 }, (page) => {
  const { files, programs } = readPage(page);
  const { path, remove } = workFolder(basename(page));
  writeProject(path, generate("appflare.yaml", reader(files)));
  writeTsconfig(path);
  for (const { line, text } of programs) writeFileSync(join(path, `line${line}.ts`), client + text);
  expect(programs).not.toHaveLength(0);
  expect(spawnSync(tsc, ["-p", path, "--pretty", "false"], { encoding: "utf8" }).stdout).toBe("");
  remove();
});
