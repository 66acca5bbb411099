import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mailOf } from "../auth/server.ts";
import { Attacked, refusal, told } from "./attacked.ts";

/*
 * What somebody tries who is signed in and wants more than is theirs. Ann and Al are of one organisation, Mallory is of another: what is
 * Ann's is not hers to see, to change, or to find out about.
 */

type Somebody = Awaited<ReturnType<Attacked["somebody"]>>;

let app: Attacked;
let ann: Somebody;
let al: Somebody;
let mallory: Somebody;
beforeAll(async () => {
  app = await Attacked.start("attacks");
  ann = await app.somebody("ann", "acme");
  al = await app.somebody("al", "acme");
  mallory = await app.somebody("mallory", "evil");
}, 60_000);
afterAll(() => app?.server.stop());

beforeEach(async () => {
  for (const table of ["tasks", "projects_watchers", "projects", "notes"]) await app.sql(`DELETE FROM ${table}`);
  await app.put("projects", { id: "p1", org_id: "acme", code: "one", name: "Rocket", budget: 100, owner_id: ann.id });
  await app.put("projects", { id: "e1", org_id: "evil", code: "evil", name: "Trap", budget: 5, owner_id: mallory.id });
  await app.put("tasks", { id: 1, title: "fuel", project_id: "p1" });
  await app.put("tasks", { id: 2, title: "bait", project_id: "e1" });
  await app.put("notes", { id: 1, title: "ann's secret", pin: "1234", owner_id: ann.id });
  await app.put("notes", { id: 2, title: "mallory's", pin: "6666", owner_id: mallory.id, about_id: 1 });
});

const state = () =>
  Promise.all(
    ["projects", "tasks", "notes", "projects_watchers", "users"].map((name) => app.sql(`SELECT * FROM ${name}`)),
  );

/** Nothing has changed by an attack. */
async function unchanged(attack: () => Promise<void>): Promise<void> {
  const before = await state();
  await attack();
  expect(await state()).toEqual(before);
}

describe("another's ids", () => {
  test("read as if nothing were there", async () => {
    for (const [name, hidden, missing] of [
      ["projects/get", { id: "p1" }, { id: "none" }],
      ["notes/get", { id: 1 }, { id: 99 }],
      ["tasks/list", { projectId: "p1" }, { projectId: "none" }],
      ["notes/ids", { ids: [1] }, { ids: [99] }],
    ] as const) {
      const answer = told(await app.query(name, mallory, hidden));
      expect(answer, name).toEqual(told(await app.query(name, mallory, missing)));
      expect(answer, name).toMatchObject({ status: 200 });
    }
  });

  test("are written as if nothing were there", () =>
    unchanged(async () => {
      for (const [name, hidden, missing] of [
        ["projects/rename", { id: "p1", name: "Owned" }, { id: "none", name: "Owned" }],
        ["projects/recode", { id: "p1", code: "evil" }, { id: "none", code: "evil" }],
        ["projects/remove", { id: "p1" }, { id: "none" }],
        ["projects/watch", { id: "p1", user: mallory.id }, { id: "none", user: mallory.id }],
        ["notes/edit", { id: 1, title: "Owned" }, { id: 99, title: "Owned" }],
        // a pin that is taken is not told of a row that is not theirs
        ["notes/edit", { id: 1, pin: "6666" }, { id: 99, pin: "6666" }],
        ["notes/remove", { id: 1 }, { id: 99 }],
        ["notes/clear", { ids: [1] }, { ids: [99] }],
        ["tasks/move", { id: 1, projectId: "e1" }, { id: 99, projectId: "e1" }],
        ["notes/afterCheck", { id: 1 }, { id: 99 }],
      ] as const)
        expect(told(await app.mutate(name, mallory, hidden)), name).toEqual(
          told(await app.mutate(name, mallory, missing)),
        );
    }));

  test("are no end of a reference, as if nothing were there", () =>
    unchanged(async () => {
      for (const [name, hidden, missing] of [
        ["tasks/add", { title: "x", projectId: "p1" }, { title: "x", projectId: "none" }],
        ["tasks/move", { id: 2, projectId: "p1" }, { id: 2, projectId: "none" }],
        ["tasks/moveAll", { projectId: "p1" }, { projectId: "none" }],
        ["notes/add", { title: "x", aboutId: 1 }, { title: "x", aboutId: 99 }],
        ["notes/edit", { id: 2, aboutId: 1, title: "x" }, { id: 2, aboutId: 99, title: "x" }],
      ] as const) {
        // what a note is about already is no news
        if (name === "notes/edit") await app.sql("UPDATE notes SET about_id = NULL");
        const answer = told(await app.mutate(name, mallory, hidden));
        expect(answer, name).toEqual(told(await app.mutate(name, mallory, missing)));
        expect((answer as { status: number }).status, name).toBeGreaterThanOrEqual(400);
        if (name === "notes/edit") await app.sql("UPDATE notes SET about_id = 1 WHERE id = 2");
      }
    }));

  test("are not taken over by an upsert: it says what an insert would", () =>
    unchanged(async () => {
      const put = await app.mutate("notes/put", mallory, { id: 1, title: "Owned" });
      expect(refusal(put)).toEqual([409, "unique_violation", undefined]);
      expect(put.body.error.details).toEqual({ table: "notes", columns: ["id"] });
    }));

  test("are not reached by a write that means many", async () => {
    const { status, body } = await app.mutate("notes/clear", mallory, { ids: [1, 2] });
    expect([status, body.length]).toEqual([200, 1]);
    expect(await app.sql("SELECT id FROM notes")).toEqual([{ id: 1 }]);
  });
});

