import { beforeEach, describe, expect, test } from "vitest";
import { planOperation } from "../../compiler/plan/plan.ts";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* What rules say to writes of several statements: steps, rows beside a row, links, lists. */

const app = appOf(
  `
auth: { emailPassword: true }
tables:
  boards:
    columns: { id: integer, name: string, open: { type: boolean, default: false } }
    relations:
      owner: { one: users, onDelete: cascade }
      cards: { many: cards }
      labels: { manyToMany: labels }
      members: { manyToMany: users, through: seats }
    conditions: { isOwner: { ownerId: $user.id }, canSee: [isOwner, { open: true }] }
    rules:
      read: { seen: canSee }
      create: { owner: isOwner }
      update: { owner: isOwner, anybody: { when: { open: true }, columns: [name, labels] } }
      delete: { owner: isOwner }
  cards:
    columns: { id: integer, title: string, rank: { type: integer, default: 0 }, shout: { type: string, expr: "title || '!'" } }
    relations: { board: { one: boards, optional: true, onDelete: cascade } }
    rules:
      read: { throughBoard: { board: canSee }, loose: { board: null } }
      create: { throughBoard: { all: [{ board: canSee }, { rank: { lt: 10 } }] }, loose: { board: null } }
      update: { throughBoard: { when: [{ board: canSee }, { title: loose }], columns: [title, rank, boardId] } }
      delete: { throughBoard: { board: isOwner } }
      deny: { create: { loud: { when: { shout: LOUD! }, message: Not so loud } } }
  labels:
    columns: { id: integer, name: string, open: { type: boolean, default: true } }
    relations: { boards: { manyToMany: boards, inverse: labels } }
    rules: { read: { open: { open: true } } }
  seats:
    columns: { id: integer, muted: { type: boolean, default: false } }
    relations: { board: { one: boards, onDelete: cascade }, user: { one: users, onDelete: cascade } }
    indexes: [{ columns: [boardId, userId], unique: true }]
    rules:
      read: { audible: { muted: false } }
      create: { owner: { board: isOwner } }
      delete: { self: { userId: $user.id } }
  notes: { columns: { id: integer, text: string?, number: integer? } }
mutations:
  nested:
    insert: boards
    values:
      name: $args.name
      ownerId: $args.ownerId
      cards: { each: $args.cards, values: { title: $item.title, rank: $item.rank } }
      labels: $args.labels
    args: { name: string, ownerId: string, labels: { type: array, items: integer }, cards: { type: array, items: { type: object, properties: { title: string, rank: integer } } } }
    returns: [id, name]
  adopt: { args: { cards: { type: array, items: integer } }, insert: boards, values: { name: new, ownerId: $user.id, cards: $args.cards }, returns: [name] }
  label: { args: { id: integer, add: { type: array, items: integer } }, update: boards, where: { id: $args.id }, set: { labels: { add: $args.add } }, expect: one, returns: [id] }
  relabel: { args: { id: integer, labels: { type: array, items: integer, optional: true }, name: string? }, update: boards, where: { id: $args.id }, set: { labels: { replace: $args.labels? }, name: $args.name? }, expect: one, returns: [id] }
  seat: { args: { id: integer, users: { type: array, items: string } }, update: boards, where: { id: $args.id }, set: { members: { add: $args.users } }, expect: one, returns: [id] }
  unseat: { args: { id: integer, users: { type: array, items: string } }, update: boards, where: { id: $args.id }, set: { members: { remove: $args.users } }, expect: one, returns: [id] }
  many: { args: { cards: { type: array, items: { type: object, properties: { boardId: integer, title: string } } } }, each: $args.cards, insert: cards, values: { boardId: $item.boardId, title: $item.title }, returns: [id] }
  ranks: { args: { cards: { type: array, items: { type: object, properties: { id: integer, rank: integer } } } }, each: $args.cards, update: cards, where: { id: $item.id }, set: { rank: $item.rank }, expect: one, returns: [id] }
  steps:
    args: { name: string, ownerId: string, rank: integer }
    steps:
      board: { insert: boards, values: { name: $args.name, ownerId: $args.ownerId } }
      card: { insert: cards, values: { title: first, boardId: $steps.board.id, rank: $args.rank } }
      note: { insert: notes, values: { number: $steps.card.id } }
    returns: { note: [number] }
  noted:
    args: { id: integer }
    steps:
      board: { get: boards, where: { id: $args.id } }
      note: { insert: notes, values: { text: $steps.board.name } }
    returns: { note: [text] }
  checked:
    args: { id: integer }
    steps:
      there: { check: { table: boards, where: { id: $args.id }, is: some } }
      note: { insert: notes, values: { text: there } }
    returns: { note: [text] }
  copied:
    steps: { copies: { each: { list: cards, where: { rank: { gte: 0 } } }, insert: cards, values: { title: $item.title, boardId: $item.boardId } } }
    returns: { copies: [title] }
  raised:
    steps: { cards: { each: { list: boards, where: { id: { gt: 0 } } }, update: cards, where: { boardId: $item.id }, set: { rank: { increment: 1 } } } }
    returns: { cards: [id, rank] }
  cleared:
    steps: { cards: { each: { list: boards, where: { id: { gt: 0 } } }, delete: cards, where: { boardId: $item.id } } }
    returns: { cards: [id] }
`,
  "user",
);

