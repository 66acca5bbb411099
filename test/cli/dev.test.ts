import { execFileSync } from "node:child_process";
import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { wrangler } from "../../compiler/cli/wrangler.ts";
import { freePort, projectFolder } from "./project.ts";
import { appflare, type Running, start, until } from "./terminal.ts";

const manifest = `appflare: 1
name: notes
defaults: { auth: public }
tables:
  notes:
    columns:
      id: integer
      text: string
queries:
  notes/list: { list: notes }
  notes/count:
    returns: integer
    handler: ./handlers/count.ts#count
mutations:
  notes/create: { insert: notes, input: [text] }
`;

const handler = `export const count = async (ctx: any) => {
  const rows = await ctx.db.notes.list({});
  console.error("counted", rows.length);
  return rows.length;
};
`;

const files = { "appflare.yaml": manifest, "handlers/count.ts": handler };

async function dev(folder: string, ...words: string[]) {
  const port = await freePort();
  const running = start(folder, ["dev", "--port", String(port), ...words]);
  onTestFinished(async () => {
    running.interrupt();
    await running.done;
  });
  const url = `http://127.0.0.1:${port}`;
  const get = async (path: string) => (await fetch(url + path)).json();
  const post = async (path: string, body: unknown) => {
    const headers = { "content-type": "application/json" };
    return (await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  };
  return { running, url, get, post };
}

const times = (text: string, part: string): number => text.split(part).length - 1;

/** Saves as editors do: a new file takes the place of the old one. */
function save(folder: string, path: string, text: string): void {
  writeFileSync(join(folder, `${path}~`), text);
  renameSync(join(folder, `${path}~`), join(folder, path));
}

function workerdChildren(): string[] {
  const processes = execFileSync("ps", ["-eo", "ppid=,comm="], { encoding: "utf8" }).split("\n");
  return processes.filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes("workerd"));
}

async function stopped(running: Running): Promise<void> {
  running.interrupt();
  expect(await running.done).toBe(0);
  expect(workerdChildren()).toEqual([]);
}

test("dev serves, follows changes, keeps the last good version, and stops without a trace", async () => {
  const folder = projectFolder({ ...files, "appflare.yaml": manifest.replace("text: string", "text: strin") });
  const { running, url, get, post } = await dev(folder);
  await until(running, () => running.err().includes("Waiting for a change."));
  expect(running.err()).toContain("appflare.yaml:8:13 - error");

  save(folder, "appflare.yaml", manifest);
  await until(running, () => running.out().includes(`ready ${url}`));
  expect(running.out()).toContain("migrated 0001_init.sql\n");
  expect(running.out()).toContain(`  curl ${url}/queries/notes/list\n`);
  expect(running.out()).toContain(
    `  curl -X POST ${url}/mutations/notes/create -H 'content-type: application/json' -d '{"text":"Hello"}'\n`,
  );
  expect(await post("/mutations/notes/create", { text: "first" })).toEqual({ id: 1, text: "first" });
  expect(await get("/queries/notes/count")).toBe(1);
  await until(running, () => running.err().includes("counted 1"));

  save(
    folder,
    "appflare.yaml",
    manifest.replace("text: string", "text: string\n      done: { type: boolean, default: false }"),
  );
  await until(running, () => times(running.out(), "ready ") === 2);
  expect(running.out()).toContain("migrated column notes.done is new\n");
  expect(await get("/queries/notes/list")).toEqual([{ id: 1, text: "first", done: false }]);

  save(folder, "appflare.yaml", manifest.replace("list: notes", "list: nodes"));
  await until(running, () => times(running.err(), "The last good version is still served.") === 1);
  expect(running.err()).toContain("reference/unknown-table");
  expect(await get("/queries/notes/list")).toEqual([{ id: 1, text: "first", done: false }]);

  const better = manifest.replace("text: string", "text: string\n      done: { type: boolean, default: false }");
  save(folder, "appflare.yaml", better);
  await until(running, () => times(running.out(), "ready ") === 3);

  save(folder, "handlers/count.ts", "export const count = ;\n");
  await until(running, () => times(running.err(), "The last good version is still served.") === 2);
  expect(running.err()).toContain("handlers/count.ts:1:22 - error: Unexpected");
  expect(await get("/queries/notes/count")).toBe(1);

  save(folder, "handlers/count.ts", `throw new Error("at the top");\n${handler}`);
  await until(running, () => times(running.err(), "The last good version is still served.") === 3);
  expect(running.err()).toContain("at the top");
  expect(await get("/queries/notes/count")).toBe(1);

  save(folder, "handlers/count.ts", handler.replace("return rows.length", "return rows.length + 41"));
  await until(running, () => times(running.out(), "ready ") === 4);
  expect(await get("/queries/notes/count")).toBe(42);

  const renamed = (column: string) => better.replace("text: string", column).replace("[text]", "[title]");
  save(folder, "appflare.yaml", renamed("title: string"));
  await until(running, () => times(running.err(), "The last good version is still served.") === 4);
  expect(running.err()).toContain('error migration/loss: Column "notes.text" is gone from the manifest');
  expect(running.err()).toContain(
    'error migration/lack: Column "notes.title" is new and required, and rows are there (1 row).',
  );
  expect(await get("/queries/notes/list")).toEqual([{ id: 1, text: "first", done: false }]);

  save(folder, "appflare.yaml", renamed("title: { type: string, renamedFrom: text }"));
  await until(running, () => times(running.out(), "ready ") === 5);
  expect(running.out()).toContain("migrated column notes.title was text\n");
  expect(await get("/queries/notes/list")).toEqual([{ id: 1, title: "first", done: false }]);
  await stopped(running);
});

