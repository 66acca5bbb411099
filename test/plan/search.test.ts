import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkTables } from "../../compiler/ir/link.ts";
import { tablesModel } from "../../compiler/ir/serialize.ts";
import { createPlanner } from "../../compiler/plan/planner.ts";
import { executor } from "../../runtime/server/execute.ts";
import { searchWords } from "../../runtime/server/searchWords.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

const app = appOf(`
tables:
  notes:
    columns: { id: uuid, title: string, body: string?, rowid: integer }
    relations: { book: { one: books, optional: true, onDelete: cascade } }
    searchable: [title, body]
  books:
    columns: { id: integer, name: string }
    relations: { notes: { many: notes } }
    searchable: [name]
queries:
  find: { args: { text: string? }, list: notes, select: [id], where: { search: $args.text? } }
  best: { args: { text: string? }, list: notes, select: [id], where: { search: $args.text? }, orderBy: [relevance] }
  worst: { args: { text: string }, list: notes, select: [id], where: { search: $args.text }, orderBy: [-relevance], with: { book: true } }
  without: { args: { text: string }, list: notes, select: [id], where: { not: { search: $args.text } } }
  either: { args: { text: string }, list: notes, select: [id], where: { any: [{ search: $args.text }, { title: x }] } }
  fixed: { list: notes, select: [id], where: { search: '"white wine" sau' } }
  books:
    args: { text: string }
    list: books
    select: [id]
    where: { notes: { some: { search: $args.text } } }
    with: { notes: { select: [id], where: { search: $args.text }, orderBy: [relevance] } }
mutations:
  remove: { args: { text: string }, delete: notes, where: { search: $args.text }, returns: [id] }
`);

/** Ids of notes are their first letter. */
function filled(...notes: readonly [title: string, body?: string | undefined, book?: number][]): Memory {
  const memory = new Memory(app);
  memory.fill("books", [
    { id: 1, name: "Red" },
    { id: 2, name: "Blue" },
  ]);
  const rows = notes.map(([title, body, book], at) => {
    return { id: "abcdefgh"[at]!, title, body: body ?? null, rowid: at, book_id: book ?? null };
  });
  memory.fill("notes", rows);
  return memory;
}

async function ids(memory: Memory, name: string, args: object = {}): Promise<string> {
  const rows = (await memory.call(app.operations.get(name)!, args as never)) as { id: string }[];
  return rows.map(({ id }) => id).join("");
}

describe("search", () => {
  test.each([
    ["wine", "ab"],
    ["WINE", "ab"],
    ["white wine", "a"],
    ["wine white", "a"],
    ["wi", "abd"],
    ["wi white", ""],
    ['"white wine"', "a"],
    ['"wine white"', ""],
    ['"red wi', "b"],
    ['"red wi"', ""],
    ["muller", "c"],
    ["MÜLLER", "c"],
    ["müll", "c"],
    ["ca-va", "d"],
    ["it's", "d"],
    ["wine OR muller", ""],
    ["wine -white", "a"],
    ["title:wine", ""],
    ["NEAR(white wine)", ""],
    ["wine *", "ab"],
    ["* wi", "abd"],
    ["東京", "e"],
    ["東", "e"],
    ["", ""],
    [" ", ""],
    ['"', ""],
    ["-", ""],
    ["😀", ""],
  ])("%j finds %j", async (text, expected) => {
    const memory = filled(
      ["White wine", "sauce"],
      ["Soup", "with red wine"],
      ["Müller", undefined],
      ["Ça va?", "It's with -white- window"],
      ["東京 2026"],
    );
    expect(await ids(memory, "find", { text })).toBe(expected);
    expect([...(await ids(memory, "best", { text }))].sort().join("")).toBe(expected);
    const rest = [..."abcde"].filter((id) => !expected.includes(id)).join("");
    expect(await ids(memory, "without", { text })).toBe(rest);
  });

  test("absent with its argument, order and all", async () => {
    const memory = filled(["b wine"], ["a"]);
    expect(await ids(memory, "find")).toBe("ab");
    expect(await ids(memory, "best")).toBe("ab");
    expect(await ids(memory, "find", { text: null })).toBe("");
  });

  test("the best match comes first", async () => {
    const memory = filled(["a long text that says wine somewhere in the middle of it all"], ["wine"], ["beer"]);
    expect(await ids(memory, "best", { text: "wine" })).toBe("ba");
    expect(await ids(memory, "worst", { text: "wine" })).toBe("ab");
  });

  test("stands among alternatives, in related rows, and in writes", async () => {
    const memory = filled(
      ["white wine", "sauce", 1],
      ["x", undefined, 2],
      ["wine", undefined, 1],
      ["beer", undefined, 2],
    );
    expect(await ids(memory, "either", { text: "wine" })).toBe("abc");
    expect(await ids(memory, "fixed")).toBe("a");
    const books = await memory.call(app.operations.get("books")!, { text: "wine" });
    expect(books).toEqual([{ id: 1, notes: [{ id: "c" }, { id: "a" }] }]);
    expect([...(await ids(memory, "remove", { text: "wine" }))].sort().join("")).toBe("ac");
    expect(await ids(memory, "find", { text: "wine" })).toBe("");
  });

  test("follows writes on every path", async () => {
    const memory = filled(["wine", undefined, 1], ["wine", undefined, 2]);
    const found = () => ids(memory, "find", { text: "wine" });
    memory.sqlite.exec("PRAGMA foreign_keys = on; DELETE FROM books WHERE id = 1");
    expect(await found()).toBe("b");
    memory.sqlite.exec("UPDATE notes SET title = 'beer'");
    expect(await found()).toBe("");
    const insert = "INSERT INTO notes (id, title, rowid) VALUES ('b', 'wine', 7)";
    memory.sqlite.exec(`${insert} ON CONFLICT (id) DO UPDATE SET title = excluded.title`);
    expect(await found()).toBe("b");
    memory.sqlite.exec("INSERT OR REPLACE INTO notes (id, title, rowid) VALUES ('b', 'tea', 7)");
    expect(await found()).toBe("");
    memory.sqlite.exec("BEGIN; UPDATE notes SET title = 'wine'; ROLLBACK");
    expect(await found()).toBe("");
    expect(await ids(memory, "find", { text: "tea" })).toBe("b");
  });

  test("is reckoned once for all rows that are ordered by it", async () => {
    const memory = filled(["wine"]);
    await ids(memory, "best", { text: "wine" });
    const [, found, joined] = memory.lastPlan();
    expect(found).toMatch(/^SCAN t0_search VIRTUAL TABLE/);
    expect(joined).toMatch(/^SEARCH t0 USING INTEGER PRIMARY KEY/);
  });
});