const caller = (id: string): Caller => ({ user: { id, role: "user" }, session: { id: `s-${id}` } });
const [ann, bob] = ["ann", "bob"].map(caller) as [Caller, Caller];

let memory: Memory;
beforeEach(() => {
  memory = new Memory(app);
  memory.fill(
    "users",
    ["ann", "bob"].map((id) => ({ id, name: id, email: `${id}@example.com`, role: "user" })),
  );
  memory.fill("boards", [
    { id: 1, name: "of ann", owner_id: "ann" },
    { id: 2, name: "of bob", owner_id: "bob" },
    { id: 3, name: "open", owner_id: "bob", open: 1 },
  ]);
  memory.fill("cards", [
    { id: 1, title: "one", board_id: 1 },
    { id: 2, title: "two", board_id: 2 },
    { id: 3, title: "three", board_id: 3 },
    { id: 4, title: "loose" },
    { id: 5, title: "stuck" },
  ]);
  memory.fill("labels", [
    { id: 1, name: "red", open: 1 },
    { id: 2, name: "hidden", open: 0 },
    { id: 3, name: "blue", open: 1 },
  ]);
  memory.fill("boards_labels", [
    { boards_id: 1, labels_id: 1 },
    { boards_id: 1, labels_id: 2 },
  ]);
  memory.fill("seats", [
    { board_id: 1, user_id: "bob", muted: 1 },
    { board_id: 3, user_id: "ann" },
    { board_id: 3, user_id: "bob" },
  ]);
});

const call = (name: string, args: Args, as: Caller = ann) =>
  memory.call(app.operations.get(name)!, args, { caller: as });

const tables = ["boards", "cards", "boards_labels", "seats", "notes"];
const dump = () => tables.map((table) => memory.sqlite.prepare(`SELECT * FROM ${table}`).all());
const rows = (sql: string) =>
  memory.sqlite
    .prepare(sql)
    .all()
    .map((row) => Object.values(row).join(" "));

/** Refused, with nothing written. */
async function refused(name: string, args: Args, as: Caller = ann) {
  const before = dump();
  const answer = await told(call(name, args, as));
  expect(dump()).toEqual(before);
  return answer;
}

const board = { name: "n", ownerId: "ann", labels: [], cards: [] };
const card = (title: string, rank = 0) => ({ title, rank });

describe("rows beside a row", () => {
  test("obey the rules of their tables, which see the row that was just written", async () => {
    expect(await call("nested", { ...board, labels: [1, 3], cards: [card("a"), card("b")] })).toMatchObject({
      name: "n",
    });
    expect(rows("SELECT title FROM cards WHERE board_id > 3")).toEqual(["a", "b"]);
    expect(rows("SELECT labels_id FROM boards_labels WHERE boards_id > 3")).toEqual(["1", "3"]);
  });

  test("refuse the whole write, and say which", async () => {
    expect(await refused("nested", { ...board, ownerId: "bob" })).toMatchObject({ rule: "boards.create" });
    expect(await refused("nested", { ...board, cards: [card("a"), card("b", 10)] })).toMatchObject({
      code: "forbidden",
      rule: "cards.create",
      details: { rules: [{ name: "throughBoard" }, { name: "loose" }], relation: "cards", item: 1 },
    });
    expect(await refused("nested", { ...board, labels: [1, 2] })).toMatchObject({ code: "not_found" });
  });

  test("that are there and come to lead to it are updated", async () => {
    expect(await call("adopt", { cards: [1, 4] })).toEqual({ name: "new" });
    expect(await refused("adopt", { cards: [2] })).toMatchObject({ code: "not_found" });
    expect(await refused("adopt", { cards: [5] })).toMatchObject({ code: "forbidden", rule: "cards.update" });
  });
});

describe("links", () => {
  test("lead to rows that may be read", async () => {
    expect(await call("label", { id: 1, add: [3] })).toEqual({ id: 1 });
    expect(await refused("label", { id: 1, add: [3, 2] })).toMatchObject({ code: "not_found" });
    expect(await refused("label", { id: 1, add: [9] })).toEqual(await refused("label", { id: 1, add: [2] }));
    expect(await refused("label", { id: 2, add: [1] })).toMatchObject({ code: "not_found" });
  });

  test("and stay where what they lead to may not be read", async () => {
    expect(await call("relabel", { id: 1, labels: [3] })).toEqual({ id: 1 });
    expect(rows("SELECT labels_id FROM boards_labels WHERE boards_id = 1 ORDER BY 1")).toEqual(["2", "3"]);
  });

  test("obey what an update's rule says of its relations", async () => {
    expect(await call("label", { id: 3, add: [1] })).toEqual({ id: 3 });
    expect(await call("relabel", { id: 3, name: "x" })).toEqual({ id: 3 });
    expect(await refused("seat", { id: 3, users: [] })).toMatchObject({ code: "forbidden", rule: "boards.update" });
  });

  test("obey the rules of a table between", async () => {
    expect(await call("seat", { id: 1, users: ["ann"] })).toEqual({ id: 1 });
    expect(await call("unseat", { id: 3, users: ["bob"] }, bob)).toEqual({ id: 3 });
    expect(await refused("unseat", { id: 3, users: ["ann"] }, bob)).toMatchObject({
      code: "forbidden",
      rule: "seats.delete",
    });
  });

  test("that may not be read are neither made twice nor taken away", async () => {
    expect(await call("seat", { id: 1, users: ["bob"] })).toEqual({ id: 1 });
    expect(await call("unseat", { id: 1, users: ["bob"] })).toEqual({ id: 1 });
    expect(rows("SELECT user_id, muted FROM seats WHERE board_id = 1")).toEqual(["bob 1"]);
  });
});

