import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import { applyFixes } from "../../compiler/diagnostics/applyFixes.ts";
import { Database } from "../../compiler/explain/database.ts";
import { explain } from "../../compiler/explain/explain.ts";

/* What is advised is reckoned without SQLite, so that it costs nothing and is the same everywhere: here SQLite has to agree. */

const checked = (text: string) =>
  check("appflare.yaml", (path) => (path === "appflare.yaml" ? new TextEncoder().encode(text) : undefined));

/** The manifest with every advised index, as `compile --fix` writes it. */
function withAdvice(text: string): string {
  for (let round = 0; round < 20; round++) {
    const { texts } = applyFixes(checked(text).diagnostics);
    const [changed] = texts.values();
    if (changed === undefined) return text;
    text = changed;
  }
  throw new Error("Advice has no end");
}

const diagnosed = (name: string) =>
  readFileSync(join(import.meta.dirname, `../diagnostics/index/${name}/appflare.yaml`), "utf8");

const styles = `appflare: 1
name: styles
defaults: { auth: public }
tables:
  flow: { columns: { id: uuid, a: string } }
  blocks:
    columns:
      id: uuid
      a: string # the last
      b: string
    indexes:
      # by b
      - [b] # once
  lists:
    columns: { id: uuid, a: string, b: string, c: string }
    indexes: [[b], [c]]
    checks: { some: a <> '' }
  links:
    columns: { id: uuid }
    relations:
      flow: { one: flow, index: false }
      block:
        optional: true
        one: blocks # there
queries:
  flow/of: { args: { a: string }, list: flow, where: { a: $args.a } }
  blocks/of: { args: { a: string }, list: blocks, where: { a: $args.a } }
  lists/of: { args: { a: string }, list: lists, where: { a: $args.a } }
mutations:
  flow/clear: { delete: flow, all: true }
  blocks/clear: { delete: blocks, all: true }
`;

const more = `appflare: 1
name: more
defaults: { auth: public }
tables:
  people:
    columns: { id: uuid, email: string, town: string, active: boolean, lat: number?, lng: number? }
    relations: { posts: { many: posts }, tags: { manyToMany: tags } }
  tags: { columns: { id: uuid, name: string } }
  posts:
    columns: { id: integer, slug: string, at: timestamp, state: string, hidden: boolean }
    relations: { author: { one: people, onDelete: cascade } }
queries:
  byTag: { args: { name: string }, list: people, where: { tags: { some: { name: $args.name } } } }
  byAuthor: { args: { town: string }, list: posts, where: { author: { town: $args.town } } }
  newest: { list: posts, where: { hidden: false }, orderBy: [-at], limit: 10 }
  ofPerson: { args: { id: uuid }, page: posts, where: { authorId: $args.id, hidden: false }, orderBy: [-at] }
  since: { args: { at: timestamp }, aggregate: posts, where: { state: open, at: { gte: $args.at } }, select: { total: { count: all } } }
  near: { args: { a: number, b: number }, list: people, where: { near: { latitude: $args.a, longitude: $args.b, within: 500, of: [lat, lng] } } }
  withPosts: { list: people, with: { posts: { orderBy: [-at], limit: 3 } } }
mutations:
  close:
    steps:
      gone: { check: { table: people, where: { email: nobody@example.com }, is: none } }
      posts: { each: { list: posts, where: { slug: draft } }, update: posts, where: { id: $item.id }, set: { hidden: true } }
`;

describe("SQLite uses every index that is advised", () => {
  test.each([
    ["missing", diagnosed("missing")],
    ["missing-relation", diagnosed("missing-relation")],
    ["styles", styles],
    ["more", more],
  ])("%s", (_, text) => {
    const before = checked(text);
    expect(before.app).toBeDefined();
    expect(before.diagnostics.length).toBeGreaterThan(0);
    const { app, diagnostics } = checked(withAdvice(text));
    expect(diagnostics.filter(({ code }) => code !== "index/repeated")).toEqual([]);

    const database = new Database(app!);
    const operations = [...app!.operations.values()];
    const explained = operations.map((operation) => explain(operation, app!, database)!);
    const statements = explained.flatMap((each) =>
      "steps" in each ? each.steps.flatMap((step) => step.statements) : [each],
    );
    const used = new Set(statements.flatMap(({ indexes }) => indexes.map(({ sqlName }) => sqlName)));
    database.close();
    const known = new Set(
      [...before.app!.tables.values()].flatMap(({ indexes }) => indexes.map(({ sqlName }) => sqlName)),
    );
    const advised = [...app!.tables.values()].flatMap(({ indexes }) => indexes.map(({ sqlName }) => sqlName));
    // what a delete that cascades has SQLite look for stands in no plan
    const hidden = ["photos_visit_id_index"];
    expect(advised.filter((name) => ![...known, ...used, ...hidden].includes(name))).toEqual([]);
  });
});

test("the fix writes in the style of what stands there", () => {
  expect(withAdvice(styles).split("queries:")[0]).toBe(`appflare: 1
name: styles
defaults: { auth: public }
tables:
  flow: { columns: { id: uuid, a: string }, indexes: [[a]] }
  blocks:
    columns:
      id: uuid
      a: string # the last
      b: string
    indexes:
      # by b
      - [b] # once
      - [a]
  lists:
    columns: { id: uuid, a: string, b: string, c: string }
    indexes: [[b], [c], [a]]
    checks: { some: a <> '' }
  links:
    columns: { id: uuid }
    relations:
      flow: { one: flow, index: true }
      block:
        optional: true
        one: blocks # there
        index: true
`);
});
