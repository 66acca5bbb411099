import { describe, expect, test } from "vitest";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";

/* Links over a table of one's own, whose rows need not lead to both ends, and by a column that may be null. */

const app = appOf(`
tables:
  albums:
    columns: { id: string }
    relations: { songs: { manyToMany: songs, through: tracks } }
  songs:
    columns: { id: string, code: { type: string, nullable: true, unique: true } }
  tracks:
    columns: { id: integer, songCode: string? }
    relations:
      album: { one: albums }
      song: { one: songs, columns: [songCode], references: [code] }
mutations:
  replace:
    args: { songs: { type: array, items: string } }
    update: albums
    where: { id: a }
    set: { songs: { replace: $args.songs } }
    expect: one
`);

async function songsAfter(songs: readonly string[]): Promise<unknown[]> {
  const memory = new Memory(app);
  memory.fill("albums", [{ id: "a" }, { id: "b" }]);
  memory.fill("songs", [
    { id: "one", code: "1" },
    { id: "two", code: "2" },
    { id: "bare", code: null },
  ]);
  memory.fill("tracks", [
    { album_id: "a", song_code: "1" },
    { album_id: "a", song_code: null },
    { album_id: "b", song_code: "1" },
  ]);
  await memory.call(app.operations.get("replace")!, { songs });
  const rows = memory.sqlite.prepare("SELECT album_id AS album, song_code AS song FROM tracks ORDER BY id").all();
  return rows.map(({ album, song }) => `${album} ${song}`);
}

describe("a replaced list of links", () => {
  test("has no others", async () => {
    expect(await songsAfter(["two"])).toEqual(["a null", "b 1", "a 2"]);
    expect(await songsAfter(["one"])).toEqual(["a 1", "a null", "b 1"]);
  });

  test("leaves rows that are no links where it is empty, too", async () => {
    expect(await songsAfter([])).toEqual(["a null", "b 1"]);
  });

  test("takes no row that has nothing to be linked by", async () => {
    await expect(songsAfter(["two", "bare"])).rejects.toMatchObject({ code: "not_found" });
  });
});

test("tables may be called what statements call their own rows", async () => {
  const called = appOf(
    `
auth: { emailPassword: true }
tables:
  rows:
    columns: { id: string }
    relations: { keys: { manyToMany: keys }, parent: { one: rows, optional: true } }
    rules: { read: { all: {} }, create: { known: { parent: { id: a } } }, update: { all: {} } }
  keys: { columns: { id: string } }
mutations:
  link: { args: { keys: { type: array, items: string } }, update: rows, where: { id: a }, set: { keys: { add: $args.keys } }, expect: one, returns: [id] }
  many: { args: { ids: { type: array, items: string } }, each: $args.ids, insert: rows, values: { id: $item, parentId: a }, returns: [id] }
`,
    "user",
  );
  const memory = new Memory(called);
  memory.fill("rows", [{ id: "a" }]);
  memory.fill("keys", [{ id: "k" }]);
  expect(await memory.call(called.operations.get("link")!, { keys: ["k"] })).toEqual({ id: "a" });
  expect(await memory.call(called.operations.get("many")!, { ids: ["b", "c"] })).toEqual([{ id: "b" }, { id: "c" }]);
});
