import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "./project.ts";
import { appflare } from "./terminal.ts";

const manifest = (database: string) => `appflare: 1
name: notes
defaults: { auth: public }
${database}
tables:
  notes: { columns: { id: uuid, text: string } }
queries:
  notes/list: { list: notes }
  notes/size: { returns: integer, handler: ./size.ts#size }
`;

const size = "export const size = () => 1;\n";

test("a dry run bundles through wrangler, needs no account and no ids, and says how big it is", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest("database: { id: $env.NOTES_ID }"), "size.ts": size });
  const { code, out, err } = await appflare(folder, "deploy", "--dry-run");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^Total Upload: \d+/);
  expect(readFileSync(join(folder, ".wrangler/dry-run/worker.js"), "utf8")).toContain("notes/list");
});

test("a handler that does not bundle is shown", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest(""), "size.ts": "export const size = ;\n" });
  const { code, out, err } = await appflare(folder, "deploy", "--dry-run");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain("size.ts:1:20");
  expect(err).not.toMatch(/wrangler \d|Logs were written/);
});

test("a real one asks for the database's id, and for the variables of the environment", async () => {
  const without = projectFolder({ "appflare.yaml": manifest(""), "size.ts": size });
  const asked = await appflare(without, "deploy");
  expect(asked).toMatchObject({ code: 1, out: "", err: expect.stringContaining("npx wrangler d1 create notes") });

  const folder = projectFolder({ "appflare.yaml": manifest("database: { id: $env.NOTES_ID }"), "size.ts": size });
  const err = "appflare: the environment has no NOTES_ID, which the manifest asks for.\n";
  expect(await appflare(folder, "deploy")).toEqual({ code: 2, out: "", err });
  expect(readdirSync(folder)).not.toContain("wrangler.deploy.jsonc");
});
