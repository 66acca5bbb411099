import { describe, expect, test } from "vitest";
import { check } from "../../compiler/compile.ts";
import type { App } from "../../compiler/ir/app.ts";
import { modelOf, tablesModel } from "../../compiler/ir/serialize.ts";
import { conditionData } from "../../compiler/ir/serializeTable.ts";

function appOf(auth: string, rest = ""): App {
  const text = `appflare: 1\nname: notes\nauth: ${auth}\n${rest}`;
  const { app, diagnostics } = check("appflare.yaml", () => Buffer.from(text));
  if (!app) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return app;
}

const users = (auth: string) => appOf(auth).auth!.tables.users;

/** Columns of users that hang on who reads them. */
const guarded = (auth: string): readonly string[] =>
  [...users(auth).columns.values()].filter(({ read }) => read).map(({ name }) => name);

const hidden = ["email", "emailVerified", "role", "createdAt", "updatedAt", "banned", "banReason", "banExpires"];

describe("the table of users", () => {
  test("others see id, name and image; fields hang on who reads them, too", () => {
    expect(guarded("{ emailPassword: true, user: { fields: { city: string? } } }")).toEqual([...hidden, "city"]);
    const { rules, columns } = users("{ emailPassword: true }");
    expect(rules!.read.grants.map(({ name, when }) => [name, when])).toEqual([["everybody", undefined]]);
    expect(conditionData(columns.get("email")!.read!)).toMatchObject({
      kind: "compare",
      left: { column: "id" },
      right: { kind: "user", field: "id" },
    });
  });

  test("a rule of the author's opens the rest where it holds, and everywhere where it always does", () => {
    const read = (rule: string) => `{ emailPassword: true, user: { rules: { read: { staff: ${rule} } } } }`;
    const staff = users(read("{ $user.role: admin }"));
    expect(conditionData(staff.columns.get("email")!.read!)).toMatchObject({ kind: "any" });
    expect(staff.rules!.read.grants).toHaveLength(1);
    expect(guarded(read("{ when: { $user.role: admin }, message: No }"))).toEqual(hidden);
    expect(guarded(read("{ message: Anybody }"))).toEqual([]);
  });

  test("a field may say by itself who reads it", () => {
    const { columns } = users("{ emailPassword: true, user: { fields: { city: { type: string?, read: {} } } } }");
    expect(conditionData(columns.get("city")!.read!)).toEqual({ kind: "all", of: [] });
  });

  test("an update writes name, image and fields, whatever its rule leaves open", () => {
    const columns = (auth: string) => users(auth).rules!.update.grants.map((rule) => [rule.name, rule.columns]);
    const fields = "fields: { city: string?, upper: { type: string?, expr: upper(name) } }";
    expect(columns(`{ emailPassword: true, user: { ${fields} } }`)).toEqual([["self", ["name", "image", "city"]]]);
    const rules = "rules: { update: { staff: { $user.role: admin } } }";
    expect(columns(`{ emailPassword: true, user: { ${fields}, ${rules} } }`)).toEqual([
      ["staff", ["name", "image", "city"]],
    ]);
    expect(users("{ emailPassword: true }").columns.get("role")!.write).toEqual({ kind: "any", of: [] });
  });
});

describe("settings", () => {
  test("have defaults", () => {
    const { tables: _, user, session, place: __, ...rest } = appOf("{ emailPassword: true, magicLink: true }").auth!;
    expect(rest).toEqual({
      roles: ["user", "admin"],
      fields: new Map(),
      emailPassword: { minLength: 8, maxLength: 128, verify: false },
      magicLink: { minutes: 5 },
      social: new Map(),
      sessionDays: 30,
      refreshDays: 1,
      secret: { kind: "env", name: "AUTH_SECRET" },
      trustedOrigins: [],
      signInLimit: { requests: 10, seconds: 60 },
    });
    expect([...user.keys()]).toEqual(["id", "name", "email", "emailVerified", "image", "role", "createdAt"]);
    expect([...session.keys()]).toEqual(["id", "createdAt", "expiresAt"]);
  });

  test("the first role is everybody's at sign-up", () => {
    const { columns } = users("{ emailPassword: true, roles: [member, boss] }");
    expect(columns.get("role")!.default).toEqual({ kind: "constant", value: "member" });
  });
});

test("an operation is for whoever is signed in, unless it or the defaults say something else", () => {
  const app = appOf(
    "{ emailPassword: true }",
    `defaults: { auth: admin }
tables: { notes: { columns: { id: integer } } }
queries:
  usual: { list: notes }
  open: { list: notes, auth: public }
  ours: { list: notes, auth: user, as: system, because: Figures }
`,
  );
  expect([...app.operations.values()].map(({ auth, asSystem }) => [auth, asSystem])).toEqual([
    [["admin"], undefined],
    ["public", undefined],
    ["user", "Figures"],
  ]);
  expect([...appOf("{ emailPassword: true }", "queries: { me: { list: users } }").operations.values()][0]!.auth).toBe(
    "user",
  );
});

test("secrets are in the database, at their places, and in nothing that a Worker's handlers have", () => {
  const app = appOf("{ emailPassword: true }");
  expect([...app.tables.get("sessions")!.columns.keys()].slice(0, 3)).toEqual(["id", "token", "expiresAt"]);
  expect(JSON.stringify(modelOf(app))).toMatch(/"password"/);
  expect(JSON.stringify(tablesModel(app))).not.toMatch(/"(token|password|accessToken|refreshToken|idToken|value)":\{/);
});
