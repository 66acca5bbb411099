import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { appflare, temporaryFolder } from "../cli/terminal.ts";

const head = "appflare: 1\nname: notes\ndefaults: { auth: public }\n";
const tables = "tables: { notes: { columns: { id: uuid, text: string } } }\n";
const list = "queries:\n  notes/list: { list: notes }\n";
const add = "mutations:\n  notes/add: { insert: notes, input: [text] }\n";

function folderWith(files: { readonly [path: string]: string }): string {
  const folder = temporaryFolder();
  save(folder, files);
  return folder;
}

function save(folder: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function git(folder: string, ...words: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...words], { cwd: folder, stdio: "ignore" });
}

/** A folder whose files are committed, and then others. */
function repository(before: { readonly [path: string]: string }, after: { readonly [path: string]: string }): string {
  const folder = folderWith(before);
  git(folder, "init", "--initial-branch=main");
  git(folder, "add", ".");
  git(folder, "commit", "--message=first");
  save(folder, after);
  return folder;
}

describe("two manifests", () => {
  const folder = () => folderWith({ "old.yaml": head + tables + list + add, "appflare.yaml": head + tables + list });

  test("what breaks ends with 1, and says how to go on", async () => {
    const { code, out, err } = await appflare(folder(), "diff", "old.yaml");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toBe(`BREAKING operation/removed:notes/add
  old.yaml:8:3
  The mutation "notes/add" is gone.
  Shipped clients still call it, and get 404 \`unknown_operation\`.

1 change: 1 BREAKING. 1 is not acknowledged; where that is meant: --acknowledge operation/removed:notes/add
`);
  });

  test.each(["operation/removed", "operation/removed:notes/add"])("%s is acknowledged", async (word) => {
    const { code, out, err } = await appflare(folder(), "diff", "old.yaml", "--acknowledge", word);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^BREAKING \(acknowledged\) operation\/removed:notes\/add\n/);
    expect(out).toMatch(/\n1 change: 1 BREAKING\.\n$/);
  });

  test("what is acknowledged and did not happen is a warning, and lets nothing through", async () => {
    const words = ["--acknowledge", "operation/removed:notes/ad", "--acknowledge", "table/removed"];
    const { code, err } = await appflare(folder(), "diff", "old.yaml", ...words);
    expect({ code, err }).toEqual({
      code: 1,
      err: `warning: No change is "operation/removed:notes/ad". Did you mean "operation/removed:notes/add"?
warning: No change is "table/removed".
`,
    });
  });

  test("json is one document", async () => {
    const { code, out, err } = await appflare(folder(), "diff", "old.yaml", "appflare.yaml", "--format", "json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toEqual({
      ok: false,
      changes: [
        {
          level: "BREAKING",
          code: "operation/removed",
          subject: "notes/add",
          message: 'The mutation "notes/add" is gone.',
          reason: "Shipped clients still call it, and get 404 `unknown_operation`.",
          file: "old.yaml",
          line: 8,
          column: 3,
          acknowledged: false,
        },
      ],
    });
  });

  test("more is no reason to stop, nothing is said plainly", async () => {
    const { code, out } = await appflare(folder(), "diff", "appflare.yaml", "old.yaml");
    expect(code).toBe(0);
    expect(out).toContain('SAFE operation/added:notes/add\n  old.yaml:8:3\n  The mutation "notes/add" is new.\n');
    expect(await appflare(folder(), "diff", "old.yaml", "old.yaml")).toEqual({
      code: 0,
      out: "No changes.\n",
      err: "",
    });
  });

  test("a side with mistakes ends with 1 and its diagnostics", async () => {
    const where = folder();
    save(where, { "old.yaml": `${head}${tables}queries: { notes/list: { list: note } }\n` });
    const { code, out, err } = await appflare(where, "diff", "old.yaml");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^The old manifest does not compile:\nold\.yaml:5:32 - error reference\/unknown-table: /);
    const json = await appflare(where, "diff", "appflare.yaml", "old.yaml", "--format", "json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      changes: [],
      diagnostics: [{ code: "reference/unknown-table", file: "old.yaml", line: 5 }],
    });
  });
});

