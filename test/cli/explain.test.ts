import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectFolder } from "./project.ts";
import { appflare } from "./terminal.ts";

const specs = fileURLToPath(new URL("../../specs", import.meta.url));

/** What `appflare explain` says of an operation of a spec. */
async function explained(spec: string, operation: string): Promise<string> {
  const { code, out, err } = await appflare(specs, "explain", operation, `${spec}/appflare.yaml`);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

test("a list with optional arguments: how it varies, and how SQLite goes about it either way", async () => {
  const out = await explained("taskboard", "tasks/list");
  expect(out).toContain("query tasks/list: Tasks of a project, newest first.\n");
  expect(out).toContain("\n  limit      integer   1 to 100, 20 unless given\n");
  expect(out).toContain('\n    AND instr(lower(t0."title"), lower(:search)) > 0\n');
  expect(out).toContain('\n  without done: no t0."done" = :done\n');
  expect(out).toContain(`
Plan with search, done, labels
  - finds tasks by the index on projectId (projectId equal, id equal)
  - once before:
    - finds tasks.labels by the key id, which holds all that is asked for
    - once before, takes the items of a list
    - finds tasksLabels by the index on labelsId

Plan without optional arguments
  - finds tasks by the index on projectId

Indexes that serve it
  tasks:        the index on projectId  tables.tasks.relations.project
  labels:       the key id              tables.labels
  tasksLabels:  the index on labelsId   tables.tasks.relations.labels
`);
  expect(out).not.toContain("What would help");
});

test("nested rows are told by their way, and an index is advised where SQLite would use it", async () => {
  const out = await explained("taskboard", "tasks/feed");
  expect(out).toContain(`
Plan
  - reads tasks in the order of the key, as far as it needs
  - for each, finds tasks.assignee by the key id
  - for each:
    - finds tasks.comments by the index on taskId
    - sorts them in memory
    - for each, finds tasks.comments.author by the key id
`);
  expect(out).toContain(`
  what is found in tasks.comments is sorted in memory; SQLite would use this index instead:
      comments:
        indexes:
          - [taskId, -createdAt]
`);
});

const manifest = (index: string) => `appflare: 1
name: notes
defaults: { auth: public }
tables:
  authors: { columns: { id: integer, name: string } }
  notes:
    columns: { id: integer, kind: string, text: string, createdAt: { type: timestamp, default: now } }
    relations: { author: { one: authors, onDelete: cascade } }
    ${index}
queries:
  notes/ofKind: { args: { kind: string }, list: notes, where: { kind: $args.kind }, orderBy: [-createdAt] }
mutations:
  authors/remove: { args: { id: integer }, delete: authors, where: { id: $args.id }, expect: one }
  notes/some: { args: { kind: string }, update: notes, where: { kind: $args.kind }, set: { text: x }, expect: { max: 2 } }
`;

test("what is advised helps", async () => {
  const bare = projectFolder({ "appflare.yaml": manifest("") });
  const before = await appflare(bare, "explain", "notes/ofKind");
  expect(before.out).toContain("  - reads every row of notes\n  - sorts them in memory\n");
  expect(before.out).toContain(
    "every row of notes is read and sorted in memory; SQLite would use this index instead:\n" +
      "      notes:\n        indexes:\n          - [kind, -createdAt]\n",
  );
  const indexed = projectFolder({ "appflare.yaml": manifest("indexes: [[kind, -createdAt]]") });
  const after = await appflare(indexed, "explain", "notes/ofKind");
  expect(after.out).toContain("  - finds notes by the index on kind and createdAt (kind equal)\n");
  expect(after.out).toContain("tables.notes.indexes.0\n");
  expect(after.out).not.toContain("What would help");
});

test("a delete looks for rows that refer to what goes", async () => {
  const { out } = await appflare(projectFolder({ "appflare.yaml": manifest("") }), "explain", "authors/remove");
  expect(out).toContain(`
  - finds authors by the key id
  - for each, reads every row of notes for rows that refer to it
`);
  expect(out).toContain("      notes:\n        indexes:\n          - [authorId]\n");
});

test("the guard of a write is shown, in the batch behind it", async () => {
  const { out } = await appflare(projectFolder({ "appflare.yaml": manifest("") }), "explain", "notes/some");
  expect(out).toContain(
    "\nBehind it in the same batch\n  SELECT json_extract('{}', iif(changes() > 2, '_af:conflict', NULL))",
  );
});

test("a guard between steps counts, and has no plan", async () => {
  const out = await explained("shop", "wallets/transfer");
  expect(out).toContain("iif(changes() < 1, '_af:not_found:");
  expect(out).not.toContain("writes the values that the statement gives");
});

test("an insert's plan has no look-ups that never run", async () => {
  expect(await explained("taskboard", "users/create")).toContain("\nPlan\n  - writes one row\n");
});

test("a handler says who answers", async () => {
  const out = await explained("kitchen-sink", "samples/decode");
  expect(out).toMatch(/^query samples\/decode: .*\n\nArguments\n/);
  expect(out).toMatch(/Answered by\n {2}\w+ of \.\/handlers\/\S+, a handler: /);
  expect(out).not.toContain("SQL\n");
});

test("without an operation all are listed, a line each", async () => {
  const { code, out } = await appflare(specs, "explain", "hostile-names/appflare.yaml");
  expect(code).toBe(0);
  expect(out).toContain(
    "query     legacy/list           finds legacy by the unique index on kind and size (kind equal)",
  );
  expect(out.split("\n").length).toBeGreaterThan(30);
});

interface Sentence {
  readonly text: string;
  readonly inside: readonly Sentence[];
}

function texts(plans: readonly { readonly steps: readonly Sentence[] }[]): string[] {
  return plans.flatMap(({ steps }) => steps.flatMap(({ text, inside }) => [text, ...texts([{ steps: inside }])]));
}

test("every operation of every spec can be explained, in sentences and as one JSON document", async () => {
  for (const spec of ["minimal", "taskboard", "library", "places", "kitchen-sink", "hostile-names", "workspace"]) {
    const path = `${spec}/appflare.yaml`;
    const { out } = await appflare(specs, "explain", path, "--format", "json");
    const documents = JSON.parse(out) as {
      name: string;
      arguments: { name: string }[];
      plans?: { steps: Sentence[] }[];
      steps?: { statements: { refuses?: true; plans: { steps: Sentence[] }[] }[] }[];
      handler?: unknown;
    }[];
    for (const { name, plans: own, steps: batch = [], handler } of documents) {
      // a guard may look at nothing but what is written
      const writes = batch.flatMap(({ statements }) => statements.filter(({ refuses }) => !refuses));
      const plans = own ?? writes.flatMap((statement) => statement.plans);
      expect(handler ?? plans.every(({ steps }) => steps.length > 0), `${spec} ${name}`).toBeTruthy();
      // no name of SQL: none of the manifest has an underscore, and only one spec has a table t0
      const alias = spec === "hostile-names" ? /_/ : /_|\bt\d+\b/;
      expect(texts(plans).join("\n"), `${spec} ${name}`).not.toMatch(alias);
    }
    const page = documents.find(({ arguments: taken }) => taken.some(({ name }) => name === "cursor"));
    if (spec === "taskboard")
      expect(page?.arguments).toContainEqual(expect.objectContaining({ name: "size", optional: true }));
    const single = await appflare(specs, "explain", documents[0]!.name, path, "--format", "json");
    expect(JSON.parse(single.out)).toEqual(documents[0]);
  }
});

test("an operation that is not there is wrong usage", async () => {
  const near = await appflare(specs, "explain", "tasks/lst", "taskboard/appflare.yaml");
  expect(near).toEqual({
    code: 2,
    out: "",
    err: 'appflare: there is no operation "tasks/lst". Did you mean "tasks/list"?\n',
  });
  const far = await appflare(specs, "explain", "nothing", "taskboard/appflare.yaml");
  expect(far.err).toBe('appflare: there is no operation "nothing". `appflare explain` lists them.\n');
});

/** What `appflare explain` says in a section. */
async function sectionOf(title: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await appflare(specs, "explain", ...words);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return (
    out
      .split("\n\n")
      .find((section) => section.startsWith(`${title}\n`))
      ?.trimEnd() ?? ""
  );
}

const workspace = "workspace/appflare.yaml";

test("which rows a role reaches, and by which rules", async () => {
  expect(await sectionOf("As admin", "comments/list", workspace, "--as", "admin")).toBe(`As admin
  reads comments: rows by the rule
    reader: document may be read
    not where suspended: $user.suspended = true
  reads comments.document: rows where workspaceId = $user.workspaceId, by the rules
    author: isAuthor (authorId = $user.id)
    shared: isShared (some of shares: userId = $user.id)
    team: team: isMember (some of memberships: userId = $user.id) and status ≠ "draft"
    admin: any row`);
  expect(await sectionOf("As user", "documents/dearer", workspace, "--as", "user")).toContain(
    'budget only where knowsBudget (isAuthor (authorId = $user.id) or team: isLead (some of memberships: (userId = $user.id and role = "lead")))',
  );
  expect(await sectionOf("As user", "documents/giveAway", workspace, "--as", "user")).toContain(`As user
  updates documents: rows where workspaceId = $user.workspaceId, by the rule
    author: isAuthor (authorId = $user.id), and then authorId = $before.authorId
    not where suspended: $user.suspended = true
    not where archived: status = "archived"
  reads documents: rows where`);
  expect(await sectionOf("As nobody", "posts/list", workspace, "--as", "nobody")).toContain(`
  reads posts: rows by the rule
    published: isPublished = true
`);
  expect(await sectionOf("As user", "documents/budgets", workspace, "--as", "user")).toBe(
    "As user\n  may not call it: it is for admin",
  );
  expect(await sectionOf("As nobody", "documents/open", workspace, "--as", "nobody")).toBe(
    "As nobody\n  obeys no rules, because: The link is the permission",
  );
});

test("a denial of columns is told where one of them may be written", async () => {
  const folder = projectFolder({
    "appflare.yaml": `appflare: 1
name: posts
auth: { emailPassword: true }
tables:
  posts:
    columns: { id: integer, title: string, body: string, isOut: boolean }
    relations: { author: { one: users, index: true } }
    rules:
      read: { everybody: {} }
      update: { author: { authorId: $user.id } }
      deny: { update: { out: { when: { isOut: true }, columns: [title] } } }
mutations:
  title: { args: { id: integer }, update: posts, where: { id: $args.id }, input: [title], expect: one, returns: [id] }
  body: { args: { id: integer }, update: posts, where: { id: $args.id }, input: [body], expect: one, returns: [id] }
`,
  });
  const title = await appflare(folder, "explain", "title", "--as", "user");
  expect(title.out).toContain(`
  updates posts: rows by the rule
    author: authorId = $user.id
    not where out: isOut = true, where title is written
  reads posts: any row
`);
  expect((await appflare(folder, "explain", "body", "--as", "user")).out).not.toContain("not where");
});

test("the SQL is that of who calls", async () => {
  const sql = async (role: string) => sectionOf("SQL", "posts/list", workspace, "--as", role);
  expect(await sql("nobody")).toContain("is_published");
  expect(await sql("nobody")).not.toMatch(/\$user|(AND|OR) FALSE|FALSE (AND|OR)/);
  expect(await sql("user")).toContain("$user.id");
  const guard = "Guard, which refuses the write where it finds something";
  expect(await sectionOf(guard, "documents/giveAway", workspace)).toContain("forbidden!documents.update!archived");
});

test("a role that there is not", async () => {
  expect(await appflare(specs, "explain", "posts/list", workspace, "--as", "usr")).toEqual({
    code: 2,
    out: "",
    err: 'appflare: nobody has the role "usr". Did you mean "user"?\n',
  });
});

test("roles against operations", async () => {
  const { code, out } = await appflare(specs, "explain", "--matrix", workspace, "--format", "json");
  expect(code).toBe(0);
  const { people, rows } = JSON.parse(out) as { people: string[]; rows: { operation: string; cells: string[] }[] };
  expect(people).toEqual(["nobody", "user", "staff", "admin"]);
  const cells = (name: string) => rows.find(({ operation }) => operation === name)?.cells;
  expect(cells("posts/list")).toEqual(["own rows: published", ...Array(3).fill("own rows: published, author")]);
  expect(cells("documents/budgets")).toEqual(["no", "no", "no", "yes, as system"]);
  expect(cells("tips/drop")).toEqual(["yes", "yes", "yes", "yes"]);
  expect(cells("teams/create")).toEqual([
    "no",
    "no",
    "own rows: workspaceId; manager",
    "own rows: workspaceId; manager",
  ]);
  expect(cells("comments/list")?.[1]).toBe("own rows: reader; not suspended");
  const text = await appflare(specs, "explain", "--matrix", workspace);
  expect(text.out).toMatch(/^ +nobody +user +staff +admin\n/);
  expect(text.out).toMatch(/\npeople\/suspend +no +no +yes, as system +yes, as system\n/);
});