describe("lists", () => {
  test("new rows are judged before any is written, and still written at once", async () => {
    const cards = [1, 3, 1].map((boardId) => ({ boardId, title: "x" }));
    expect(await call("many", { cards })).toEqual([{ id: 6 }, { id: 7 }, { id: 8 }]);
    expect(memory.log).toHaveLength(2);
    expect(await refused("many", { cards: [...cards, { boardId: 2, title: "x" }] })).toMatchObject({
      code: "forbidden",
      rule: "cards.create",
      details: { item: 3 },
    });
    const loud = { boardId: 2, title: "LOUD" };
    expect(await refused("many", { cards: [{ boardId: 2, title: "x" }, ...cards, loud, loud] })).toEqual({
      code: "forbidden",
      message: "Not so loud",
      rule: "cards.create",
      details: { rules: [{ name: "loud", message: "Not so loud" }], item: 4 },
    });
  });

  test("new rows beside a row, too", async () => {
    await call("nested", { ...board, cards: ["a", "b", "c"].map((title) => card(title)) });
    expect(memory.log.filter(({ sql }) => sql.includes('WITH "_af_rows"'))).toHaveLength(1);
    expect(memory.log.filter(({ sql }) => sql.startsWith('INSERT INTO "cards"'))).toHaveLength(1);
    const cards = ["a", "b", "LOUD", "d"].map((title) => card(title));
    expect(await refused("nested", { ...board, cards })).toMatchObject({ details: { relation: "cards", item: 2 } });
  });

  test("each change is judged by the rows as it meets them", async () => {
    expect(
      await call("ranks", {
        cards: [
          { id: 1, rank: 2 },
          { id: 3, rank: 3 },
        ],
      }),
    ).toEqual([{ id: 1 }, { id: 3 }]);
    expect(
      await refused("ranks", {
        cards: [
          { id: 1, rank: 2 },
          { id: 5, rank: 3 },
        ],
      }),
    ).toMatchObject({ rule: "cards.update", details: { item: 1 } });
    expect(
      await refused("ranks", {
        cards: [
          { id: 1, rank: 2 },
          { id: 2, rank: 3 },
        ],
      }),
    ).toMatchObject({ code: "not_found", details: { item: 1 } });
  });

  test("rows of a table are those that may be read, and what is done for them obeys rules", async () => {
    expect(await call("copied", {})).toEqual({
      copies: ["one", "three", "loose", "stuck"].map((title) => ({ title })),
    });
    expect(await call("raised", {})).toMatchObject({
      cards: expect.arrayContaining([
        { id: 1, rank: 1 },
        { id: 3, rank: 1 },
      ]),
    });
    expect(await refused("cleared", {})).toMatchObject({ code: "forbidden", rule: "cards.delete" });
    expect(await call("cleared", {}, bob)).toMatchObject({ cards: expect.arrayContaining([{ id: 2 }, { id: 3 }]) });
    expect(rows("SELECT id FROM cards WHERE id IN (1, 2, 3)")).toEqual(["1"]);
  });
});

describe("steps", () => {
  test("see what those before them wrote, and refuse by name", async () => {
    expect(await call("steps", { name: "n", ownerId: "ann", rank: 0 })).toEqual({ note: { number: 6 } });
    expect(await refused("steps", { name: "n", ownerId: "bob", rank: 0 })).toMatchObject({
      rule: "boards.create",
      details: { step: "board" },
    });
    expect(await refused("steps", { name: "n", ownerId: "ann", rank: 10 })).toMatchObject({
      rule: "cards.create",
      details: { step: "card" },
    });
  });

  test("read, check and keep of rows that may be read alone", async () => {
    expect(await call("noted", { id: 1 })).toEqual({ note: { text: "of ann" } });
    expect(await call("noted", { id: 2 })).toEqual({ note: { text: null } });
    expect(await call("checked", { id: 3 })).toEqual({ note: { text: "there" } });
    expect(await refused("checked", { id: 2 })).toMatchObject({ code: "not_found", details: { step: "there" } });
  });
});

test("where the system writes nothing is asked", () => {
  for (const operation of app.operations.values()) {
    const plan = JSON.stringify(planOperation({ ...operation, asSystem: "a reason" }, app));
    expect(plan).not.toMatch(/forbidden!|foreign!|unique!/);
  }
});
