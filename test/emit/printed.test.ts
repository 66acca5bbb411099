import { describe, expect, test } from "vitest";
import { generateFrom, printed } from "./compileSpec.ts";

/** A manifest of the given tables and operations. */
function manifest(body: string): string {
  return `appflare: 1\nname: sample\ndefaults: { auth: public }\n${body}`;
}

describe("schema.ts", () => {
  test("words of JavaScript and names of imports step aside", () => {
    const schema = printed(
      manifest("tables:\n  class: { columns: { id: uuid } }\n  text: { columns: { id: uuid, table: string } }\n"),
      "schema.ts",
    );
    expect(schema).toContain('import { sqliteTable, text as text2 } from "drizzle-orm/sqlite-core";');
    expect(schema).toContain('export const class_ = sqliteTable("class", {');
    expect(schema).toContain('export const text = sqliteTable("text", {\n  id: text2("id")');
    expect(schema).toContain("export type ClassRow = typeof class_.$inferSelect;");
  });

  test("tables that refer to one another in a ring have types", () => {
    const schema = printed(
      manifest(
        "tables:\n  a: { columns: { id: uuid }, relations: { b: { one: b } } }\n  b: { columns: { id: uuid }, relations: { a: { one: a, optional: true } } }\n",
      ),
      "schema.ts",
    );
    expect(schema).toContain(".references((): AnySQLiteColumn => b.id)");
    expect(schema).toContain(".references(() => a.id)");
    expect(schema).toContain('b: one(b, { relationName: "a.b", fields: [a.bId], references: [b.id] })');
  });
});

describe("client.ts", () => {
  const tables = "tables:\n  tasks: { columns: { id: integer, at: timestamp?, note: string? } }\n";

  test("an operation has its arguments, its rows and its result", () => {
    const client = printed(
      manifest(
        `${tables}queries:\n  tasks/list: { description: All of */ them, args: { note: string?, at: { type: timestamp, default: 2026-01-01T00:00:00Z } }, list: tasks, where: { note: $args.note?, at: { gt: $args.at } } }\n`,
      ),
      "client.ts",
    );
    expect(client).toContain(
      "/** All of *\\/ them */\n      list: (args?: TasksListArgs, options?: CallOptions) => Promise<TasksListResult>;",
    );
    expect(client).toContain(
      "export interface TasksListArgs {\n  note?: string | null | undefined;\n  at?: Date | undefined;\n}",
    );
    expect(client).toContain("export type TasksListResult = TasksListRow[];");
    expect(client).toContain('result: { array: { object: { at: "timestamp" } } }');
  });

  test("imports what its operations need, and no more", () => {
    const query = "queries: { tasks/all: { list: tasks } }\n";
    const mutation = "mutations: { tasks/add: { insert: tasks, input: [note] } }\n";
    expect(printed(manifest(tables + query), "client.ts")).not.toContain("MutationOptions");
    expect(printed(manifest(tables + mutation), "client.ts")).not.toContain("CallOptions");
  });

  test("names of the manifest come before the file's own", () => {
    const client = printed(
      manifest(
        `${tables}enums: { Client: [a], Promise: [b] }\nqueries: { tasks/all: { list: tasks, select: [id] } }\n`,
      ),
      "client.ts",
    );
    expect(client).toContain('export type Client = "a";');
    expect(client).toContain("export interface Client_ {");
    expect(client).toContain("globalThis.Promise<TasksAllResult>");
  });

  test("a row of an author's SQL has every column: one that may be null is never absent", () => {
    const client = printed(
      manifest(`tables:
  notes: { columns: { id: integer, text: string?, place: { type: object, properties: { city: string? } } } }
queries:
  notes/all:
    sql: SELECT id, text, place FROM notes
    returns: { type: array, items: { type: object, properties: { id: integer, text: string?, place: { type: object, properties: { city: string? } } } } }
  notes/first: { sql: SELECT text FROM notes, returns: { type: object, properties: { text: string? }, nullable: true } }
`),
      "client.ts",
    );
    expect(client).toContain(
      "NotesAllResult = { id: number; text: string | null; place: { city?: string | null } }[];",
    );
    expect(client).toContain("NotesFirstResult = { text: string | null } | null;");
  });
});