test("wrangler agrees on what has run, and rows stay where they were", async () => {
  const folder = projectFolder(files);
  const first = await dev(folder, "--persist-to", "state");
  await until(first.running, () => first.running.out().includes("ready "));
  await first.post("/mutations/notes/create", { text: "stays" });
  await stopped(first.running);
  expect(readdirSync(folder)).not.toContain(".wrangler/state");
  const listed = await wrangler(
    ["d1", "migrations", "list", "DB", "--local", "--persist-to", "state"],
    folder,
    process.env,
  );
  expect(listed).toMatchObject({ ok: true, output: expect.stringContaining("No migrations to apply") });

  const second = await dev(folder, "--persist-to", "state");
  await until(second.running, () => second.running.out().includes("ready "));
  expect(second.running.out()).not.toContain("migrated");
  expect(await second.get("/queries/notes/list")).toEqual([{ id: 1, text: "stays" }]);

  save(folder, "appflare.yaml", `${manifest}database: { binding: STORE, id: another }\n`);
  await until(second.running, () => times(second.running.out(), "ready ") === 2);
  expect(second.running.out()).toContain("migrated 0001_init.sql");
  expect(await second.get("/queries/notes/list")).toEqual([]);
  await stopped(second.running);
});

test("rows that do not fit a change keep the last good version, and the next change goes on from there", async () => {
  const folder = projectFolder(files);
  const { running, post } = await dev(folder);
  await until(running, () => running.out().includes("ready "));
  await post("/mutations/notes/create", { text: "twice" });
  await post("/mutations/notes/create", { text: "twice" });
  save(
    folder,
    "appflare.yaml",
    manifest.replace("text: string\n", "text: string\n    indexes:\n      - { columns: [text], unique: true }\n"),
  );
  await until(running, () => running.err().includes("The last good version is still served."));
  expect(running.err()).toContain(
    'migration/unfit: Column "notes.text" is unique, and values stand in it twice (2 rows).',
  );
  save(folder, "appflare.yaml", manifest.replace("text: string", "text: string\n      more: string?"));
  await until(running, () => running.out().includes("migrated column notes.more is new"));
  await stopped(running);
});

