import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appflare, temporaryFolder } from "./terminal.ts";

function project(text: string | Uint8Array, more: { readonly [path: string]: string } = {}): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "appflare.yaml"), text);
  for (const [path, contents] of Object.entries(more)) writeFileSync(join(folder, path), contents);
  return folder;
}

const manifestOf = (folder: string): string => readFileSync(join(folder, "appflare.yaml"), "utf8");

const faulty = `appflare: 1
name: notes # the name
defaults: { auth: public }

tables:
  # what people write down
  notes:
    columns:
      id:      uuid   # aligned by hand
      due_at: timestamp?
      text: strng
querys:
  notes/list:
    args: { search: string? }
    list: note
    where: { "text": { contains: '$args.search' } }
    orderBy: -dueAt
    scan: Nobody has many notes.
`;

const mended = `appflare: 1
name: notes # the name
defaults: { auth: public }

tables:
  # what people write down
  notes:
    columns:
      id:      uuid   # aligned by hand
      dueAt: timestamp?
      text: string
queries:
  notes/list:
    args: { search: string? }
    list: notes
    where: { "text": { contains: '$args.search?' } }
    orderBy: [-dueAt]
    scan: Nobody has many notes.
`;

test("--fix mends what has a fix, round after round, and leaves comments and layout as they are", async () => {
  const folder = project(faulty);
  const { code, out, err } = await appflare(folder, "compile", "--fix");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(manifestOf(folder)).toBe(mended);
  expect(out).toMatch(/^fixed appflare\.yaml:10:7 replace due_at with dueAt\n/);
  expect(out.match(/^fixed /gm)).toHaveLength(6);
  expect(out).toContain("  create schema.ts\n");
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("--fix does nothing to a manifest in order", async () => {
  const folder = project(mended);
  const { mtimeMs } = statSync(join(folder, "appflare.yaml"));
  const { code, out } = await appflare(folder, "compile", "--fix");
  expect(code).toBe(0);
  expect(out).not.toContain("fixed");
  expect(statSync(join(folder, "appflare.yaml")).mtimeMs).toBe(mtimeMs);
});

test("--fix mends what it can, and says what is left", async () => {
  const folder = project(mended.replace("text: string", "text: strng").replace("list: notes", "list: people"));
  const { code, out, err } = await appflare(folder, "compile", "--fix");
  expect(code).toBe(1);
  expect(out).toBe("fixed appflare.yaml:11:13 replace strng with string\n");
  expect(err).toContain('There is no table "people".');
  expect(manifestOf(folder)).toContain("text: string\n");
});

test("--fix keeps CRLF, a byte order mark, the mode of the file, and a link a link", async () => {
  const folder = project("");
  const real = join(folder, "real.yaml");
  writeFileSync(real, `\uFEFF${faulty.replaceAll("\n", "\r\n")}`);
  chmodSync(real, 0o640);
  symlinkSync("real.yaml", join(folder, "linked.yaml"));
  expect(await appflare(folder, "compile", "linked.yaml", "--fix")).toMatchObject({ code: 0, err: "" });
  expect(readFileSync(real, "utf8")).toBe(`\uFEFF${mended.replaceAll("\n", "\r\n")}`);
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(lstatSync(join(folder, "linked.yaml")).isSymbolicLink()).toBe(true);
});

test("--fix mends included files in their own place", async () => {
  const included = "enums: { Color: [red] }\ntables:\n  tags:\n    columns: { id: uuid, color: Colour } # British\n";
  const folder = project(`include: [./more.yaml]\n${mended}`, { "more.yaml": included });
  expect(await appflare(folder, "compile", "--fix")).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, "more.yaml"), "utf8")).toBe(included.replace("Colour }", "Color }"));
  expect(manifestOf(folder)).toBe(`include: [./more.yaml]\n${mended}`);
});

test("--fix tells in JSON what it did", async () => {
  const folder = project(mended.replace("text: string", "text: strng"));
  const { code, out } = await appflare(folder, "compile", "--fix", "--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    diagnostics: [],
    fixed: [
      {
        code: "type/unknown",
        title: "replace strng with string",
        file: "appflare.yaml",
        line: 11,
        column: 13,
        endLine: 11,
        endColumn: 18,
      },
    ],
  });
  const plain = await appflare(folder, "compile", "--format", "json");
  expect(Object.keys(JSON.parse(plain.out))).toEqual(["ok", "files", "diagnostics", "ms"]);
});

test.each(["--check", "--watch"])("--fix does not go with %s", async (flag) => {
  const folder = project(faulty);
  const { code, err } = await appflare(folder, "compile", "--fix", flag);
  expect(code).toBe(2);
  expect(err).toContain(`--fix changes the manifest: it does not go with ${flag}.`);
  expect(manifestOf(folder)).toBe(faulty);
});

test("help tells of --fix", async () => {
  const { out } = await appflare(temporaryFolder(), "compile", "--help");
  expect(out).toMatch(
    /--fix +mend the manifest where an error or a warning says how, keeping comments and layout; then compile\n/,
  );
});

test("--fix adds the indexes that warnings ask for", async () => {
  const folder = project(mended.replace(/ *scan: .*\n/, ""));
  expect(await appflare(folder, "compile", "--fix")).toMatchObject({ code: 0, err: "" });
  expect(manifestOf(folder)).toContain("      text: string\n    indexes:\n      - [-dueAt]\nqueries:\n");
});
