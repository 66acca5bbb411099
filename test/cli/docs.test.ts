import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "./project.ts";
import { appflare } from "./terminal.ts";

const manifest = "appflare: 1\nname: notes\ntables: { notes: { columns: { id: integer, text: string } } }\n";

test("the page goes beside the manifest, or where it is told to", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  expect(await appflare(folder, "docs")).toEqual({ code: 0, out: "docs.html written\n", err: "" });
  expect(await appflare(folder, "docs", "--out", "public/api/notes.html")).toMatchObject({
    code: 0,
    out: "public/api/notes.html written\n",
  });
  const page = readFileSync(join(folder, "docs.html"), "utf8");
  expect(page).toContain('<article class="card" id="table-notes"');
  expect(readFileSync(join(folder, "public/api/notes.html"), "utf8")).toBe(page);
});

test("a manifest with errors has no page", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest.replace("string", "strin") });
  const { code, out, err } = await appflare(folder, "docs");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain('Did you mean "string"?');
  expect(() => readFileSync(join(folder, "docs.html"))).toThrow();
});

test("a page that cannot be written is one line and exit code 2", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  mkdirSync(join(folder, "docs.html"));
  expect(await appflare(folder, "docs")).toEqual({
    code: 2,
    out: "",
    err: "appflare: docs.html cannot be written (EISDIR).\n",
  });
});