test("dev runs ahead of the migrations; the file that is written then has run already", async () => {
  const folder = projectFolder(files);
  const first = await dev(folder);
  await until(first.running, () => first.running.out().includes("ready "));
  await first.post("/mutations/notes/create", { text: "stays" });
  const next = manifest.replace("text: string", "body: { type: string, maxLength: 9, renamedFrom: text }");
  save(folder, "appflare.yaml", next.replace("[text]", "[body]"));
  await until(first.running, () => times(first.running.out(), "ready ") === 2);
  await stopped(first.running);
  expect(readdirSync(join(folder, "generated/migrations"))).toEqual(["0001_init.sql", "snapshot.json"]);

  const migrated = await appflare(folder, "migrate", "--name", "body");
  expect(migrated).toEqual({
    code: 0,
    out: "wrote generated/migrations/0002_body.sql\nmigrated 0002_body.sql\n",
    err: "",
  });
  const listed = await wrangler(["d1", "migrations", "list", "DB", "--local"], folder, process.env);
  expect(listed).toMatchObject({ ok: true, output: expect.stringContaining("No migrations to apply") });

  save(
    folder,
    "appflare.yaml",
    next
      .replace("body: { type: string, maxLength: 9, renamedFrom: text }", "more: string?")
      .replace("[text]", "[more]"),
  );
  const second = await dev(folder, "--allow-destructive");
  await until(second.running, () => second.running.out().includes("ready "));
  expect(second.running.out()).toContain("migrated column notes.body is gone\n");
  expect(await second.get("/queries/notes/list")).toEqual([{ id: 1, more: null }]);
  await stopped(second.running);
});

test("a port that is taken is one line and exit code 2", async () => {
  const folder = projectFolder(files);
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  const { code, err } = await appflare(folder, "dev", "--port", String(port));
  server.close();
  expect(code).toBe(2);
  expect(err).toBe(`appflare: port ${port} is taken: something else listens there. --port takes another.\n`);
});

test("seeds go in once, change with the file, and mistakes in them have places", async () => {
  const rows = `notes:\n  - { id: 7, text: seven }\n  - { id: 8, text: eight }\n`;
  const folder = projectFolder({
    ...files,
    "seed.yaml": rows,
    "bad.yaml": "notes:\n  - { id: x, txt: a }\n  - { text: a }\n  - seven\nnots: []\n",
  });
  expect(await appflare(folder, "seed", "bad.yaml")).toMatchObject({ code: 1, out: "" });
  const bad = await appflare(folder, "seed", "bad.yaml");
  expect(bad.err).toContain("bad.yaml:2:11 - error type/mismatch");
  expect(bad.err).toContain(
    'bad.yaml:2:14 - error reference/unknown-column: Table "notes" has no column "txt". Did you mean "text"?',
  );
  expect(bad.err).toContain('bad.yaml:2:5 - error seed/no-value: A row of "notes" needs a value for "text"');
  expect(bad.err).toContain(
    'bad.yaml:5:1 - error reference/unknown-table: There is no table "nots". Did you mean "notes"?',
  );
  expect(bad.err).toContain("bad.yaml:3:5 - error seed/no-key");
  expect(bad.err).toContain('bad.yaml:4:5 - error seed/rows: The rows of "notes" are a list of maps');
  expect(await appflare(folder, "seed", "none.yaml")).toEqual({
    code: 2,
    out: "",
    err: "appflare: none.yaml is not there.\n",
  });

  expect(await appflare(folder, "seed", "seed.yaml")).toEqual({
    code: 0,
    out: "seeded 2 rows from seed.yaml\n",
    err: "",
  });
  const { running, get, post } = await dev(folder, "--seed", "seed.yaml");
  await until(running, () => running.out().includes("ready "));
  expect(await get("/queries/notes/list")).toEqual([
    { id: 7, text: "seven" },
    { id: 8, text: "eight" },
  ]);
  expect(await post("/mutations/notes/create", { text: "nine" })).toEqual({ id: 9, text: "nine" });
  save(folder, "seed.yaml", rows.replace("eight", "EIGHT"));
  await until(running, () => times(running.out(), "ready ") === 2);
  expect(await get("/queries/notes/list")).toEqual([
    { id: 7, text: "seven" },
    { id: 8, text: "EIGHT" },
    { id: 9, text: "nine" },
  ]);
  await stopped(running);
});
