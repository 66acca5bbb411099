import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { generate, workFolder, writeProject, writeTsconfig } from "./compileSpec.ts";

const bin = join(import.meta.dirname, "../../node_modules/.bin");

/** The house's own style, which is what most projects use. */
const formatter = { formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 120 } };

function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(join(bin, command), args, { encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

describe.each(["minimal", "taskboard", "library", "places", "hostile-names", "kitchen-sink", "workspace"])(
  "what %s becomes",
  (spec) => {
    const files = generate(`specs/${spec}/appflare.yaml`);

    test("is TypeScript, as strict as it gets", { timeout: 60_000 }, () => {
      const { path, remove } = workFolder(spec);
      writeProject(path, files, spec);
      writeTsconfig(path);
      expect(run("tsc", "-p", path, "--pretty", "false")).toBe("");
      remove();
    });

    test("is formatted as a formatter would", () => {
      // outside the checkout, whose own configuration leaves generated files alone
      const path = mkdtempSync(join(tmpdir(), "appflare-format-"));
      const printed = files.filter((file) => !file.path.startsWith("migrations/"));
      writeProject(path, printed);
      writeFileSync(join(path, "biome.json"), JSON.stringify(formatter));
      expect(run("biome", "format", join(path, "generated"), `--config-path=${path}`)).toBe("");
      rmSync(path, { recursive: true });
    });

    test("is the same every time", () => {
      expect(generate(`specs/${spec}/appflare.yaml`)).toEqual(files);
    });

    test("ends in one line break and holds no odd whitespace", () => {
      for (const { path, contents } of files) {
        expect(contents, path).toMatch(/[^\n]\n$/);
        expect(contents, path).not.toMatch(/[ \t]+\n|\r|\n{3}/);
        if (!path.startsWith("migrations/")) expect(contents, path).not.toMatch(/[\p{Cf}\u2028\u2029]/u);
      }
    });

    test("names nothing of the place where it was made", () => {
      for (const { path, contents } of files)
        expect(contents, path).not.toContain(import.meta.dirname.split("/test/")[0]);
    });
  },
);
