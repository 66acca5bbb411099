import type { CommandSpec, OptionSpec } from "./command.ts";

const manifest = [{ name: "manifest" }];
const out: OptionSpec = { value: "DIR", help: "folder for the generated files (generated, beside the manifest)" };
const destructive: OptionSpec = { help: "let tables, columns and values go that the manifest no longer has" };

/** Every command by name, in the order of help. */
export const commands: { readonly [name: string]: CommandSpec } = {
  init: {
    summary: "a new project that `appflare dev` runs at once; never overwrites",
    positionals: [{ name: "dir" }],
    options: {
      template: { value: "NAME", choices: ["minimal", "taskboard"], help: "what it starts from (minimal)" },
    },
    example: "appflare init my-backend --template taskboard",
    load: () => import("./init.ts"),
  },
  dev: {
    summary: "compile, migrate the local database, serve; on a change do all of it again",
    positionals: manifest,
    options: {
      out,
      port: { value: "PORT", help: "where to listen (8787)" },
      "persist-to": { value: "DIR", help: "where the local database is kept (.wrangler/state)" },
      seed: { value: "FILE", help: "rows to put in first, as `appflare seed` does" },
      "allow-destructive": destructive,
    },
    example: "appflare dev --port 8080 --seed seed.yaml",
    needsNode22: true,
    load: () => import("./dev.ts"),
  },
  compile: {
    summary: "manifest → Worker, database, clients",
    positionals: manifest,
    options: {
      out,
      check: { help: "write nothing; exit 1 when files on disk differ" },
      fix: {
        help: "mend the manifest where an error or a warning says how, keeping comments and layout; then compile",
      },
      watch: { help: "compile again on every change" },
      format: { value: "FORMAT", choices: ["pretty", "json"], help: "pretty, or one JSON document on stdout" },
    },
    example: "appflare compile appflare.yaml --check",
    load: () => import("./compile.ts"),
  },
  seed: {
    summary: "rows from YAML or JSON into the local database, idempotent by key",
    positionals: [{ name: "file", required: true }],
    options: {
      manifest: { value: "FILE", help: "the manifest (appflare.yaml)" },
      out,
      "persist-to": { value: "DIR", help: "where the local database is kept (.wrangler/state)" },
    },
    example: "appflare seed seed.yaml",
    needsNode22: true,
    load: () => import("./seed.ts"),
  },
  "add-admin": {
    summary: "somebody becomes an administrator, and is made where there is nobody of that address",
    positionals: manifest,
    options: {
      out,
      email: { value: "ADDRESS", help: "whose address" },
      password: { value: "TEXT", help: "a new password; for somebody new one is made and shown where none is given" },
      local: { help: "in the local database (this is what happens anyway)" },
      remote: { help: "in the deployed database" },
      "persist-to": { value: "DIR", help: "where the local database is kept (.wrangler/state)" },
    },
    example: "appflare add-admin --email ann@example.com --remote",
    needsNode22: true,
    load: () => import("./addAdmin.ts"),
  },
  migrate: {
    summary: "what changed since the last migration → one SQL file → applied",
    positionals: manifest,
    options: {
      out,
      local: { help: "to the local database, which is so unless another is named" },
      remote: { help: "to the database that is deployed" },
      preview: { help: "to the preview database" },
      name: { value: "NAME", help: "what the file is called (what it changes)" },
      "dry-run": { help: "show the file; write and apply nothing" },
      "allow-destructive": destructive,
      custom: { help: "write an empty file for SQL by hand; apply nothing" },
      "persist-to": { value: "DIR", help: "where the local database is kept (.wrangler/state)" },
    },
    example: "appflare migrate --dry-run",
    needsNode22: true,
    load: () => import("./migrate.ts"),
  },
  deploy: {
    summary: "compile, migrate, `wrangler deploy`",
    positionals: manifest,
    options: { out, "dry-run": { help: "bundle and check everything; change nothing outside this folder" } },
    example: "appflare deploy --dry-run",
    needsNode22: true,
    load: () => import("./deploy.ts"),
  },
  client: {
    summary: "one client package",
    positionals: [{ name: "language", required: true }, { name: "manifest" }],
    options: { out: { value: "DIR", help: "folder for the client (client)" } },
    example: "appflare client typescript --out ../web/src/api",
    load: () => import("./client.ts"),
  },
  test: {
    summary: "calls the Worker as the users of a test file, and compares what comes of it",
    positionals: [{ name: "manifest" }, { name: "file", repeated: true }],
    options: {
      out,
      format: { value: "FORMAT", choices: ["pretty", "json"], help: "pretty, or one JSON document on stdout" },
    },
    example: "appflare test rules.test.yaml",
    needsNode22: true,
    load: () => import("./test.ts"),
  },
  explain: {
    summary: "an operation's SQL, how SQLite runs it, and what indexes serve it; all of them in a line each",
    positionals: [{ name: "operation" }, { name: "manifest" }],
    options: {
      as: { value: "ROLE", help: "who calls, a role or nobody: which rows they reach by which rules, and their SQL" },
      matrix: { help: "who may call what: roles against operations" },
      format: { value: "FORMAT", choices: ["pretty", "json"], help: "pretty, or one JSON document on stdout" },
    },
    example: "appflare explain tasks/list",
    needsNode22: true,
    load: () => import("./explain.ts"),
  },
  diff: {
    summary: "what a manifest changes for clients, data and access since an older one",
    positionals: [{ name: "manifest or git revision", required: true }, { name: "manifest" }],
    options: {
      acknowledge: { value: "CODE", help: "let a change through: its code, or code:subject; may be repeated" },
      format: { value: "FORMAT", choices: ["pretty", "json"], help: "pretty, or one JSON document on stdout" },
    },
    example: "appflare diff main --acknowledge operation/removed:tasks/list",
    load: () => import("./diff.ts"),
  },
  docs: {
    summary: "the whole manifest as one page of HTML, with a diagram and example calls",
    positionals: manifest,
    options: { out: { value: "FILE", help: "where the page goes (docs.html)" } },
    example: "appflare docs --out public/docs.html",
    load: () => import("./docs.ts"),
  },
  ir: {
    summary: "the linked model as canonical JSON",
    positionals: manifest,
    options: {},
    example: "appflare ir | jq '.tables.tasks.columns'",
    load: () => import("./ir.ts"),
  },
  schema: {
    summary: "a JSON Schema of this very project, for completion in editors",
    positionals: manifest,
    options: {
      out: { value: "FILE", help: "where to write it (stdout); `compile` and `dev` keep one in their folder" },
    },
    example: "appflare schema --out appflare.schema.json",
    load: () => import("./schema.ts"),
  },
};
