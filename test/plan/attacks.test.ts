import { beforeEach, describe, expect, test } from "vitest";
import type { Args } from "../../runtime/server/args.ts";
import type { Caller } from "../../runtime/server/caller.ts";
import { Memory } from "./database.ts";
import { appOf } from "./manifest.ts";
import { told } from "./told.ts";

/* Columns that are guarded are keys, too: what leads by them tells nothing of what they hold. */

const app = appOf(
  `
auth: { emailPassword: true }
tables:
  tasks:
    columns:
      id: string
      title: string
      ownerId: string
      code: { type: string, unique: true, read: { ownerId: $user.id } }
      hiddenNote: { type: string, nullable: true, read: { ownerId: $user.id } }
      level: { type: integer, nullable: true, read: { ownerId: $user.id } }
      noteCount: { count: notes }
    relations:
      notes: { many: notes, inverse: task }
      hidden: { one: notes, columns: [hiddenNote] }
    rules:
      read: { all: {} }
      create: { all: {} }
      update: { plain: { level: null } }
      delete: { all: {} }
  notes:
    columns: { id: string, text: string }
    relations:
      task: { one: tasks, references: [code], column: taskCode, optional: true, onDelete: cascade }
      about: { one: tasks, optional: true, onDelete: set null }
mutations:
  note: { insert: notes, input: [id, text, taskCode], returns: [id] }
  move: { args: { id: string, code: string }, update: notes, where: { id: $args.id }, set: { taskCode: $args.code }, expect: one, returns: [id] }
  some: { args: { id: string, text: string }, delete: tasks, where: { id: $args.id, hidden: { text: $args.text } }, returns: [id] }
  any: { args: { id: string }, delete: tasks, where: { id: $args.id, hidden: {} }, returns: [id] }
  many: { args: { id: string, text: string }, delete: tasks, where: { id: $args.id, notes: { some: { text: $args.text } } }, returns: [id] }
  count: { args: { id: string }, delete: tasks, where: { id: $args.id, noteCount: { gt: 0 } }, returns: [id] }
  step:
    args: { id: string, text: string }
    steps:
      task: { get: tasks, where: { id: $args.id, hidden: { text: $args.text } } }
      note: { insert: notes, values: { id: new, text: got, aboutId: $steps.task.id } }
    returns: { note: [id, aboutId] }
  make: { insert: tasks, input: [id, title, code, ownerId], returns: [noteCount] }
queries:
  may: { list: notes, where: { about: { may: update } }, select: [id] }
  mayNot: { list: notes, where: { not: { about: { may: update } } }, select: [id] }
`,
  "user",
);

const caller = (id: string): Caller => ({ user: { id, role: "user" }, session: { id } });
const ann = caller("ann");
const bob = caller("bob");

let memory: Memory;
beforeEach(() => {
  memory = new Memory(app);
  memory.fill("tasks", [
    { id: "a", title: "a", code: "secret", owner_id: "bob", level: 3 },
    { id: "b", title: "b", code: "other", owner_id: "bob", level: 3 },
  ]);
  memory.fill("notes", [{ id: "n", text: "n", task_code: "secret", about_id: "a" }]);
  memory.sqlite.exec("UPDATE tasks SET hidden_note = 'n' WHERE id = 'a'");
});

const call = (name: string, args: Args, as: Caller = ann) =>
  told(memory.call(app.operations.get(name)!, args, { caller: as }));

describe("a key that leads to a guarded column", () => {
  test.each(["note", "move"])("%s is refused whether the value is there or not", async (name) => {
    const args = name === "note" ? { id: "x", text: "x" } : { id: "n" };
    const written = (code: string) => (name === "note" ? { ...args, taskCode: code } : { ...args, code });
    const hidden = await call(name, written("other"));
    expect(hidden).toEqual(await call(name, written("none")));
    expect(hidden).toMatchObject({ code: "foreign_key_violation", details: { table: "notes", columns: ["taskCode"] } });
    expect(await call(name, written("other"), bob)).toHaveProperty("answer");
  });
});

describe("a condition that follows a guarded key", () => {
  test.each(["some", "any", "many", "count"])("%s meets no row of a write", async (name) => {
    const args = { id: "a", ...(name !== "any" && name !== "count" && { text: "n" }) };
    expect(await call(name, args)).toEqual({ answer: [] });
    expect(await call(name, args, bob)).toEqual({ answer: [{ id: "a" }] });
  });

  test("meets no row of a step", async () => {
    expect(await call("step", { id: "a", text: "n" })).toEqual({ answer: { note: { id: "new", aboutId: null } } });
    memory.sqlite.exec("DELETE FROM notes WHERE id = 'new'");
    expect(await call("step", { id: "a", text: "n" }, bob)).toEqual({ answer: { note: { id: "new", aboutId: "a" } } });
  });
});

