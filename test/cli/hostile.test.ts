import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { appflare, temporaryFolder } from "./terminal.ts";

/* What a manifest may be instead of one: a plain line or a located error, soon, and nothing else. `manifest/hostile.test.ts` has its texts. */

const at = (folder: string): string => join(folder, "appflare.yaml");
const write = (text: string | Uint8Array) => (folder: string) => writeFileSync(at(folder), text);
const include = "appflare: 1\nname: a\ninclude: [./more.yaml]\n";
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

describe("what cannot be read is one line, and exit code 2", () => {
  test.each<readonly [string, (folder: string) => void, string]>([
    ["a folder", (folder) => mkdirSync(at(folder)), "appflare.yaml is a folder, not a manifest."],
    ["a link to itself", (folder) => symlinkSync("appflare.yaml", at(folder)), "appflare.yaml cannot be read (ELOOP)."],
    ["a link to nothing", (folder) => symlinkSync("nowhere", at(folder)), "appflare.yaml is not there."],
    ["memory", (folder) => symlinkSync("/proc/self/mem", at(folder)), "appflare.yaml cannot be read (EIO)."],
  ])("%s", async (_, make, said) => {
    const folder = temporaryFolder();
    make(folder);
    for (const command of ["compile", "schema"]) {
      const { code, out, err } = await appflare(folder, command);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^appflare: [^\n]+\n$/);
      expect(err).toContain(said);
    }
    expect((await appflare(folder, "compile", "--fix")).code).toBe(2);
  });
});

describe("what is no manifest is a located error, and exit code 1, within a second", () => {
  test.each<readonly [string, (folder: string) => void, RegExp]>([
    ["a NUL", write("appflare: 1\nname: a\0b\n"), /^appflare\.yaml:2:7 - error yaml\/character: /],
    ["an empty device", (folder) => symlinkSync("/dev/null", at(folder)), /^appflare\.yaml:1:1 - error yaml\/empty: /],
    [
      "a name of nearly 4 MB",
      write(`appflare: 1\nname: ${"x".repeat(3_900_000)}\n`),
      /^appflare\.yaml:2:7 - error shape\/text: "x{59}…" is not a name/,
    ],
    [
      "a key of 1000 letters",
      write(`appflare: 1\nname: a\n${"x".repeat(1000)}: 1\n`),
      /^appflare\.yaml:3:1 - error shape\/unknown-key: /,
    ],
    [
      "keys of a prototype",
      write("appflare: 1\nname: a\n__proto__: {}\nconstructor: 1\n"),
      /"__proto__"[\s\S]*"constructor"[\s\S]*2 errors/,
    ],
    [
      "20,000 unknown keys",
      write(`appflare: 1\nname: a\n${lines(20_000, (n) => `key${n}: 1`)}\n`),
      /\n… and 900 more\n\n1000 errors\n$/,
    ],
    [
      "an include that is a folder",
      (folder) => {
        mkdirSync(join(folder, "more.yaml"));
        write(include)(folder);
      },
      /^appflare\.yaml:3:11 - error include\/missing: /,
    ],
    [
      "an include that links to itself",
      (folder) => {
        symlinkSync("more.yaml", join(folder, "more.yaml"));
        write(include)(folder);
      },
      /^appflare\.yaml:3:11 - error include\/missing: /,
    ],
  ])("%s", async (_, make, said) => {
    const folder = temporaryFolder();
    make(folder);
    let least = Infinity;
    for (let attempt = 0; attempt < 3 && least >= 1000; attempt++) {
      const start = performance.now();
      const { code, out, err } = await appflare(folder, "compile");
      least = Math.min(least, performance.now() - start);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(said);
      expect(err.length).toBeLessThan(100_000);
    }
    expect(least).toBeLessThan(1000);
  });
});
