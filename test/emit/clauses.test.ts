import fc from "fast-check";
import { expect, test } from "vitest";
import { clauses } from "../../compiler/emit/operations/clauses.ts";
import { sqlData } from "../../compiler/emit/operations/sql.ts";

test("a long statement has a clause a line, and long clauses end behind commas", () => {
  const text =
    `SELECT json_object('id', t."id", 'title', t."title", 'from', t."FROM x, y", 'points', t."points", 'due', t."due_at") AS "row"` +
    ` FROM "tasks" AS t WHERE t."title" = 'a WHERE b' ORDER BY t."id" LIMIT 20`;
  expect(clauses(text)).toEqual([
    `SELECT json_object('id', t."id", 'title', t."title", 'from', t."FROM x, y", 'points', `,
    `t."points", 'due', t."due_at") AS "row"`,
    ' FROM "tasks" AS t',
    ` WHERE t."title" = 'a WHERE b'`,
    ' ORDER BY t."id"',
    " LIMIT 20",
  ]);
});

test("the lines are the text", () => {
  const words = fc.constantFrom(" FROM ", " WHERE ", "'", '"', "(", ")", ", ", "a_long_name_of_something", "''");
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (parts) => clauses(parts.join("")).join("") === parts.join("")),
  );
});

test("neighbouring texts and nested lists become one sequence", () => {
  expect(sqlData(["SELECT ", ["1", [" WHERE a = ", { arg: "a" }]], "", " LIMIT 1"])).toEqual([
    "SELECT 1 WHERE a = ",
    { arg: "a" },
    " LIMIT 1",
  ]);
  expect(sqlData(["SELECT ", "1"])).toBe("SELECT 1");
});
