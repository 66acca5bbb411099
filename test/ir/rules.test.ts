import { describe, expect, test } from "vitest";
import { readableBy } from "../../compiler/ir/heldBy.ts";
import { operationRow } from "../../compiler/ir/result.ts";
import { appOf, bodyOf, operationOf, saidOf, tableOf } from "./lowered.ts";

const auth = "auth: { emailPassword: true, roles: [member, boss, admin], user: { fields: { firmId: uuid? } } }";

describe("a rule", () => {
  const rulesOf = (columns: string, rules: string) =>
    tableOf(appOf(`${auth}\ntables: { notes: { columns: { id: uuid, ${columns} }, rules: ${rules} } }`), "notes")
      .rules!;

  test("is a condition, or a map that says more", () => {
    const { read, update } = rulesOf(
      "text: string, ownerId: string",
      "{ read: { own: { ownerId: $user.id } }, update: { own: { when: { ownerId: $user.id }, columns: [text], message: No } } }",
    );
    const [short, long] = [read.grants[0]!, update.grants[0]!];
    expect(long.when).toEqual(short.when);
    expect(long).toMatchObject({ name: "own", columns: ["text"], message: "No" });
    expect(short).not.toHaveProperty("columns");
  });

  test("is a condition where its words are columns", () => {
    const { read } = rulesOf("message: string", "{ read: { greeting: { message: hello } } }");
    expect(read.grants[0]).toMatchObject({ when: { kind: "compare", right: { value: "hello" } } });
    expect(read.grants[0]).not.toHaveProperty("message");
  });

  test("that says no more than its columns holds on every row", () => {
    const { update } = rulesOf("text: string", "{ update: { all: { columns: [text] } } }");
    expect(update.grants[0]).not.toHaveProperty("when");
  });

  test("denies by the same words, and verbs without rules grant nothing", () => {
    const { read, create } = rulesOf("text: string", "{ read: { all: {} }, deny: { read: { hidden: { text: x } } } }");
    expect(read.denials.map(({ name }) => name)).toEqual(["hidden"]);
    expect(create).toEqual({ grants: [], denials: [] });
  });
});

test("references of rules are those of who calls, and of the row before in what an update leads to", () => {
  const said = saidOf(`${auth}
tables:
  notes:
    columns: { id: uuid, text: string }
    rules:
      read: { a: { text: $args.text } }
      create: { b: { text: $before.text } }
      update: { c: { when: {}, then: { text: $before.text } }, d: { text: $user.nick } }
`);
  expect(said).toEqual(["reference/scope 6:26", "reference/scope 7:28", "reference/unknown-field 8:75"]);
});

describe("who may read a column", () => {
  const app = appOf(`${auth}
tables:
  people:
    columns:
      id: uuid
      open: integer
      staff: { type: integer, read: { $user.role: { in: [boss, admin] } } }
      notMember: { type: integer, read: { not: { $user.role: member } } }
      own: { type: integer, read: { ownerId: $user.id } }
      editors: { type: integer, read: { may: update } }
      ownerId: string
    rules:
      read: { everybody: {} }
      update: { boss: { $user.role: boss } }
`);
  const holds = (column: string, caller: Parameters<typeof readableBy>[1]) =>
    readableBy(tableOf(app, "people").columns.get(column)!, caller);

  test.each([
    ["open", "public", "always"],
    ["staff", "public", "sometimes"],
    ["staff", "user", "sometimes"],
    ["staff", ["boss"], "always"],
    ["staff", ["boss", "admin"], "always"],
    ["staff", ["member"], "never"],
    ["staff", ["member", "admin"], "sometimes"],
    ["notMember", ["admin"], "always"],
    ["notMember", ["member"], "never"],
    ["own", ["admin"], "sometimes"],
    ["editors", ["boss"], "always"],
    ["editors", ["admin"], "never"],
  ] as const)("%s, called by %s: %s", (column, caller, expected) => {
    expect(holds(column, { auth: caller })).toBe(expected);
  });

  test("the system always may", () => {
    expect(holds("own", { auth: "user", asSystem: "because" })).toBe("always");
  });
});

