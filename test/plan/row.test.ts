import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NestedSelection } from "../../compiler/ir/operation.ts";
import { planOperation } from "../../compiler/plan/plan.ts";
import { Memory } from "./database.ts";
import {
  app,
  column,
  decimal,
  index,
  limit,
  list,
  many,
  manyToMany,
  one,
  operation,
  order,
  rows,
  table,
} from "./fixture.ts";

describe("values in wire form", () => {
  const values = table("values", [
    column("id", "integer"),
    column("text", "string", { nullable: true }),
    column("ratio", "number", { nullable: true }),
    column("big", "bigint", { nullable: true }),
    column("cents", decimal(2), { nullable: true }),
    column("whole", decimal(0), { nullable: true }),
    column("fine", decimal(18), { nullable: true }),
    column("flag", "boolean", { nullable: true }),
    column("at", "timestamp", { nullable: true }),
    column("data", "json", { nullable: true }),
    column("photo", "bytes", { nullable: true }),
  ]);

  test("null is null everywhere", async () => {
    const memory = new Memory(app(values));
    memory.fill("values", [{ id: 1 }]);
    const [row] = await memory.call(operation(list(rows(values))));
    expect(
      Object.values(row)
        .slice(1)
        .every((value) => value === null),
    ).toBe(true);
  });

  test("each type as the wire has it", async () => {
    const memory = new Memory(app(values));
    const data = '{"a":[1,true,null,"é"]}';
    const photo = new Uint8Array([0, 1, 254, 255]);
    memory.fill("values", [
      {
        id: 1,
        text: 'it\'s "q" é😀',
        ratio: 0.3125,
        big: -(2n ** 63n),
        cents: -5,
        whole: 7,
        fine: 1,
        flag: 1,
        at: 0,
        data,
        photo,
      },
      {
        id: 2,
        text: "",
        ratio: 5,
        big: 2n ** 63n - 1n,
        cents: -(2n ** 63n),
        whole: -7,
        fine: -(2n ** 63n),
        flag: 0,
        at: -1,
        data: "[]",
        photo: new Uint8Array(),
      },
    ]);
    expect(await memory.call(operation(list(rows(values))))).toEqual([
      {
        ...{ id: 1, text: 'it\'s "q" é😀', ratio: 0.3125, big: "-9223372036854775808", cents: "-0.05", whole: "7" },
        ...{
          fine: "0.000000000000000001",
          flag: true,
          at: "1970-01-01T00:00:00.000Z",
          data: { a: [1, true, null, "é"] },
        },
        photo: "AAH+/w==",
      },
      {
        ...{ id: 2, text: "", ratio: 5, big: "9223372036854775807", cents: "-92233720368547758.08", whole: "-7" },
        ...{ fine: "-9.223372036854775808", flag: false, at: "1969-12-31T23:59:59.999Z", data: [], photo: "" },
      },
    ]);
  });

  test("any decimal and timestamp comes out exactly", async () => {
    const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const small = fc.bigInt({ min: -200n, max: 200n });
    const moment = fc.date({
      min: new Date("0000-01-01"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(integer, small), moment, async (cents, at) => {
        const memory = new Memory(app(values));
        memory.fill("values", [{ id: 1, cents, fine: cents, at: at.getTime() }]);
        const [row] = await memory.call(operation(list(rows(values))));
        expect(BigInt(row.cents.replace(".", ""))).toBe(cents);
        expect(row.cents).toMatch(/^-?\d+\.\d\d$/);
        expect(BigInt(row.fine.replace(".", ""))).toBe(cents);
        expect(row.at).toBe(at.toISOString());
      }),
      { numRuns: 150 },
    );
  });

  test("rows of a hundred columns", async () => {
    const wide = table("wide", [
      column("id", "integer"),
      ...Array.from({ length: 99 }, (_, n) => column(`c${n}`, n % 2 ? "json" : "boolean")),
    ]);
    const memory = new Memory(app(wide));
    const row = Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`c${n}`, n % 2 ? `[${n}]` : 1]));
    memory.fill("wide", [{ id: 1, ...row }]);
    const [result] = await memory.call(operation(list(rows(wide))));
    expect(Object.keys(result)).toHaveLength(100);
    expect(result).toMatchObject({ c0: true, c15: [15], c16: true, c31: [31], c97: [97], c98: true });
    const { sql } = planOperation(operation(list(rows(wide))), app(wide)) as { sql: string };
    for (const call of sql.matchAll(/json_(?:object|set)\(/g))
      expect(argumentsOf(sql, call.index + call[0].length)).toBeLessThanOrEqual(32);
  });
});

/** How many arguments a call has whose parenthesis was opened just before `from`. */
function argumentsOf(sql: string, from: number): number {
  let depth = 0;
  let count = 1;
  for (let at = from; depth >= 0; at += 1) {
    if (sql[at] === "(") depth += 1;
    else if (sql[at] === ")") depth -= 1;
    else if (sql[at] === "," && depth === 0) count += 1;
  }
  return count;
}

