import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { lowerOpenSql } from "../../compiler/ir/sqlExpressions.ts";
import { appOf, tableOf } from "./lowered.ts";

/* What the compiler takes for an expression, SQLite takes, and the other way round. */

const table = tableOf(appOf("tables: { t: { columns: { id: integer } } }"), "t");
const sqlite = new DatabaseSync(":memory:");
sqlite.exec('CREATE TABLE t ("a", "b", "end")');

function reads(sql: string): boolean {
  const said: unknown[] = [];
  const report = (code: unknown) => void said.push(code);
  lowerOpenSql(sql, table, table.place, report as never);
  return said.length === 0;
}

function sqliteReads(sql: string): boolean {
  try {
    sqlite.prepare(`SELECT (${sql}) FROM t`);
    return true;
  } catch {
    return false;
  }
}

const right = [
  "a + b * -a",
  "not a = b and not (a or b)",
  "a is null or b is not null or a isnull or b notnull or a not null",
  "a is distinct from b and a is not distinct from b",
  "a in (1, 2) and b not in ()",
  "a not between 1 and 2 + 3",
  "a like 'x%' escape '!' or a not glob 'b*'",
  "case when a then b else null end",
  "case a when 1 then case when b then 2 end else 3 end || 'x'",
  "cast(a as integer) collate nocase",
  "coalesce(a, max(b, 1), round(-a, 2)) -> '$.x' ->> 'y'",
  "(a, b) = (1, 2)",
  '"end" + `a` + [b]',
  "like('a', b) and glob('a', b)",
  "- - + ~a || not b",
  "length(trim(a)) = 0x10 or true",
  "x'00' = a and 1e3 < .5",
];
const wrong = [
  "a +",
  "+",
  "a b",
  "a (b)",
  "a = = b",
  "* a",
  "a and",
  "a or or b",
  "(a +) b",
  "coalesce(a,)",
  "coalesce(, a)",
  "coalesce(a b)",
  "case a end end",
  "case when a then b",
  "case when a else b",
  "a then b",
  "a not b",
  "a between",
  "a collate",
  "a is distinct b",
  "1 2",
  "'a' 'b'",
  "()",
];

describe("an expression", () => {
  test.each(right)("reads: %s", (sql) => {
    expect(sqliteReads(sql), "SQLite").toBe(true);
    expect(reads(sql)).toBe(true);
  });

  test.each(wrong)("does not read: %s", (sql) => {
    expect(sqliteReads(sql), "SQLite").toBe(false);
    expect(reads(sql)).toBe(false);
  });
});
