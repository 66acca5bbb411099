import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { printSchema } from "../../compiler/emit/schema/schema.ts";
import { LanguageServer, type Problem } from "./languageServer.ts";

/* What an editor shows inside of a manifest: the real language server, over stdio, with the modeline that `init` writes. */

const language = fileURLToPath(new URL("../../appflare.schema.json", import.meta.url));
const project = "./generated/appflare.schema.json";

const manifest = `appflare: 1
name: board
defaults: { auth: public }
enums:
  Status: [active, archived]
types:
  Slug: { type: string, maxLength: 9 }
tables:
  users: { columns: { id: uuid, name: string } }
  tasks:
    columns:
      id: integer
      title: { type: string, description: What is to be done. }
      status: { type: Status, default: active }
      points: integer?
      createdAt: { type: timestamp, default: now }
    relations:
      owner: { one: users, onDelete: cascade, index: true }
      parent: { one: tasks, optional: true, index: true }
      children: { many: tasks }
    conditions:
      isActive: { status: active }
  tasksArchive: { columns: { id: uuid, oldTitle: string } }
queries:
  tasks/list:
    args: { search: string?, ownerId: uuid, limit: { type: integer, default: 20 } }
    list: tasks
    where: { any: [isActive, { title: { contains: $args.search? } }], ownerId: $args.ownerId }
    limit: $args.limit
mutations:
  tasks/rename:
    args: { id: integer, title: string }
    update: tasks
    where: { id: $args.id }
    set: { title: $args.title }
  tasks/close:
    handler: ./close.ts#close
    errors: { closed_already: { status: 409, message: It is closed. } }
`;

let folder: string;
let server: LanguageServer;
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "appflare-editor-"));
  mkdirSync(join(folder, "generated"));
  const { app, diagnostics } = check("appflare.yaml", () => Buffer.from(manifest));
  expect(diagnostics).toEqual([]);
  writeFileSync(join(folder, "generated/appflare.schema.json"), printSchema(app!));
  server = await LanguageServer.start(folder);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a manifest in which `|` is the cursor. */
function at(schema: string, text: string) {
  const marked = `# yaml-language-server: $schema=${schema}\nappflare: 1\nname: board\n${text}`;
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const path = join(folder, `${++count}.yaml`);
  server.open(path, marked.replace("|", ""));
  return { path, position: { line: before.length - 1, character: before.at(-1)!.length } };
}

async function completions(schema: string, text: string) {
  const { path, position } = at(schema, text);
  return server.complete(path, position);
}

async function labels(schema: string, text: string): Promise<string[]> {
  return (await completions(schema, text)).map(({ label }) => label);
}

async function hover(schema: string, text: string): Promise<string> {
  const { path, position } = at(schema, text);
  return server.hover(path, position);
}

/** What is underlined: from line 4 on, where the text begins. */
async function problems(schema: string, text: string): Promise<string[]> {
  const { path } = at(schema, `${text}|`);
  return (await server.problems(path)).map(
    ({ range: { start }, message }: Problem) => `${start.line - 2}:${start.character + 1} ${message}`,
  );
}