interface StoredTask {
  id: number;
  project_id: number;
  parent_id: number | null;
  weight: number | null;
  photo: Uint8Array | null;
}

test("rows are sorted before they are JSON", async () => {
  const notes = table("notes", [column("id", "integer"), column("at", "timestamp")]);
  const memory = new Memory(app(notes));
  memory.fill(
    "notes",
    Array.from({ length: 100 }, (_, n) => ({ id: n, at: n })),
  );
  let written = 0;
  memory.sqlite.function("json_object", { varargs: true }, (...parts) => {
    written += 1;
    return JSON.stringify({ id: parts[1] });
  });
  const [, at] = [...notes.columns.values()];
  const newest = list(rows(notes), { orderBy: [order(at!, true)], limit: limit(3) });
  expect(await memory.call(operation(newest))).toEqual([{ id: 99 }, { id: 98 }, { id: 97 }]);
  expect(written).toBe(3);
});

describe("nested rows", () => {
  const users = table("users", [column("id", "string"), column("name", "string")]);
  const projects = table("projects", [
    column("id", "integer"),
    column("title", "string"),
    column("ownerId", "string", { sqlName: "owner_id" }),
    column("leadId", "string", { sqlName: "lead_id", nullable: true }),
    column("rank", "integer"),
  ]);
  const tasks = table("tasks", [
    column("id", "integer"),
    column("projectId", "integer", { sqlName: "project_id" }),
    column("parentId", "integer", { sqlName: "parent_id", nullable: true }),
    column("weight", "integer", { nullable: true }),
    column("photo", "bytes", { nullable: true }),
  ]);
  (tasks.indexes as unknown[]).push(index("tasks_project", [tasks.columns.get("projectId")!]));
  const owner = one(projects, "owner", users, ["ownerId"]);
  const lead = one(projects, "lead", users, ["leadId"]);
  const project = one(tasks, "project", projects, ["projectId"]);
  const parent = one(tasks, "parent", tasks, ["parentId"]);
  const projectTasks = many(project, "tasks");
  const children = many(parent, "children");
  const junction = table("members", [column("projectId", "integer"), column("userId", "string")]);
  Object.assign(junction, { primaryKey: [...junction.columns.values()], uniqueKeys: [[...junction.columns.values()]] });
  const members = manyToMany(
    one(junction, "project", projects, ["projectId"]),
    one(junction, "user", users, ["userId"]),
    "members",
  );
  const visits = table("visits", [column("id", "integer"), column("projectId", "integer"), column("userId", "string")]);
  const visitors = manyToMany(
    one(visits, "project", projects, ["projectId"]),
    one(visits, "user", users, ["userId"]),
    "visitors",
  );
  const everything = app(users, projects, tasks, junction, visits);
  const id = (of: typeof users) => of.columns.get("id")!;

  function filled(): Memory {
    const memory = new Memory(everything);
    memory.fill(
      "users",
      ["a", "b", "c", "d"].map((each) => ({ id: each, name: each.toUpperCase() })),
    );
    memory.fill(
      "projects",
      Array.from({ length: 40 }, (_, n) => ({
        id: n,
        title: `p${n}`,
        owner_id: "abcd"[n % 4]!,
        lead_id: n % 3 ? null : "d",
        rank: (n * 7) % 40,
      })),
    );
    // one project holds nearly all tasks, in an order unlike any index
    memory.fill(
      "tasks",
      Array.from({ length: 2000 }, (_, n) => ({
        id: n,
        project_id: n % 50 ? 7 : n % 40,
        parent_id: n > 10 && n % 3 === 0 ? n % 10 : null,
        weight: n % 11 ? (n * 7919) % 101 : null,
        photo: n % 100 ? null : new Uint8Array([n % 256]),
      })),
    );
    memory.fill("members", [
      { projectId: 1, userId: "c" },
      { projectId: 1, userId: "a" },
      { projectId: 2, userId: "b" },
    ]);
    memory.fill(
      "visits",
      [1, 2, 3].map((each) => ({ id: each, projectId: 1, userId: each === 3 ? "a" : "b" })),
    );
    return memory;
  }

  test("to one: the row, or null", async () => {
    const selection = rows(
      projects,
      [
        { name: "owner", relation: owner, selection: rows(users, [], ["name"]), orderBy: [] },
        { name: "lead", relation: lead, selection: rows(users, [], ["id"]), orderBy: [] },
      ],
      ["id"],
    );
    const result = await filled().call(operation(list(selection, { limit: limit(3) })));
    expect(result).toEqual([
      { id: 0, owner: { name: "A" }, lead: { id: "d" } },
      { id: 1, owner: { name: "B" }, lead: null },
      { id: 2, owner: { name: "C" }, lead: null },
    ]);
  });

  test("many to many: each linked row once, in order", async () => {
    const nested = (relation: typeof members) => ({
      name: relation.name,
      relation,
      selection: rows(users, [], ["id"]),
      orderBy: [order(id(users), true)],
      limit: limit(5),
    });
    const selection = rows(projects, [nested(members), nested(visitors)], ["id"]);
    const result = await filled().call(operation(list(selection, { limit: limit(3) })));
    expect(result).toEqual([
      { id: 0, members: [], visitors: [] },
      { id: 1, members: [{ id: "c" }, { id: "a" }], visitors: [{ id: "b" }, { id: "a" }] },
      { id: 2, members: [{ id: "b" }], visitors: [] },
    ]);
  });

  test("order, limit and offset at every level, over skewed data", async () => {
    const memory = filled();
    const weight = tasks.columns.get("weight")!;
    const inner = {
      name: "children",
      relation: children,
      selection: rows(tasks, [], ["id"]),
      orderBy: [order(weight, true), order(id(tasks), true)],
      limit: limit(4),
    };
    const outer = {
      name: "tasks",
      relation: projectTasks,
      selection: rows(tasks, [inner], ["id", "weight", "photo"]),
      orderBy: [order(weight, false, "last"), order(id(tasks))],
      limit: limit(12),
      offset: limit(2),
    };
    const body = list(rows(projects, [outer], ["id", "rank"]), {
      orderBy: [order(projects.columns.get("rank")!, true), order(id(projects))],
      limit: limit(35),
    });
    const result = await memory.call(operation(body));

    const stored = memory.sqlite.prepare("SELECT * FROM tasks").all() as unknown as StoredTask[];
    const expected = Array.from({ length: 40 }, (_, n) => ({ id: n, rank: (n * 7) % 40 }))
      .sort((a, b) => b.rank - a.rank || a.id - b.id)
      .slice(0, 35)
      .map((each) => ({
        ...each,
        tasks: stored
          .filter((task) => task.project_id === each.id)
          .sort((a, b) => (a.weight ?? Infinity) - (b.weight ?? Infinity) || a.id - b.id)
          .slice(2, 14)
          .map((task) => ({
            id: task.id,
            weight: task.weight,
            photo: task.photo && Buffer.from(task.photo).toString("base64"),
            children: stored
              .filter((child) => child.parent_id === task.id)
              .sort((a, b) => (b.weight ?? -1) - (a.weight ?? -1) || b.id - a.id)
              .slice(0, 4)
              .map((child) => ({ id: child.id })),
          })),
      }));
    expect(result).toEqual(expected);
    expect(result.find((each: { id: number }) => each.id === 7).tasks).toHaveLength(12);
  });

  test("rows are sorted before what hangs on them is gathered", async () => {
    const memory = filled();
    const nested = {
      name: "tasks",
      relation: projectTasks,
      selection: rows(tasks, [], ["id"]),
      orderBy: [order(id(tasks))],
      limit: limit(4),
    };
    await memory.call(
      operation(
        list(rows(projects, [nested], ["id"]), { orderBy: [order(projects.columns.get("rank")!)], limit: limit(2) }),
      ),
    );
    const plan = memory.lastPlan();
    expect(plan.join("\n")).toMatch(/(CO-ROUTINE|MATERIALIZE) t0/);
    expect(plan.join("\n")).toMatch(/SEARCH t1 USING .*INDEX tasks_project/);
  });

  test("deep nests, and what is nested beside them", async () => {
    const memory = filled();
    const deeper = (depth: number): NestedSelection => ({
      name: "children",
      relation: children,
      selection: rows(tasks, depth === 0 ? [] : [deeper(depth - 1), above], ["id"]),
      orderBy: [order(id(tasks), true)],
      limit: limit(2),
    });
    const above: NestedSelection = {
      name: "parent",
      relation: parent,
      selection: rows(tasks, [], ["id", "photo"]),
      orderBy: [],
    };
    const body = list(rows(tasks, [deeper(4)], ["id"]), { orderBy: [order(id(tasks))], limit: limit(3) });
    const stored = memory.sqlite.prepare("SELECT * FROM tasks").all() as unknown as StoredTask[];
    const below = (of: number, depth: number): object[] =>
      stored
        .filter((task) => task.parent_id === of)
        .sort((a, b) => b.id - a.id)
        .slice(0, 2)
        .map((task) => {
          const photo = stored[of]!.photo && Buffer.from(stored[of]!.photo!).toString("base64");
          const nested = { children: below(task.id, depth - 1), parent: { id: of, photo } };
          return depth === 0 ? { id: task.id } : { id: task.id, ...nested };
        });
    expect(await memory.call(operation(body))).toEqual(
      [0, 1, 2].map((each) => ({ id: each, children: below(each, 4) })),
    );
  });

  test("distinct rows", async () => {
    const lead = projects.columns.get("leadId")!;
    const body = list(rows(projects, [], ["leadId"]), { distinct: true, orderBy: [order(lead, true)] });
    expect(await filled().call(operation(body))).toEqual([{ leadId: "d" }, { leadId: null }]);
  });
});