describe("results", () => {
  const app = appOf(`${auth}
tables:
  teams:
    columns: { id: uuid, name: string, ownerId: string }
    rules:
      read: { own: { ownerId: $user.id }, admin: { $user.role: admin } }
      create: { own: { ownerId: $user.id } }
      update: { own: { ownerId: $user.id } }
      delete: { own: { ownerId: $user.id } }
  notes:
    columns: { id: uuid, text: string, cost: { type: integer, read: { $user.role: admin } } }
    relations: { team: { one: teams } }
    rules:
      read: { team: { team: { may: read } } }
      create: { anybody: {} }
queries:
  notes/mine: { auth: user, list: notes, with: { team: true } }
  notes/all: { auth: admin, list: notes, with: { team: true } }
  notes/some: { auth: [member], list: notes }
mutations:
  teams/create: { auth: user, insert: teams, input: [name, ownerId] }
  teams/rename: { auth: user, update: teams, where: { name: x }, set: { name: y } }
  teams/hand: { auth: user, update: teams, where: { name: x }, set: { ownerId: y } }
  teams/drop: { auth: user, delete: teams, where: { name: x } }
  notes/create: { auth: user, insert: notes, input: [text, cost, teamId] }
`);
  const optional = (operation: string) =>
    [...operationRow(operationOf(app, operation))!.properties].flatMap(([name, { optional }]) =>
      optional ? [name] : [],
    );
  const names = (operation: string) => [...operationRow(operationOf(app, operation))!.properties.keys()];

  test("leave out a column that callers may not read on some row, and have none that they never may", () => {
    expect(optional("notes/mine")).toEqual(["cost"]);
    expect(optional("notes/all")).toEqual([]);
    expect(names("notes/some")).toEqual(["id", "text", "teamId"]);
  });

  test("have null for a row that callers may not read", () => {
    const team = (operation: string) => operationRow(operationOf(app, operation))!.properties.get("team")!;
    expect(team("notes/mine").nullable).toBe(true);
    expect(team("notes/all").nullable).toBe(false);
  });

  test("of writes are whole where who writes a row may read it, and may be its key alone elsewhere", () => {
    expect(optional("teams/create")).toEqual([]);
    expect(optional("teams/rename")).toEqual([]);
    expect(optional("teams/hand")).toEqual(["name", "ownerId"]);
    expect(optional("teams/drop")).toEqual([]);
    expect(optional("notes/create")).toEqual(["text", "cost", "teamId"]);
  });
});

describe("a tenant's table", () => {
  const tables = `${auth}
tables:
  goods:
    tenant: firmId
    columns: { id: uuid, firmId: uuid, code: { type: string, unique: true }, name: string }
    indexes: [{ columns: [name], unique: true }]
`;
  const app = appOf(`${tables}queries:
  goods/get: { auth: user, args: { code: string }, get: goods, where: { code: $args.code } }
mutations:
  goods/add: { auth: user, insert: goods, input: [code, name] }
  goods/put: { auth: user, upsert: goods, conflict: [code], input: [code, name] }
  goods/import: { auth: user, as: system, because: moving, insert: goods, input: [firmId, code, name] }
`);

  test("is unique within the tenant", () => {
    const { columns, uniqueKeys, indexes } = tableOf(app, "goods");
    expect(columns.get("code")!.unique).toBe(false);
    expect(uniqueKeys.map((key) => key.map(({ name }) => name))).toEqual([
      ["id"],
      ["firmId", "code"],
      ["firmId", "name"],
    ]);
    expect(indexes.every(({ unique, parts }) => unique && parts.length === 2)).toBe(true);
  });

  test("is told apart by the rest of a key", () => {
    expect(bodyOf(app, "goods/get", "get").kind).toBe("get");
    expect(bodyOf(app, "goods/put", "upsert").conflict.columns.map(({ name }) => name)).toEqual(["firmId", "code"]);
  });

  test("gets the column from the caller, unless the system writes", () => {
    const firmOf = (operation: string) =>
      bodyOf(app, operation, "insert").assignments.find(({ column }) => column.name === "firmId")!.value;
    expect(firmOf("goods/add")).toMatchObject({ kind: "user", field: "firmId" });
    expect(firmOf("goods/import")).toMatchObject({ kind: "argument" });
  });

  test("leaves whose rows somebody sees to the system", () => {
    expect(tableOf(app, "users").columns.get("firmId")!.write).toEqual({ kind: "any", of: [] });
  });
});