describe("what is readable is not writable", () => {
  test("a colleague writes what one rule allows, and two do not add up", async () => {
    expect((await app.mutate("projects/rename", al, { id: "p1", name: "Rocket 2" })).status).toBe(200);
    await unchanged(async () => {
      const recode = await app.mutate("projects/recode", al, { id: "p1", code: "two" });
      expect(refusal(recode)).toEqual([403, "forbidden", "projects.update"]);
      // a guarded column beside an allowed one
      const rename = await app.mutate("projects/rename", al, { id: "p1", name: "x", budget: 1 });
      expect(refusal(rename).slice(0, 2)).toEqual([403, "forbidden"]);
      expect(refusal(await app.mutate("projects/remove", al, { id: "p1" }))).toEqual([
        403,
        "forbidden",
        "projects.delete",
      ]);
    });
  });

  test("one's row is not given away, nor a new one to another", () =>
    unchanged(async () => {
      expect(refusal(await app.mutate("notes/edit", mallory, { id: 2, ownerId: ann.id }))).toEqual([
        403,
        "forbidden",
        "notes.update",
      ]);
      expect(refusal(await app.mutate("notes/addFor", mallory, { title: "x", ownerId: ann.id }))).toEqual([
        403,
        "forbidden",
        "notes.create",
      ]);
      const give = await app.mutate("projects/give", mallory, { id: "g", code: "g", name: "g", ownerId: ann.id });
      expect(refusal(give)).toEqual([403, "forbidden", "projects.create"]);
    }));

  test("a refusal comes before a constraint: it does not tell whether a value is taken", () =>
    unchanged(async () => {
      const add = (pin: string) => app.mutate("notes/addFor", mallory, { title: "x", pin, ownerId: ann.id });
      expect(told(await add("1234"))).toEqual(told(await add("free")));
      const code = (value: string) => app.mutate("projects/recode", al, { id: "p1", code: value });
      await app.put("projects", { id: "p2", org_id: "acme", code: "two", name: "Two", owner_id: ann.id });
      expect(told(await code("two"))).toEqual(told(await code("free")));
      await app.sql("DELETE FROM projects WHERE id = 'p2'");
    }));

  test("a denial wins over the owner, and says why", () =>
    unchanged(async () => {
      await app.sql("UPDATE projects SET code = 'frozen' WHERE id = 'p1'");
      const { status, body } = await app.mutate("projects/rename", ann, { id: "p1", name: "x" });
      expect([status, body.error.rule, body.error.message]).toEqual([403, "projects.update", "It is frozen"]);
      expect(body.error.details).toEqual({ rules: [{ name: "frozen", message: "It is frozen" }] });
      await app.sql("UPDATE projects SET code = 'one' WHERE id = 'p1'");
    }));

  test("users change themselves alone", () =>
    unchanged(async () => {
      const edit = await app.mutate("users/edit", mallory, { id: ann.id, name: "Owned" });
      expect(refusal(edit)).toEqual([403, "forbidden", "users.update"]);
    }));
});

describe("a tenant", () => {
  test("has codes of its own: that one is taken elsewhere is not told", async () => {
    const { status, body } = await app.mutate("projects/add", mallory, { id: "e2", code: "one", name: "Same code" });
    expect([status, body.orgId]).toEqual([200, "evil"]);
    const again = await app.mutate("projects/add", mallory, { id: "e3", code: "one", name: "Twice" });
    expect(refusal(again)).toEqual([409, "unique_violation", undefined]);
  });

  test("is no argument", () =>
    unchanged(async () => {
      const args = { id: "x", code: "x", name: "x", orgId: "acme" };
      expect(refusal(await app.mutate("projects/add", mallory, args))).toEqual([400, "invalid_arguments", undefined]);
    }));

  test("is nobody's where there is none: those without one are no organisation together", async () => {
    const loner = await app.somebody("loner", null);
    expect((await app.query("projects/list", loner)).body).toEqual([]);
    expect((await app.query("tasks/stats", loner)).body).toEqual({ count: 0, last: null });
    const add = await app.mutate("projects/add", loner, { id: "l", code: "l", name: "l" });
    expect(refusal(add)).toEqual([403, "forbidden", "projects.tenant"]);
  });
});