test("what somebody may do is asked of the row itself, not of what is seen of it", async () => {
  expect(await call("may", {})).toEqual({ answer: [] });
  expect(await call("may", {}, bob)).toEqual({ answer: [] });
  expect(await call("mayNot", {})).toEqual({ answer: [{ id: "n" }] });
});

test("what a removal answers is guarded by what was there before it", async () => {
  const app = appOf(
    `
auth: { emailPassword: true }
tables:
  docs:
    columns: { id: string, size: { count: parts }, draft: { type: string, read: { size: 0 } }, plan: { type: string, read: { not: { size: { gt: 0 } } } } }
    relations: { parts: { many: parts } }
    rules: { read: { all: {} }, delete: { all: {} } }
  parts: { columns: { id: string }, relations: { doc: { one: docs, onDelete: cascade } } }
mutations:
  drop: { args: { id: string }, delete: docs, where: { id: $args.id }, returns: [id, draft, plan] }
`,
    "user",
  );
  const memory = new Memory(app);
  memory.fill("docs", [{ id: "a", draft: "hidden", plan: "hidden" }]);
  memory.fill("parts", [{ id: "p", doc_id: "a" }]);
  const answer = await told(memory.call(app.operations.get("drop")!, { id: "a" }, { caller: ann }));
  expect(answer).toEqual({ answer: [{ id: "a" }] });
});

test("a row that is made for one of a list is not changed for another, past the rules of changes", async () => {
  const app = appOf(
    `
auth: { emailPassword: true }
tables:
  items: { columns: { id: string, slug: string } }
  docs:
    columns: { id: string, slug: { type: string, unique: true }, state: string }
    rules: { read: { all: {} }, create: { draft: { state: draft } }, update: { own: { when: { id: mine }, columns: [state] } } }
mutations:
  put: { each: { list: items }, upsert: docs, conflict: [slug], values: { id: $item.id, slug: $item.slug, state: draft }, set: { state: published }, returns: [id, state] }
`,
    "user",
  );
  const memory = new Memory(app);
  const put = () => told(memory.call(app.operations.get("put")!, {}, { caller: ann }));
  memory.fill("docs", [{ id: "mine", slug: "m", state: "draft" }]);
  memory.fill("items", [
    { id: "1", slug: "s" },
    { id: "2", slug: "m" },
  ]);
  expect(await put()).toEqual({
    answer: [
      { id: "1", state: "draft" },
      { id: "mine", state: "published" },
    ],
  });
  memory.sqlite.exec("DELETE FROM docs WHERE id = '1'");
  memory.fill("items", [{ id: "3", slug: "s" }]);
  expect(await put()).toMatchObject({ code: "conflict" });
});

test("a guarded key is not written by rows beside a row", async () => {
  const app = appOf(
    `
auth: { emailPassword: true }
tables:
  boards: { columns: { id: string }, relations: { cards: { many: cards }, labels: { manyToMany: labels, through: marks } } }
  cards: { columns: { id: string, boardId: { type: string, write: { $user.role: admin } } }, relations: { board: { one: boards, columns: [boardId] } } }
  labels: { columns: { id: string } }
  marks:
    columns: { boardId: { type: string, write: { $user.role: admin } }, labelId: string }
    relations: { board: { one: boards, columns: [boardId] }, label: { one: labels, columns: [labelId] } }
    primaryKey: [boardId, labelId]
mutations:
  many: { args: { id: string }, insert: boards, values: { id: $args.id, cards: [{ id: c }] }, returns: [id] }
  list: { args: { id: string, cards: { type: array, items: string } }, insert: boards, values: { id: $args.id, cards: { each: $args.cards, values: { id: $item } } }, returns: [id] }
  one: { args: { id: string }, insert: cards, values: { id: d, board: { id: $args.id } }, returns: [id] }
  link: { args: { id: string }, insert: boards, values: { id: $args.id, labels: [l] }, returns: [id] }
  made: { args: { id: string }, insert: boards, values: { id: $args.id, labels: [{ id: m }] }, returns: [id] }
`,
    "user",
  );
  for (const [name, args] of [["many"], ["list", { cards: ["c"] }], ["one"], ["link"], ["made"]] as const) {
    const as = (role: string): Promise<object> => {
      const memory = new Memory(app);
      memory.fill("labels", [{ id: "l" }]);
      const caller = { user: { id: "ann", role }, session: { id: "ann" } };
      return told(memory.call(app.operations.get(name)!, { id: "b", ...args }, { caller }));
    };
    const rule = name === "link" || name === "made" ? "marks.boardId" : "cards.boardId";
    expect(await as("user"), name).toMatchObject({ code: "forbidden", rule });
    expect(await as("admin"), name).toEqual({ answer: { id: name === "one" ? "d" : "b" } });
  }
});
