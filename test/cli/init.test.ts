import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appflare, temporaryFolder } from "./terminal.ts";

test.each(["minimal", "taskboard"])("a new project of %s compiles as it is", async (template) => {
  const folder = temporaryFolder();
  const made = await appflare(folder, "init", "My Board", "--template", template);
  expect(made).toMatchObject({ code: 0, err: "" });
  expect(made.out).toContain("Next: cd My Board && npm install && npx appflare dev");
  const project = join(folder, "My Board");
  const manifest = readFileSync(join(project, "appflare.yaml"), "utf8");
  expect(manifest).toContain("name: my-board\n");
  expect(manifest).toContain("$schema=./generated/appflare.schema.json\n");
  expect(await appflare(project, "compile")).toMatchObject({ code: 0, err: "" });
});

test("nothing is overwritten, and a package.json is completed", async () => {
  const folder = temporaryFolder();
  const own = { name: "mine", scripts: { dev: "vite" }, dependencies: { appflare: "file:../appflare.tgz" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(own));
  writeFileSync(join(folder, "README.md"), "mine");
  const { code, out } = await appflare(folder, "init");
  expect(code).toBe(0);
  expect(out).toContain("kept    README.md");
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("mine");
  const completed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  expect(completed).toMatchObject(own);
  expect(completed.type).toBe("module");
  expect(completed.devDependencies.node).toMatch(/^22\./);
  expect(await appflare(folder, "init")).toMatchObject({
    code: 2,
    err: expect.stringContaining("already; nothing was written"),
  });
});

test("a broken package.json stops it before anything is written", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "p"));
  writeFileSync(join(folder, "p/package.json"), "{ nonsense");
  expect(await appflare(folder, "init", "p")).toMatchObject({ code: 2 });
  expect(readdirSync(join(folder, "p"))).toEqual(["package.json"]);
});