describe("validators.ts", () => {
  test("what the library would print wrongly goes to the runtime", () => {
    const validators = printed(
      manifest(
        [
          "enums: { Color: [red, blue] }",
          "tables: { tasks: { columns: { id: integer, title: string } } }",
          "queries:",
          "  tasks/find:",
          "    args:",
          '      title: { type: string, maxLength: 5, pattern: "^\\\\p{L}+$" }',
          "      color: Color?",
          "      size: { type: integer, default: 3 }",
          "      price: { type: decimal, scale: 3, minimum: 0, optional: true }",
          "      tags: { type: array, items: string, uniqueItems: true, nullable: true }",
          "      any: json",
          "    returns: string",
          "    handler: ./handlers/find.ts#find",
        ].join("\n"),
      ),
      "validators.ts",
    );
    expect(validators).toContain('title: text({ max: 5, pattern: "^\\\\p{L}+$" }),');
    expect(validators).toContain('color: z.enum(["red", "blue"]).nullable().optional(),');
    expect(validators).toContain("size: integer().default(3),");
    expect(validators).toMatch(/price: decimal\(\{ scale: 3, minimum: "0(\.000)?" \}\)\.optional\(\),/);
    expect(validators).toContain("tags: z.array(text()).check(uniqueItems).nullable().optional(),");
    expect(validators).toContain("any: json(),");
    expect(validators).toContain(
      'export const resultValidators = {\n  "tasks/find": lazy(() => z.strictObject({ result: text() })),',
    );
  });
});

describe("routes.ts and worker.ts", () => {
  const tables = "tables: { tasks: { columns: { id: integer } } }\n";

  test("a Worker without handlers carries neither the planner nor Drizzle", () => {
    const files = generateFrom(manifest(`${tables}queries: { tasks/all: { list: tasks } }\n`));
    const imported = files.filter(({ path }) =>
      ["worker.ts", "routes.ts", "operations.ts", "validators.ts"].includes(path),
    );
    expect(imported).toHaveLength(4);
    for (const { path, contents } of imported) expect(contents, path).not.toMatch(/drizzle|planner/);
  });

  test("handlers are imported from the manifest's folder, each under a name of its own", () => {
    const routes = printed(
      manifest(`${tables}queries:\n  a: { handler: ./handlers/one.ts#run }\n  b: { handler: "./two.mts#run" }\n`),
      "routes.ts",
    );
    expect(routes).toContain('import { run } from "../handlers/one.js";');
    expect(routes).toContain('import { run as run2 } from "../two.mjs";');
    expect(routes).toContain('b: run2 satisfies Handler<"b">,');
  });

  test("the environment has what the manifest tells of it", () => {
    const worker = printed(
      manifest(
        `${tables}database: { binding: STORE }\nworker: { wrangler: { vars: { GREETING: Hello, LIMIT: 3 }, kv_namespaces: [{ binding: CACHE, id: a }] } }\n`,
      ),
      "worker.ts",
    );
    expect(worker).toContain(
      "export interface Env {\n  STORE: D1Database;\n  CACHE: KVNamespace;\n  GREETING: string;\n  LIMIT: number;\n}",
    );
  });
});

describe("wrangler.jsonc", () => {
  const parse = (text: string) => JSON.parse(text.slice(text.indexOf("\n")));

  test("is merged with what the manifest adds", () => {
    const config = parse(
      printed(
        manifest(
          "tables: { tasks: { columns: { id: integer } } }\nworker: { wrangler: { observability: { enabled: true }, vars: { A: b } } }\n",
        ),
        "../wrangler.jsonc",
      ),
    );
    expect(config).toMatchObject({
      name: "sample",
      main: "generated/worker.ts",
      observability: { enabled: true },
      vars: { A: "b" },
    });
    expect(config.d1_databases).toEqual([
      {
        binding: "DB",
        database_name: "sample",
        database_id: "00000000-0000-0000-0000-000000000000",
        migrations_dir: "generated/migrations",
      },
    ]);
  });

  test("an id from the environment keeps its reference", () => {
    const config = parse(
      printed(
        manifest("database: { id: $env.D1_ID }\ntables: { tasks: { columns: { id: integer } } }\n"),
        "../wrangler.jsonc",
      ),
    );
    expect(config.d1_databases[0].database_id).toBe("$env.D1_ID");
  });

  test("what is never called of sign-in stays out of the bundle: providers, where there are none", () => {
    const aliases = (auth: string) => {
      const tables = "tables: { tasks: { columns: { id: integer } } }\n";
      return Object.keys(parse(printed(manifest(`${tables}auth: ${auth}\n`), "../wrangler.jsonc")).alias);
    };
    const always = ["@better-auth/telemetry", "@better-auth/memory-adapter"];
    const github = "{ social: { github: { clientId: $env.ID, clientSecret: $env.SECRET } } }";
    expect(aliases(github)).toEqual(always);
    expect(aliases("{ emailPassword: true }")).toEqual([...always, "@better-auth/core/social-providers"]);
  });
});
