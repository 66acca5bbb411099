import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../compiler/cli/commands.ts";
import type { Io } from "../../compiler/cli/io.ts";
import { run } from "../../compiler/cli/run.ts";
import { appflare, temporaryFolder } from "./terminal.ts";

test("help tells every command, with an example that names it", async () => {
  const { code, out } = await appflare("/", "--help");
  expect(code).toBe(0);
  for (const name of Object.keys(commands)) {
    expect(out).toContain(`  ${name}`);
    const help = await appflare("/", name, "--help");
    expect(help).toMatchObject({ code: 0, err: "" });
    expect(help.out).toContain(`Example: appflare ${name}`);
  }
});

test("the version is the package's", async () => {
  expect(await appflare("/", "--version")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
  });
});

test.each([
  [[], "appflare: what shall it do? See appflare --help.\n"],
  [["complie"], 'appflare: there is no command "complie". Did you mean "compile"?\n'],
  [["__proto__"], 'appflare: there is no command "__proto__". See appflare --help.\n'],
  [["compile", "--chek"], 'appflare: "compile" has no option --chek. Did you mean "--check"?\n'],
  [["compile", "--constructor"], 'appflare: "compile" has no option --constructor. See appflare compile --help.\n'],
  [["compile", "--check=yes"], "appflare: --check takes no value.\n"],
  [["compile", "--out"], "appflare: --out needs a value: --out DIR.\n"],
  [["compile", "--format", "jsno"], 'appflare: --format is pretty or json, not "jsno". Did you mean "json"?\n'],
  [["compile", "a.yaml", "b.yaml"], 'appflare: "compile" has no use for "b.yaml". See appflare compile --help.\n'],
  [["client"], 'appflare: "client" needs a language: appflare client typescript --out ../web/src/api\n'],
  [["client", "typscript"], 'appflare: no client for "typscript". Did you mean "typescript"?\n'],
  [["dev", "--port", "80a"], 'appflare: --port is a number from 1 to 65535, not "80a".\n'],
])("wrong usage is one line and exit code 2: %j", async (words, line) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "appflare.yaml"), "");
  expect(await appflare(folder, ...words)).toEqual({ code: 2, out: "", err: line });
});

test("a manifest that cannot be read is one line and exit code 2", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "folder.yaml"));
  const missing = "appflare: appflare.yaml is not there. `appflare init` makes one.\n";
  for (const command of ["compile", "ir", "dev", "deploy"]) {
    expect(await appflare(folder, command)).toEqual({ code: 2, out: "", err: missing });
  }
  const err = "appflare: folder.yaml is a folder, not a manifest.\n";
  expect(await appflare(folder, "compile", "folder.yaml")).toEqual({ code: 2, out: "", err });
});

test("what nobody expected is one line and exit code 2, with a stack only on demand", async () => {
  const io = (env: Io["env"], err: string[]): Io => ({
    cwd: "/",
    env,
    isTTY: false,
    out: () => {
      throw new Error("out of order\nand more");
    },
    err: (text) => void err.push(text),
    interrupted: () => new AbortController().signal,
  });
  const [plain, debugging]: [string[], string[]] = [[], []];
  expect(await run(["--help"], io({}, plain))).toBe(2);
  expect(plain).toEqual(["appflare: internal error: out of order (please report it; APPFLARE_DEBUG=1 shows where)\n"]);
  expect(await run(["--help"], io({ APPFLARE_DEBUG: "1" }, debugging))).toBe(2);
  expect(debugging.join("")).toContain("usage.test.ts");
});

test("who only reads a manifest is told its errors, and whoever compiles it its warnings, too", async () => {
  const table = "{ columns: { id: integer }, conditions: { isFirst: { id: 1 } } }";
  const folder = temporaryFolder();
  writeFileSync(join(folder, "appflare.yaml"), `appflare: 1\nname: notes\ntables: { notes: ${table} }\n`);
  expect((await appflare(folder, "compile")).err).toContain("warning condition/unused: ");
  for (const command of ["explain", "ir", "schema", "docs"])
    expect(await appflare(folder, command), command).toMatchObject({ code: 0, err: "" });
  expect(await appflare(folder, "client", "typescript")).toMatchObject({ code: 0, err: "" });

  writeFileSync(
    join(folder, "appflare.yaml"),
    `appflare: 1\nname: notes\ntables: { notes: ${table.replace("id: 1", "ID: 1")} }\n`,
  );
  for (const command of ["explain", "ir", "schema", "docs"])
    expect((await appflare(folder, command)).err, command).toContain("error reference/unknown-column: ");
});
