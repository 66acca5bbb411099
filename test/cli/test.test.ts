import { expect, test } from "vitest";
import { projectFolder } from "./project.ts";
import { appflare } from "./terminal.ts";

const manifest = `appflare: 1
name: notes
defaults: { auth: public }
tables:
  notes:
    columns:
      id: integer
      text: string
queries:
  notes/list: { list: notes }
mutations:
  notes/create: { insert: notes, input: [text] }
`;

const good = `rows:
  notes: [{ id: 1, text: one }]
tests:
  - { name: the rows are there, call: notes/list, expect: [{ id: 1, text: one }] }
  - name: what a step writes, the next one sees
    steps:
      - { call: notes/create, args: { text: two }, expect: { id: $id, text: two } }
      - { call: notes/list, expect: [{ id: 1, $rest: $any }, { id: $id, text: two }] }
  - { name: each test starts from the same rows, call: notes/list, expect: { $length: 1 } }
  - { name: a refusal, call: notes/create, args: { title: x }, error: { code: invalid_arguments, paths: [text, title] } }
`;

const failing = `tests:
  - name: nothing is there
    call: notes/list
    expect: [{ id: 1 }]
  - { name: that is refused, call: notes/create, args: { text: x }, error: conflict }
  - { name: that is not, call: notes/create, expect: $any }
`;

const at = (text: string) => projectFolder({ "appflare.yaml": manifest, "appflare.test.yaml": text });

test("calls are made and compared, every test from the same rows", { timeout: 60_000 }, async () => {
  expect(await appflare(at(good), "test")).toEqual({
    code: 0,
    out: `ok    the rows are there
ok    what a step writes, the next one sees
ok    each test starts from the same rows
ok    a refusal

4 tests, all as expected
`,
    err: "",
  });
});

const signedIn = `appflare: 1
name: diary
auth: { emailPassword: true, user: { fields: { plan: string? } } }
tables:
  entries:
    columns: { id: integer, text: string }
    relations: { author: { one: users, index: true } }
    rules:
      read: { author: { authorId: $user.id } }
      create: { author: { authorId: $user.id } }
queries:
  entries/list: { list: entries, select: [id, text] }
  plans/list: { auth: admin, list: users, where: { plan: pro }, select: [id], scan: few }
mutations:
  entries/create: { insert: entries, input: [text, authorId], returns: [text] }
`;

const people = `users: { ann: { plan: pro }, ben: , root: { role: admin, id: r1 } }
rows:
  entries: [{ id: 1, text: Monday, authorId: ann }]
tests:
  - { name: her own, as: ann, call: entries/list, expect: [{ id: 1, text: Monday }] }
  - { name: not his, as: ben, call: entries/list, expect: [] }
  - { name: nobody's, as: nobody, call: entries/list, error: unauthorized }
  - { name: in her name, as: ben, call: entries/create, args: { text: x, authorId: ann }, error: { code: forbidden, rule: entries.create } }
  - { name: a role that he has not, as: ben, call: plans/list, error: { code: forbidden, rule: auth } }
  - { name: "a role, and a column that it may not read", as: root, call: plans/list, expect: [] }
`;

test("users call as who they are", { timeout: 60_000 }, async () => {
  const folder = projectFolder({ "appflare.yaml": signedIn, "rules.test.yaml": people });
  expect(await appflare(folder, "test", "rules.test.yaml")).toEqual({
    code: 0,
    out: `ok    her own
ok    not his
ok    nobody's
ok    in her name
ok    a role that he has not
ok    a role, and a column that it may not read

6 tests, all as expected
`,
    err: "",
  });
});

test("what is not as expected is told with its place, as text and as JSON", { timeout: 60_000 }, async () => {
  const folder = at(failing);
  const { code, out } = await appflare(folder, "test", "appflare.yaml");
  expect(code).toBe(1);
  expect(out).toBe(`FAIL  nothing is there
      appflare.test.yaml:2:5 - nobody calls notes/list
        result: expected 1 items [{"id":1}], got []
      expected: [{"id":1}]
      got: []
FAIL  that is refused
      appflare.test.yaml:5:5 - nobody calls notes/create
      expected: {"error":{"code":"conflict"}}
      got: {"id":1,"text":"x"}
FAIL  that is not
      appflare.test.yaml:6:5 - nobody calls notes/create
      expected: "$any"
      got: {"error":{"status":400,"code":"invalid_arguments","message":"text: is required","details":[{"path":"text","message":"is required"}]}}

3 tests, 3 failed
`);
  const json = await appflare(folder, "test", "--format", "json", "appflare.test.yaml");
  expect(json).toMatchObject({ code: 1, err: "" });
  expect(JSON.parse(json.out)).toMatchObject({
    ok: false,
    tests: [
      {
        name: "nothing is there",
        ok: false,
        file: "appflare.test.yaml",
        line: 2,
        as: "nobody",
        expected: [{ id: 1 }],
        got: [],
      },
      { name: "that is refused", ok: false, line: 5 },
      { name: "that is not", ok: false, line: 6, got: { error: { code: "invalid_arguments" } } },
    ],
    diagnostics: [],
  });
});

test("mistakes in the file are told with their places, and nothing is run", async () => {
  const folder = at(`users: { nobody: {} }
rows: { note: [] }
tests:
  - { name: one, call: notes/lst, expect: [] }
  - { name: two, as: ann, call: notes/list, expect: [] }
  - { name: three, call: notes/list }
  - { name: four, call: notes/list, args: [], expect: [], error: conflict }
  - { nam: five }
`);
  const { code, out, err } = await appflare(folder, "test");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  for (const line of [
    "appflare.test.yaml:1:1 - error test/no-auth: Nobody signs in: the manifest has no `auth` section.",
    'appflare.test.yaml:2:9 - error reference/unknown-table: There is no table "note". Did you mean "notes"?',
    'appflare.test.yaml:4:24 - error test/unknown-operation: There is no operation "notes/lst". Did you mean "notes/list"?',
    'appflare.test.yaml:5:22 - error test/unknown-user: There is no user "ann": `users` says who is there.',
    'appflare.test.yaml:6:5 - error test/expectation: A call says what comes of it by one of "expect" and "error"; here are none of them.',
    "appflare.test.yaml:7:43 - error shape/type: Expected a map, found a list.",
    'appflare.test.yaml:7:5 - error test/expectation: A call says what comes of it by one of "expect" and "error"; here are both.',
    'appflare.test.yaml:8:5 - error shape/missing-key: The key "name" is missing in a test.',
  ])
    expect(err).toContain(line);
});

test("a manifest with mistakes is told as such", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest.replace("list: notes", "list: note") });
  const { code, out, err } = await appflare(folder, "test", "--format", "json");
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("reference/unknown-table") });
  expect(JSON.parse(out)).toMatchObject({ ok: false, tests: [], diagnostics: [{ code: "reference/unknown-table" }] });
});

test("a file that is not there is one line and exit code 2", async () => {
  const folder = projectFolder({ "appflare.yaml": manifest });
  const err = "appflare: appflare.test.yaml is not there. It has the tests.\n";
  expect(await appflare(folder, "test")).toEqual({ code: 2, out: "", err });
});
