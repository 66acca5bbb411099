import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { manifest, project } from "./notes.ts";
import { freePort, projectFolder } from "./project.ts";
import { appflare, start, temporaryFolder, until } from "./terminal.ts";

test("schema prints the schema of the project; compile keeps the one among the generated files as it should be", async () => {
  const folder = project();
  const { code, out, err } = await appflare(folder, "schema");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out).$defs["notes.columns"].items.anyOf[0]).toEqual({ enum: ["id", "text"] });
  expect(readdirSync(folder)).toEqual(["appflare.yaml"]);
  const kept = join(folder, "generated/appflare.schema.json");
  await appflare(folder, "schema", "--out", "generated/appflare.schema.json");
  expect(readFileSync(kept, "utf8")).toBe(out);
  writeFileSync(join(folder, "appflare.yaml"), manifest.replace("text: string", "text: string\n      more: string?"));
  expect(await appflare(folder, "compile", "--check")).toMatchObject({ code: 1 });
  expect(await appflare(folder, "compile")).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(readFileSync(kept, "utf8")).$defs["notes.columns"].items.anyOf[0].enum).toContain("more");
  expect(await appflare(folder, "compile", "--check")).toMatchObject({ code: 0 });
});

test("schema --out writes the file, and a manifest with errors leaves the last good one", async () => {
  const folder = project();
  expect(await appflare(folder, "schema", "--out", "editor/schema.json")).toMatchObject({ code: 0, out: "" });
  const file = join(folder, "editor/schema.json");
  const good = readFileSync(file, "utf8");
  writeFileSync(join(folder, "appflare.yaml"), manifest.replace("list: notes }", "list: notse }"));
  const { code, err } = await appflare(folder, "schema", "--out", "editor/schema.json");
  expect(code).toBe(1);
  expect(err).toContain("reference/unknown-table");
  expect(readFileSync(file, "utf8")).toBe(good);
  await appflare(folder, "compile");
  expect(existsSync(join(folder, "generated"))).toBe(false);
});

test.each(["minimal", "taskboard"])(
  "the first line of a new %s project names a schema that is there and current",
  async (template) => {
    const folder = temporaryFolder();
    await appflare(folder, "init", ".", "--template", template);
    const [, path] = /^# yaml-language-server: \$schema=(.+)$/m.exec(
      readFileSync(join(folder, "appflare.yaml"), "utf8"),
    )!;
    const schema = readFileSync(join(folder, path!), "utf8");
    expect((await appflare(folder, "schema")).out).toBe(schema);
    expect(await appflare(folder, "compile")).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(join(folder, path!), "utf8")).toBe(schema);
  },
);

test("dev keeps the schema fresh, and the last good one while the manifest has errors", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  const running = start(folder, ["dev", "--port", String(await freePort())]);
  onTestFinished(async () => {
    running.interrupt();
    await running.done;
  });
  const columns = () => {
    const schema = JSON.parse(readFileSync(join(folder, "generated/appflare.schema.json"), "utf8"));
    return schema.$defs["notes.columns"].items.anyOf[0].enum;
  };
  const change = (text: string) => writeFileSync(join(folder, "appflare.yaml"), text);
  await until(running, () => running.out().includes("ready "));
  expect(columns()).toEqual(["id", "text"]);
  change(manifest.replace("text: string", "text: string\n      more: strng?"));
  await until(running, () => running.err().includes("The last good version is still served."));
  expect(columns()).toEqual(["id", "text"]);
  change(manifest.replace("text: string", "text: string\n      more: string?"));
  await until(running, () => running.out().split("ready ").length > 2);
  expect(columns()).toEqual(["id", "text", "more"]);
});
