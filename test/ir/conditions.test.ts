import { describe, expect, test } from "vitest";
import type { Condition, Operand } from "../../compiler/ir/condition.ts";
import { appOf, bodyOf, tableOf } from "./lowered.ts";

const tables = `
tables:
  users: { columns: { id: uuid, name: string }, relations: { tasks: { many: tasks } } }
  tasks:
    columns: { id: integer, title: string, done: boolean, points: integer?, at: timestamp, day: date, tags: { type: array, items: string } }
    relations: { owner: { one: users, optional: true } }
    conditions:
      isOpen: { done: false }
      isDue: [isOpen, { at: { lt: $now } }]
`;

/** A condition in short: `(title = "a" AND …)`. */
function short(condition: Condition): string {
  switch (condition.kind) {
    case "all":
    case "any":
      return `${condition.kind}(${condition.of.map(short).join(", ")})`;
    case "not":
      return `not(${short(condition.of)})`;
    case "compare":
      return `${operand(condition.left)} ${condition.op} ${operand(condition.right)}`;
    case "match":
      return `${operand(condition.left)} ${condition.op}${condition.caseSensitive ? "" : "/i"} ${operand(condition.right)}`;
    case "in":
      return `${operand(condition.left)} ${condition.negated ? "notIn" : "in"} ${operand(condition.list)}`;
    case "isNull":
      return `${operand(condition.of)} isNull ${operand(condition.is)}`;
    case "related":
      return `${condition.quantifier} ${condition.relation.name}${condition.of ? `(${short(condition.of)})` : ""}`;
    default:
      throw new Error(`${condition.kind} is proved elsewhere`);
  }
}

function operand(of: Operand): string {
  if (of.kind === "constant") return JSON.stringify(of.value);
  if (of.kind === "argument") return `$${of.path.join(".")}${of.optional ? "?" : ""}`;
  if (of.kind === "now") return `$now:${of.of.type.kind}`;
  return of.kind === "column" ? of.column.name : of.kind;
}

const where = (written: string, args = "") => {
  const app = appOf(`${tables}queries: { q: { ${args && `args: ${args}, `}list: tasks, where: ${written} } }`);
  return short(bodyOf(app, "q", "list").where!);
};

describe("forms", () => {
  test.each([
    ["{ title: a }", 'title eq "a"'],
    ["{ points: null }", "points isNull true"],
    ["{ points: { ne: null } }", "points isNull false"],
    ["{ title: $$a }", 'title eq "$a"'],
    ["{ points: { gte: 1, lt: 5 } }", "all(points gte 1, points lt 5)"],
    ["{ points: { in: [1, null] } }", "points in [1,null]"],
    ["{ title: { notIn: [] } }", "title notIn []"],
    [
      "{ title: { contains: a, endsWith: b, caseSensitive: false } }",
      'all(title contains/i "a", title endsWith/i "b")',
    ],
    ["{ title: { startsWith: a } }", 'title startsWith "a"'],
    ["{ points: { isNull: false } }", "points isNull false"],
    ["{ points: { column: id } }", "points eq id"],
    ["{ points: { gt: { column: id } } }", "points gt id"],
    ["{ at: { lt: $now }, day: $now }", "all(at lt $now:timestamp, day eq $now:date)"],
    ["{ at: 2026-01-31T00:00:00+02:00 }", 'at eq "2026-01-30T22:00:00.000Z"'],
    ["{}", "all()"],
    ["[]", "any()"],
    ["[{ title: a }, { title: b, done: true }]", 'any(title eq "a", all(title eq "b", done eq true))'],
    [
      "{ not: { any: [{ title: a }, { points: 1 }] }, done: true }",
      'all(not(any(title eq "a", points eq 1)), done eq true)',
    ],
    ["isDue", "any(done eq false, at lt $now:timestamp)"],
    ["{ owner: { name: a } }", 'some owner(name eq "a")'],
    ["{ owner: {} }", "some owner"],
    ["{ owner: null }", "none owner"],
    ["{ owner: [{ name: a }, { name: b }] }", 'some owner(any(name eq "a", name eq "b"))'],
    [
      "{ owner: { tasks: { some: isOpen, none: { points: 1 }, every: {} } } }",
      "some owner(all(some tasks(done eq false), none tasks(points eq 1), every tasks(all())))",
    ],
    ["{ tags: { isNull: false } }", "tags isNull false"],
  ])("%s", (written, expected) => {
    expect(where(written)).toBe(expected);
  });
});

describe("arguments", () => {
  test.each([
    ["{ title: $args.title? }", "{ title: string? }", "title eq $title?"],
    ["{ title: $args.title }", "{ title: { type: string, default: a } }", "title eq $title"],
    ["{ id: { in: $args.ids } }", "{ ids: { type: array, items: integer } }", "id in $ids"],
    ["{ id: { notIn: [1, $args.id] } }", "{ id: integer }", "not(any(id eq 1, id eq $id))"],
    ["{ points: { isNull: $args.none? } }", "{ none: boolean? }", "points isNull $none?"],
    ["{ $args.all: true }", "{ all: boolean }", "$all eq true"],
    ["{ $args.least?: { lte: { column: points } } }", "{ least: integer? }", "$least? lte points"],
    ["{ title: $args.of.title? }", "{ of: { type: object, properties: { title: string? } } }", "title eq $of.title?"],
  ])("%s", (written, args, expected) => {
    expect(where(written, args)).toBe(expected);
  });
});

test("a named condition is one object wherever it is named", () => {
  const app = appOf(`${tables}queries: { q: { list: tasks, where: isOpen } }`);
  expect(bodyOf(app, "q", "list").where).toBe(tableOf(app, "tasks").conditions.get("isOpen"));
});
