import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../compiler/compile.ts";
import { catalogue } from "../compiler/diagnostics/catalogue.ts";
import { formatDiagnostics } from "../compiler/diagnostics/format.ts";

/*
 * A case is a folder `diagnostics/<code>/` (or one below it, where a code has several) with a manifest and `expected.txt`, what the
 * compiler says of it. `UPDATE=1` writes the expected files anew: read the difference before committing it.
 */

const root = join(import.meta.dirname, "diagnostics");
const cases = globSync("**/expected.txt", { cwd: root }).map(dirname).sort();
const codeOf = (folder: string) => folder.split("/").slice(0, 2).join("/");

/** Codes whose cases cannot be a folder, and where they are proved. */
const provedElsewhere: { readonly [code: string]: string } = {
  "file/too-large": "manifest/hostile.test.ts",
  "output/foreign-file": "write/write.test.ts",
  // speak of migrations and rows, which lie beside a manifest
  "migration/behind": "cli/compile.test.ts",
  "migration/no-snapshot": "cli/compile.test.ts",
  "migration/loss": "cli/migrate.test.ts",
  "migration/unfit": "cli/migrate.test.ts",
  "migration/lack": "cli/migrate.test.ts",
  "migration/wrong": "cli/migrate.test.ts",
  "seed/rows": "cli/dev.test.ts",
  "seed/no-key": "cli/dev.test.ts",
  "seed/no-value": "cli/dev.test.ts",
  // speak of files of tests, which lie beside a manifest
  "test/unknown-operation": "cli/test.test.ts",
  "test/unknown-user": "cli/test.test.ts",
  "test/nobody": "cli/test.test.ts",
  "test/no-auth": "cli/test.test.ts",
  "test/expectation": "cli/test.test.ts",
  // manifests too long to read
  "operation/too-many-values": "limits/limits.test.ts",
  "operation/too-long": "limits/limits.test.ts",
  "operation/too-deep": "limits/limits.test.ts",
  // calls of handlers only: a manifest with these has another shape
  "condition/undefined": "ir/call.test.ts",
  "operation/option": "ir/call.test.ts",
  "type/nul": "ir/call.test.ts",
};

describe("diagnostics", () => {
  test.each(cases)("%s", (folder) => {
    const said = say(join(root, folder));
    const expected = join(root, folder, "expected.txt");
    if (process.env.UPDATE) writeFileSync(expected, said);
    expect(said).toBe(readFileSync(expected, "utf8"));
    expect(said, "the case shows its own code").toContain(` ${codeOf(folder)}: `);
  });

  test("every code has a case", () => {
    const shown = new Set([...cases.map(codeOf), ...Object.keys(provedElsewhere)]);
    expect(Object.keys(catalogue).filter((code) => !shown.has(code))).toEqual([]);
  });
});

function say(folder: string): string {
  const read = (path: string) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  return formatDiagnostics(check("appflare.yaml", read).diagnostics);
}
