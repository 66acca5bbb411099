import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { projectSchema } from "../../compiler/emit/schema/schema.ts";

/* What is offered where people sign in. */

// biome-ignore lint/suspicious/noExplicitAny: a schema of any shape, walked by its paths
type Node = any;

const text = readFileSync(join(import.meta.dirname, "../diff/auth.yaml"), "utf8");
const schemaOf = (manifest: string): Node =>
  projectSchema(check("appflare.yaml", () => Buffer.from(manifest)).app!) as Node;
const { $defs: defs, properties: sections }: Node = schemaOf(text);
const offered = (node: Node): Node[] => (node?.$ref ? defs[node.$ref.slice(8)] : node)?.anyOf?.[0]?.enum ?? [];

test("roles may call", () => {
  expect(offered(defs.auth)).toEqual(["user", "public", "editor", "admin"]);
  expect(offered(defs.auth.items)).toEqual(["editor", "admin"]);
  const open = schemaOf("{ appflare: 1, name: open, tables: { notes: { columns: { id: uuid } } } }");
  expect(open.$defs.auth.anyOf[0].enum).toEqual(["public"]);
});

test("conditions speak of who calls, values too where somebody does", () => {
  const { properties } = defs["notes.condition"];
  expect(offered(properties.ownerId)).toEqual(expect.arrayContaining(["$user.id", "$user.plan", "$session.id"]));
  expect(offered(properties["$user.role"])).toEqual(expect.arrayContaining(["user", "editor", "admin"]));
  expect(offered(defs.NotesAdd.then.properties.values.properties.text)).toEqual(
    ["id", "name", "email", "role", "plan"].map((field) => `$user.${field}`).concat("$session.id"),
  );
  const open = text.replace(
    "insert: notes, input: [text], values: { ownerId: $user.id }",
    "as: system, because: Hooks, auth: public, insert: notes, input: [text, ownerId]",
  );
  expect(schemaOf(open).$defs.NotesAdd).toBeUndefined();
});

test("no secret is offered, no table of sign-in to declare or to insert into, and of users what may be written", () => {
  expect(JSON.stringify(defs)).not.toMatch(/(\.|")(token|password|refreshToken)\b/);
  expect(Object.keys(sections.tables.properties)).toEqual(["notes"]);
  expect(offered(defs.insert)).toEqual(["notes"]);
  expect(offered(defs.update)).toEqual(["users", "notes"]);
  expect(offered(defs.delete)).toEqual(["sessions", "notes"]);
  expect(offered(defs["users.changes"].items)).toEqual(["name", "image", "plan", "nickname"]);
  expect(offered(defs.one)).toContain("users");
});