test("a handler searches, and asks for what is near", async () => {
  const tables = appOf(`
tables:
  spots: { columns: { id: integer, name: string, latitude: number, longitude: number }, searchable: [name] }
  plain: { columns: { id: integer, name: string } }`);
  const memory = new Memory(tables);
  memory.fill("spots", [
    { id: 1, name: "It's here", latitude: 1, longitude: 1 },
    { id: 2, name: "here too", latitude: 0, longitude: 0 },
  ]);
  const planner = createPlanner(linkTables(tablesModel(tables)), { defaultLimit: 10, maxLimit: 10 });
  const list = async (options: object, table = "spots") => {
    const { operation } = planner.plan("list", table, options);
    const constraints = { tables: {}, uniqueIndexes: {}, checks: {} };
    const call = { args: {}, now: 0, generated: new Map(), database: memory, constraints };
    return JSON.parse(await executor(operation)(call as never));
  };
  const near = { latitude: 1, longitude: 1.1, within: 1e6, of: ["latitude", "longitude"] };
  const both = { where: { near, search: "it's" }, orderBy: ["relevance", "-distance"], select: ["id"] };
  expect(await list(both)).toEqual([{ id: 1 }]);
  expect(memory.log.at(-1)!.sql).not.toMatch(/it's|1\.1/);
  expect(await list({ where: { near }, orderBy: ["-distance"], select: ["id"] })).toEqual([{ id: 2 }, { id: 1 }]);
  expect(await list({ where: { near: { ...near, latitude: undefined } }, select: ["id"] })).toHaveLength(2);
  await expect(list({ where: { search: "x" } }, "plain")).rejects.toThrow(/^where.search: Nothing of "plain"/);
  await expect(list({ where: { near: { ...near, latitude: 91 } } })).rejects.toThrow(
    /^where.near.latitude: 91 does not/,
  );
  await expect(list({ where: { near: { ...near, radius: 5 } } })).rejects.toThrow(
    /^where.near.radius: "radius" has no use/,
  );
  await expect(list({ where: { near: { latitude: 1 } } })).rejects.toThrow(
    /^where.near: .* is not a place and a distance/,
  );
  await expect(list({ orderBy: ["distance"] })).rejects.toThrow(/^orderBy.0: "distance" needs a "near"/);
});

describe("whatever is typed", () => {
  const syntax = fc.constantFrom(
    ..."\"'*^+-:(){}[]\\;,.!?%_~|&<>=@#$ \t\n",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR/2",
    "title",
    "wine",
    "--",
    "/*",
  );
  const typed = fc.oneof(
    fc.array(syntax, { maxLength: 12 }).map((parts) => parts.join("")),
    fc.array(syntax, { maxLength: 8 }).map((parts) => parts.join(" ")),
    fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll("\0", "")),
    fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replaceAll("\0", "")),
  );

  test("is a text and never an error", async () => {
    const memory = filled(["white wine", "title AND OR NOT near", 1], ["beer"]);
    const property = fc.asyncProperty(typed, async (text) => {
      const found = await ids(memory, "best", { text });
      expect(await ids(memory, "find", { text })).toBe([...found].sort().join(""));
      expect([...found, ...(await ids(memory, "without", { text }))].sort().join("")).toBe("ab");
    });
    await fc.assert(property, { numRuns: 3000 });
  }, 60_000);

  test("finds the text that it is typed from, word by word, and any beginning of the last one", async () => {
    const letter = fc.constantFrom(..."abcäé9中");
    const word = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(""));
    const between = fc.constantFrom(" ", "-", ", ", ' " ', "*", ":");
    const property = fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 5 }),
      between,
      async (words, separator) => {
        const memory = filled([words.join(" ")]);
        const last = words.at(-1)!;
        for (const length of [1, last.length]) {
          const text = [...words.slice(0, -1), [...last].slice(0, length).join("")].join(separator);
          expect(await ids(memory, "find", { text }), text).toBe("a");
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  }, 60_000);

  test("has at most a thousand characters, which are found at once", async () => {
    const memory = filled(["wine w"]);
    expect(app.operations.get("find")!.args.get("text")).toMatchObject({ type: { kind: "string", maxLength: 1000 } });
    const start = performance.now();
    expect(await ids(memory, "find", { text: "w ".repeat(500) })).toBe("a");
    expect(await ids(memory, "find", { text: `"${"w ".repeat(499)}"` })).toBe("");
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each([
    ["a b", '"a" "b"*'],
    ['say "a b" c"d', '"say" "a b" "c" "d"*'],
    ['"a b"', '"a b"'],
    ["a -", '"a"*'],
    [" . ", '""'],
    [null, '""'],
  ])("%j asks FTS5 for %s", (text, asked) => expect(searchWords(text)).toBe(asked));
});
