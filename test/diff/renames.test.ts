import { expect, test } from "vitest";
import { changesOf } from "./compare.ts";

const manifest = (table: string, title: string, owner: string, former: readonly [string, string, string]) => `
appflare: 1
name: blog
defaults: { auth: public }
tables:
  users: { columns: { id: uuid, name: string } }
  tags: { columns: { id: uuid } }
  ${table}:
    ${former[0]}
    columns: { id: uuid, ${title}: { type: string${former[1]} }, body: string? }
    relations: { ${owner}: { one: users, index: true${former[2]} }, tags: { manyToMany: tags } }
    indexes: [[${title}]]
    checks: { title_set: ${title} <> '' }
    conditions: { isAdas: { ${owner}: { name: Ada } } }
queries:
  posts/list: { list: ${table}, where: [isAdas, { ${title}: hello }], select: [id, body], orderBy: [-${title}] }
mutations:
  posts/shout: { update: ${table}, all: true, set: { ${title}: "HELLO" }, returns: [id] }
`;

const before = manifest("posts", "title", "owner", ["sqlName: posts", "", ""]);

test("what is renamed by `renamedFrom` is told as that alone, wherever it is named", () => {
  const former = ["renamedFrom: posts", ", renamedFrom: title", ", renamedFrom: owner"] as const;
  const found = changesOf(before, manifest("articles", "headline", "author", former));
  expect(found.map(({ level, code, subject }) => `${level} ${code}:${subject}`).sort()).toEqual([
    "WARNING column/renamed:articles.authorId",
    "WARNING column/renamed:articles.headline",
    "WARNING column/renamed:articlesTags.articlesId",
    "WARNING relation/renamed:articles.author",
    "WARNING relation/renamed:articlesTags.articles",
    "WARNING table/renamed:articles",
    "WARNING table/renamed:articlesTags",
  ]);
});

test("without it, what is gone asks whether it is what is new", () => {
  const found = changesOf(before, manifest("articles", "title", "owner", ["", "", ""]));
  const gone = found.find(({ code, subject }) => code === "table/removed" && subject === "posts");
  expect(gone?.reason).toMatch(/ Is it "articles" now\? Then `renamedFrom: posts` there keeps the data\.$/);
  const columns = changesOf(before, manifest("posts", "titel", "owner", ["sqlName: posts", "", ""]));
  const column = columns.find(({ code }) => code === "column/removed");
  expect(column).toMatchObject({ level: "DESTRUCTIVE", subject: "posts.title", side: "before" });
  expect(column?.reason).toMatch(/ Is it "titel" now\? Then `renamedFrom: title` there keeps the data\.$/);
});
