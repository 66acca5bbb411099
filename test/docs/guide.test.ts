import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { formatDiagnostics } from "../../compiler/diagnostics/format.ts";
import { generate, workFolder, writeProject, writeTsconfig } from "../emit/compileSpec.ts";
import { guide, readPage } from "./guide.ts";

const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
const client = `import { createClient } from "./generated/client.js";\nconst client = createClient({ baseUrl: "" });\n`;

describe.each(guide)("%s", (name) => {
  const { files, programs } = readPage(name);
  const read = (path: string) => {
    const text = files.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };

  test("the examples are one manifest without a mistake", () => {
    expect(formatDiagnostics(check("appflare.yaml", read).diagnostics)).toBe("");
  });

  test("the programs fit the generated client", { timeout: 60_000 }, () => {
    const { path, remove } = workFolder(`guide-${name}`);
    writeProject(path, generate("appflare.yaml", read));
    writeTsconfig(path);
    for (const { line, text } of programs) writeFileSync(join(path, `line${line}.ts`), client + text);
    expect(programs).not.toHaveLength(0);
    expect(spawnSync(tsc, ["-p", path, "--pretty", "false"], { encoding: "utf8" }).stdout).toBe("");
    remove();
  });
});
