import { expect, test } from "vitest";
import { layOut } from "../../compiler/explain/layout.ts";

test("what fits stays on one line", () => {
  expect(layOut('SELECT t0."a" FROM "t" AS t0 WHERE t0."a" = :a')).toBe(
    'SELECT t0."a" FROM "t" AS t0 WHERE t0."a" = :a',
  );
});

test("a long statement is broken at its clauses, and inside at commas and ANDs", () => {
  const long = (name: string): string => `${name}${"x".repeat(30)}`;
  const sql = `SELECT json_object('one', ${long("a")}, 'two', (SELECT ${long("b")} FROM ${long("c")} WHERE ${long("d")} = 1)) AS "row" FROM "t" WHERE (${long("e")} = 1 AND ${long("f")} = 2 AND ${long("g")} = 3) LIMIT 1`;
  expect(layOut(sql)).toBe(`SELECT json_object(
  'one', ${long("a")},
  'two', (
    SELECT ${long("b")}
    FROM ${long("c")}
    WHERE ${long("d")} = 1
  )
) AS "row"
FROM "t"
WHERE (
  ${long("e")} = 1
  AND ${long("f")} = 2
  AND ${long("g")} = 3
)
LIMIT 1`);
});

test("quoted names and texts are left as they are", () => {
  const odd = `"a ( FROM "" b"`;
  const text = `'it''s ) SELECT, AND'`;
  const sql = `SELECT ${Array(6).fill(`${odd} = ${text}`).join(", ")} FROM ${odd}`;
  expect(layOut(sql).replace(/\n\s*/g, " ")).toBe(sql);
  expect(layOut(sql).split("\n")).toHaveLength(8);
});

test("a DELETE keeps its FROM", () => {
  const sql = `DELETE FROM "t" WHERE ("t"."${"a".repeat(60)}" = 1 AND "t"."${"b".repeat(60)}" = 2)`;
  expect(layOut(sql).split("\n")[0]).toBe('DELETE FROM "t"');
});
