import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { packageFiles } from "../../compiler/emit/client-ts/package.ts";

const root = join(import.meta.dirname, "../..");

test("the client's package builds and works alone", { timeout: 60_000 }, async () => {
  const { app } = check("specs/taskboard/appflare.yaml", (path) => readFileSync(join(root, path)));
  const runtime = globSync("{client,wire}/*.ts", { cwd: join(root, "runtime") }).map((path) => ({
    path,
    contents: readFileSync(join(root, "runtime", path), "utf8"),
  }));
  const folder = mkdtempSync(join(tmpdir(), "appflare-client-"));
  for (const { path, contents } of packageFiles(app!, runtime)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  const built = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
  expect(built.stdout).toBe("");

  const { createClient, isAppflareError } = await import(pathToFileURL(join(folder, "dist/client.js")).href);
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return Response.json([{ id: 1, dueAt: "2026-01-02T03:04:05.006Z", createdAt: "2026-01-01T00:00:00.000Z" }]);
  };
  const client = createClient({ baseUrl: "https://api.example.com/", fetch });
  const [task] = await client.queries.tasks.list({ projectId: "p", labels: ["a b"] });
  expect(asked).toEqual(["https://api.example.com/queries/tasks/list?projectId=p&labels=%5B%22a%20b%22%5D"]);
  expect(task.dueAt).toEqual(new Date("2026-01-02T03:04:05.006Z"));
  expect(isAppflareError(new Error("another"))).toBe(false);

  // whoever imports the package sees its types
  const user = mkdtempSync(join(tmpdir(), "appflare-user-"));
  mkdirSync(join(user, "node_modules"));
  symlinkSync(folder, join(user, "node_modules/taskboard-client"));
  writeFileSync(join(user, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(user, "use.ts"),
    [
      'import { createClient, type ProjectStatus } from "taskboard-client";',
      'const client = createClient({ baseUrl: "" });',
      'const rows = await client.queries.projects.list({ status: "active" });',
      "export const status: ProjectStatus | undefined = rows[0]?.status;",
      "// @ts-expect-error there is no such member",
      'await client.queries.projects.list({ status: "lost" });',
      "// @ts-expect-error an argument is missing",
      "await client.queries.projects.get({});",
    ].join("\n"),
  );
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "",
    join(user, "use.ts"),
  ];
  const used = spawnSync(join(root, "node_modules/.bin/tsc"), options, { encoding: "utf8" });
  expect(used.stdout).toBe("");
  rmSync(folder, { recursive: true });
  rmSync(user, { recursive: true });
});