describe.each([
  ["the schema of the language", language],
  ["the schema of the project", project],
])("%s", (_, schema) => {
  test("completes sections, and says what they are", async () => {
    const items = await completions(schema, "|");
    expect(items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["tables", "queries", "mutations", "enums"]),
    );
    expect(items.find(({ label }) => label === "queries")!.documentation).toBe("The reads, by name.");
  });

  test("completes keys of a table, of a column in brackets, of a relation and of a query", async () => {
    expect(await labels(schema, "tables:\n  a:\n    |")).toEqual(
      expect.arrayContaining(["columns", "relations", "checks"]),
    );
    expect(await labels(schema, "tables:\n  a:\n    columns:\n      b: { type: string, ma| }")).toContain("maxLength");
    expect(await labels(schema, "tables:\n  a:\n    relations:\n      b:\n        |")).toEqual(
      expect.arrayContaining(["one", "hasOne", "many", "manyToMany"]),
    );
    expect(await labels(schema, "queries:\n  a:\n    list: tasks\n    |")).toEqual(
      expect.arrayContaining(["where", "select", "with", "orderBy", "limit"]),
    );
    expect(await labels(schema, "mutations:\n  a:\n    update: tasks\n    |")).toEqual(
      expect.arrayContaining(["where", "set", "input", "expect", "returns"]),
    );
  });

  test("completes types, values of enums and operators' words", async () => {
    const types = await labels(schema, "tables:\n  a:\n    columns:\n      b: |");
    expect(types).toEqual(expect.arrayContaining(["string", "string?", "uuid", "timestamp?"]));
    expect(types, "what says nothing alone").not.toContain("array");
    expect(await labels(schema, "tables:\n  a:\n    columns:\n      b: { type: |}")).toContain("array");
    expect(await labels(schema, "tables:\n  a:\n    relations:\n      b: { one: a, onDelete: c| }")).toEqual(
      expect.arrayContaining(["cascade", "restrict", "set null"]),
    );
    expect(await labels(schema, "mutations:\n  a:\n    update: tasks\n    expect: |")).toContain("one");
  });

  test("explains keys with an example", async () => {
    expect(await hover(schema, "tables:\n  a:\n    columns:\n      b: { type: string, maxL|ength: 80 }")).toMatch(
      /Most characters \(code points\), or bytes\.\n\nExample:\n\n```yaml\n80\n```/,
    );
    const where = await hover(schema, "queries:\n  a:\n    list: tasks\n    wh|ere: { status: active }");
    expect(where).toContain("Which rows: a condition over the table.");
    expect(where).toMatch(/Example:\n\n```yaml\n\w+: /);
    expect(where).not.toContain("[object Object]");
  });

  test("underlines what has no place, no sense or is missing", async () => {
    expect(await problems(schema, "models: {}")).toEqual(["1:1 Property models is not allowed."]);
    expect(await problems(schema, "tables:\n  a: { columns: { id: { type: uuid, uniq: true } } }")).toEqual([
      "2:37 Property uniq is not allowed.",
    ]);
    expect(await problems(schema, "tables:\n  a: { relations: { b: { one: a, onDelete: explode } } }")).toEqual([
      '2:44 Value is not accepted. Valid values: "restrict", "cascade", "set null".',
    ]);
    expect(await problems(schema, 'queries:\n  a: { list: tasks, limit: "10" }')).not.toEqual([]);
  });
});

describe("the schema of the project", () => {
  const query = (rest: string) => labels(project, `queries:\n  any/name:\n    list: tasks\n${rest}`);
  const columns = ["id", "title", "status", "points", "createdAt", "ownerId", "parentId"];
  const relations = ["owner", "parent", "children"];

  test("finds nothing wrong with its own manifest", async () => {
    const path = join(folder, "appflare.yaml");
    server.open(path, `# yaml-language-server: $schema=${project}\n${manifest}`);
    expect(await server.problems(path)).toEqual([]);
  });

  test("completes tables behind verbs and relations", async () => {
    expect(await labels(project, "queries:\n  a:\n    list: |")).toEqual(["users", "tasks", "tasksArchive"]);
    expect(await labels(project, "mutations:\n  a: { insert: t| }")).toEqual(
      expect.arrayContaining(["tasks", "tasksArchive"]),
    );
    expect(await labels(project, "tables:\n  a:\n    relations:\n      b:\n        one: |")).toEqual([
      "users",
      "tasks",
      "tasksArchive",
    ]);
    expect(await labels(project, "tables:\n  a:\n    relations:\n      b: { one: u| }")).toContain("users");
  });

  test("completes enums and named types with and without `?`, and columns as types of arguments", async () => {
    const types = await labels(project, "tables:\n  a:\n    columns:\n      b: |");
    expect(types).toEqual(expect.arrayContaining(["Status", "Status?", "Slug", "Slug?"]));
    const args = await labels(project, "queries:\n  a:\n    args:\n      b: |");
    expect(args).toEqual(expect.arrayContaining(["Status?", "Slug", "tasks.title", "tasks.title?"]));
  });

  test("completes columns, relations, conditions and their values in `where`", async () => {
    expect(await query("    where:\n      |")).toEqual(
      expect.arrayContaining([...columns, ...relations, "all", "any", "not"]),
    );
    expect(await query("    where: { st| }")).toContain("status");
    expect(await query("    where: |")).toContain("isActive");
    expect(await query("    where:\n      status: |")).toEqual(expect.arrayContaining(["active", "archived"]));
    expect(await query("    where:\n      createdAt: |")).toEqual(["$now"]);
    expect(await query("    where:\n      title:\n        |")).toEqual(
      expect.arrayContaining(["eq", "in", "contains", "startsWith"]),
    );
    expect(await query("    where:\n      children:\n        |")).toEqual(["some", "every", "none"]);
  });

  test("knows the table that a nested `where` or `with` speaks of", async () => {
    expect(await query("    where: { children: { some: { parent: { owner: { na| } } } } }")).toContain("name");
    expect(await query("    with:\n      |")).toEqual(relations);
    expect(await query("    with:\n      owner:\n        |")).toEqual(["select", "where", "with"]);
    expect(await query("    with:\n      children:\n        |")).toEqual([
      "select",
      "where",
      "with",
      "orderBy",
      "limit",
      "offset",
      "aggregate",
      "rows",
    ]);
    expect(
      await query(
        "    with:\n      children:\n        with:\n          owner:\n            select:\n              - |",
      ),
    ).toEqual(["id", "name"]);
  });

  test("completes columns in lists, in brackets too, and orders both ways", async () => {
    expect(await query("    select:\n      - |")).toEqual(columns);
    expect(await query("    select: [id, ti|]")).toEqual(expect.arrayContaining(columns));
    expect(await query("    orderBy:\n      - |")).toEqual(expect.arrayContaining(["createdAt", "-createdAt"]));
    const index = await labels(project, "tables:\n  tasks:\n    indexes:\n      - [sta|]");
    expect(index).toEqual(expect.arrayContaining(["status", "-status"]));
  });

  test("completes what is written, and never the key", async () => {
    const update = (rest: string) => labels(project, `mutations:\n  a:\n    update: tasks\n${rest}`);
    expect(await update("    set:\n      |")).toEqual(columns.slice(1));
    expect(await update("    set:\n      status: |")).toEqual(["active", "archived"]);
    expect(await update("    set:\n      points:\n        |")).toEqual(["increment", "decrement", "multiply"]);
    expect(await update("    input:\n      - |")).toEqual(columns.slice(1));
    expect(await update("    returns:\n      - |")).toEqual(columns);
    expect(await labels(project, "mutations:\n  a:\n    insert: tasks\n    values:\n      |")).toEqual(columns);
  });

  test("completes the table, the columns and what follows in a step", async () => {
    const step = (rest: string) => labels(project, `mutations:\n  a:\n    steps:\n      one:\n${rest}`);
    expect(await step("        insert: |")).toEqual(["users", "tasks", "tasksArchive"]);
    expect(await step("        insert: tasks\n        values:\n          |")).toEqual(columns);
    expect(await step("        update: tasks\n        set:\n          |")).toEqual(columns.slice(1));
    expect(await step("        get: tasks\n        where:\n          |")).toContain("points");
    expect(await step("        delete: tasksArchive\n        where:\n          |")).not.toContain("points");
    expect(await step("        update: tasks\n        |")).toEqual(
      expect.arrayContaining(["each", "where", "set", "expect", "else"]),
    );
    const after = await labels(project, "mutations:\n  a:\n    insert: tasks\n    after:\n      run: |");
    expect(after).toEqual(["tasks/rename", "tasks/close"]);
  });

  test("completes the arguments of the operation that one is in", async () => {
    const list = (rest: string) => labels(project, `queries:\n  tasks/list:\n    list: tasks\n${rest}`);
    expect(await list("    where:\n      title: |")).toEqual(["$args.search?", "$args.ownerId"]);
    expect(await list("    where:\n      ownerId: |")).toContain("$args.ownerId");
    expect(await list("    limit: |")).toContain("$args.limit");
    const rename = (rest: string) => labels(project, `mutations:\n  tasks/rename:\n    update: tasks\n${rest}`);
    expect(await rename("    where:\n      id: |")).toEqual(["$args.id"]);
    expect(await rename("    set:\n      title: |")).toEqual(["$args.title"]);
  });

  test("does not mix tables of which one's name begins with the other's", async () => {
    const archive = await labels(project, "queries:\n  a:\n    list: tasksArchive\n    where:\n      |");
    expect(archive).toContain("oldTitle");
    expect(archive).not.toContain("title");
    expect(await query("    where:\n      |")).not.toContain("oldTitle");
  });

  test("completes codes of errors that are declared elsewhere", async () => {
    expect(await labels(project, "mutations:\n  a:\n    handler: ./a.ts#a\n    errors:\n      |")).toContain(
      "closed_already",
    );
  });

  test("says what a column is, and which values it has", async () => {
    expect(await hover(project, "queries:\n  a:\n    list: tasks\n    where: { ti|tle: x }")).toContain(
      "What is to be done.",
    );
    const status = await hover(project, "queries:\n  a:\n    list: tasks\n    where: { status: act|ive }");
    expect(status).toContain("Allowed Values:\n\n* `active`\n* `archived`");
    expect(await hover(project, "queries:\n  a:\n    list: ta|sks")).toMatch(
      /^#### a table\n\nRows\. The value is the table\./,
    );
  });

  test("never refuses a name, for it may be newer than the schema", async () => {
    const text = `tables:
  boards: { columns: { id: uuid, kind: Kind } }
queries:
  boards/list: { list: boards, where: { kind: $args.kind }, select: [id], orderBy: [-kind] }
  tasks/list: { list: tasks, where: { newest: 1 }, select: [newest], orderBy: [-newest], with: { boards: true } }
mutations:
  tasks/add: { insert: tasks, input: [newest], values: { other: $args.any } }
`;
    expect(await problems(project, text)).toEqual([]);
  });

  test("offers no nameless maps", async () => {
    for (const key of ["where", "with", "select", "orderBy"])
      expect(await query(`    ${key}: |`)).not.toContain("[object Object]");
    expect(await labels(project, "tables: |")).not.toContain("[object Object]");
  });
});