describe("a git revision", () => {
  const before = {
    "backend/appflare.yaml": `${head}include: [tables.yaml, ../shared/queries.yaml]\n${add}`,
    "backend/tables.yaml": tables,
    "shared/queries.yaml": list,
  };
  const after = {
    "backend/appflare.yaml": `${head}include: [tables.yaml]\n${add}`,
    "backend/tables.yaml": tables.replace("text: string", "text: { type: string, maxLength: 9 }"),
  };

  test.each([
    [".", "backend/appflare.yaml", "shared/queries.yaml", "backend/"],
    ["backend", "appflare.yaml", "../shared/queries.yaml", ""],
  ])("is read with what it includes, from %s", async (cwd, manifest, queries, prefix) => {
    const folder = join(repository(before, after), cwd);
    const { code, out, err } = await appflare(folder, "diff", "main", manifest, "--format", "json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { changes } = JSON.parse(out) as { changes: { code: string; subject: string; file: string }[] };
    expect(changes.map(({ code, subject, file }) => `${code}:${subject} ${file}`)).toEqual([
      `column/narrowed:notes.text ${prefix}tables.yaml`,
      `argument/narrowed:notes/add.text ${prefix}appflare.yaml`,
      `operation/removed:notes/list main:${queries}`,
    ]);
  });

  test("may be any that git knows, and a file of that name comes first", async () => {
    const folder = repository(before, after);
    git(folder, "tag", "v1");
    git(folder, "commit", "--all", "--message=second");
    for (const name of ["HEAD~1", "v1", "main^"]) {
      const { out } = await appflare(folder, "diff", name, "backend/appflare.yaml");
      expect(out, name).toContain(`  ${name}:shared/queries.yaml:2:3\n`);
    }
    expect((await appflare(folder, "diff", "HEAD", "backend/appflare.yaml")).out).toBe("No changes.\n");
    save(folder, { v1: head + tables });
    const { out } = await appflare(folder, "diff", "v1", "backend/appflare.yaml");
    expect(out).not.toContain("operation/removed");
  });

  test("with mistakes is named", async () => {
    const folder = repository({ "appflare.yaml": `${head}include: [gone.yaml]\n` }, { "appflare.yaml": head });
    const { code, out, err } = await appflare(folder, "diff", "HEAD");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^The old manifest \(HEAD\) does not compile:\nappflare\.yaml:4:11 - error include\/missing: /);
  });

  test.each([
    ["v9", 'appflare: there is no file "v9", and no git revision of that name.\n'],
    ["", 'appflare: there is no file "", and no git revision of that name.\n'],
    ["HEAD:appflare.yaml", 'appflare: there is no file "HEAD:appflare.yaml", and no git revision of that name.\n'],
    ["$(touch hacked)", 'appflare: there is no file "$(touch hacked)", and no git revision of that name.\n'],
    ["--output=hacked", 'appflare: there is no file "--output=hacked", and no git revision of that name.\n'],
    ["HEAD", 'appflare: other.yaml was not there at "HEAD".\n'],
  ])("that is none is one line and exit code 2: %j", async (name, line) => {
    const folder = repository({ "appflare.yaml": head }, { "other.yaml": head });
    expect(await appflare(folder, "diff", "--", name, "other.yaml")).toEqual({ code: 2, out: "", err: line });
  });

  test("outside of a repository is one line and exit code 2", async () => {
    const folder = folderWith({ "appflare.yaml": head });
    expect(await appflare(folder, "diff", "main")).toEqual({
      code: 2,
      out: "",
      err: 'appflare: there is no file "main", and the manifest is in no git repository that could have a revision of that name.\n',
    });
  });
});

test.each([
  [[], 'appflare: "diff" needs a manifest or git revision: '],
  [["old.yaml", "new.yaml"], "appflare: new.yaml is not there."],
  [["old.yaml", "new.yaml", "more"], 'appflare: "diff" has no use for "more".'],
])("wrong usage is one line and exit code 2: %j", async (words, line) => {
  const { code, out, err } = await appflare(folderWith({ "old.yaml": head }), "diff", ...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.split("\n")).toEqual([expect.stringContaining(line), ""]);
});