describe("a column that may not be read", () => {
  test("is left out, and not null", async () => {
    const [project] = (await app.query("projects/list", al)).body;
    expect(project).toMatchObject({ id: "p1" });
    expect(project).not.toHaveProperty("budget");
    expect(project.owner).toEqual({ id: ann.id, name: "ann", image: null });
    expect((await app.query("projects/list", ann)).body[0]).toMatchObject({ budget: 100 });
  });

  test("filters nothing, asked one way or the other", async () => {
    const ids = async (name: string, below: number) => (await app.query(name, al, { below })).body;
    for (const below of [0, 100, 101, 1000]) {
      expect(await ids("projects/cheap", below)).toEqual([]);
      expect(await ids("projects/notCheap", below)).toEqual([]);
    }
    expect((await app.query("projects/cheap", ann, { below: 101 })).body).toEqual([{ id: "p1" }]);
  });

  test("of a user finds nobody but oneself", async () => {
    const find = async (name: string, email: string) => (await app.query(name, mallory, { email })).body;
    expect(await find("users/byEmail", mailOf("ann"))).toEqual([]);
    expect(await find("users/byEmail", mailOf("mallory"))).toEqual([{ id: mallory.id }]);
    const others = await find("users/notByEmail", mailOf("ann"));
    expect(others).toEqual([{ id: mallory.id }]);
  });

  test("is in no answer to a write", async () => {
    const { body } = await app.mutate("projects/rename", al, { id: "p1", name: "Rocket 3" });
    expect(body).toMatchObject({ id: "p1", name: "Rocket 3" });
    expect(body).not.toHaveProperty("budget");
  });
});

describe("reaching through", () => {
  test("a row that may be read leads to none that may not", async () => {
    const { body } = await app.query("notes/get", mallory, { id: 2 });
    expect(body).toMatchObject({ title: "mallory's", about: null, owner: { id: mallory.id } });
  });

  test("counts, nested rows and conditions are of readable rows", async () => {
    const { body } = await app.query("users/list", mallory);
    for (const user of body) {
      const count = user.id === mallory.id ? 1 : 0;
      expect(user.notesAggregate, user.name).toEqual({ count });
      expect(user.notes, user.name).toHaveLength(count);
      expect(Object.keys(user).sort(), user.name).toEqual(
        user.id === mallory.id
          ? expect.arrayContaining(["email", "role", "orgId"])
          : ["id", "image", "name", "notes", "notesAggregate"],
      );
      for (const key of Object.keys(user)) expect(key).not.toMatch(/password|token|secret/i);
    }
    const writers = async (text: string) => (await app.query("users/writers", mallory, { text })).body;
    expect(await writers("secret")).toEqual([]);
    expect(await writers("")).toEqual([{ id: mallory.id }]);
    // Ann has a note, which nobody else knows
    expect((await app.query("users/idle", mallory)).body).toContainEqual({ id: ann.id });
  });

  test("totals, pages, searches and measures are of readable rows", async () => {
    expect((await app.query("notes/stats", mallory)).body).toEqual({ count: 1, titles: 1 });
    expect((await app.query("tasks/stats", mallory)).body).toEqual({ count: 1, last: 2 });
    expect((await app.query("notes/page", mallory)).body).toMatchObject({
      total: 1,
      hasMore: false,
      rows: [{ id: 2 }],
    });
    expect((await app.query("notes/search", mallory, { text: "secret" })).body).toEqual([]);
    expect((await app.query("notes/search", mallory, { text: "" })).body.length).toBeLessThanOrEqual(1);
    expect((await app.query("notes/open")).body).toEqual([]);
  });

  test("a link needs both ends", async () => {
    await unchanged(async () => {
      expect((await app.mutate("projects/watch", mallory, { id: "e1", user: "nobody" })).status).toBe(404);
    });
  });
});

describe("a cursor", () => {
  test("of another is a place, and shows the rows of who uses it", async () => {
    for (const id of [11, 12, 13]) await app.put("notes", { id, title: `ann ${id}`, owner_id: ann.id });
    const { nextCursor } = (await app.query("notes/page", ann)).body;
    expect(nextCursor).toEqual(expect.any(String));
    const { rows } = (await app.query("notes/page", mallory, { cursor: nextCursor })).body;
    for (const row of rows) expect(row.ownerId).toBe(mallory.id);
  });

  test("that was changed is refused, or shows one's own rows", async () => {
    for (const id of [21, 22, 23]) await app.put("notes", { id, title: `mallory ${id}`, owner_id: mallory.id });
    const { nextCursor } = (await app.query("notes/page", mallory)).body;
    const decoded = Buffer.from(nextCursor, "base64url").toString();
    const forged = [
      `${nextCursor}A`,
      nextCursor.slice(1),
      "e30",
      "bnVsbA",
      Buffer.from(decoded.replace(/mallory/g, "zzzzzzz")).toString("base64url"),
      Buffer.from(decoded.replace(/\d+/g, "1 OR 1=1")).toString("base64url"),
      Buffer.from('[{"$ne":1}]').toString("base64url"),
    ];
    for (const cursor of forged) {
      const { status, body } = await app.query("notes/page", mallory, { cursor });
      if (status !== 200) expect([status, body.error.code], cursor).toEqual([400, "invalid_arguments"]);
      else for (const row of body.rows) expect(row.ownerId, cursor).toBe(mallory.id);
    }
  });
});
