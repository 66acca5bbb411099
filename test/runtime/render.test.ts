import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Bind, Sql } from "../../runtime/server/plan.ts";
import { conditionsOf, memoised, render } from "../../runtime/server/render.ts";

const sent =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

const byTitle: Sql = { when: "title", then: ["title = ", { arg: "title" }] };
const byDone: Sql = { when: "done", then: ["done = ", { arg: "done" }] };

describe("render", () => {
  test("a sequence prints its parts, a bind is a question mark", () => {
    expect(render(["a = ", { arg: "a" }, " LIMIT ", { size: "page" }], sent())).toEqual({
      text: "a = ? LIMIT ?",
      binds: [{ arg: "a" }, { size: "page" }],
    });
  });

  test("a join keeps the present parts and its parentheses only where there are several", () => {
    const where: Sql = { before: " WHERE ", around: { join: " AND ", of: [byTitle, byDone] }, after: "" };
    expect(render(["SELECT 1", where], sent()).text).toBe("SELECT 1");
    expect(render(["SELECT 1", where], sent("done")).text).toBe("SELECT 1 WHERE done = ?");
    expect(render(["SELECT 1", where], sent("done", "title"))).toEqual({
      text: "SELECT 1 WHERE (title = ? AND done = ?)",
      binds: [{ arg: "title" }, { arg: "done" }],
    });
    expect(render({ join: ", ", of: ["a", "b"] }, sent()).text).toBe("a, b");
  });

  test("what surrounds an absent part is absent, binds included", () => {
    const not: Sql = {
      before: ["NOT (", { arg: "flag" }],
      around: byTitle,
      after: ")",
      otherwise: ["x", { now: "date" }],
    };
    expect(render(not, sent())).toEqual({ text: "x?", binds: [{ now: "date" }] });
    expect(render(not, sent("title"))).toEqual({
      text: "NOT (?title = ?)",
      binds: [{ arg: "flag" }, { arg: "title" }],
    });
  });

  test("otherwise stands where the argument was not sent", () => {
    const set: Sql = { when: "title", then: "new", otherwise: "old" };
    expect(render(set, sent("title")).text).toBe("new");
    expect(render(set, sent()).text).toBe("old");
  });
});

/** Another reading of the same rules: the tree is pruned first, then printed. */
type Kept = { text: string; binds: Bind[] } | undefined;
function naive(sql: Sql, present: (name: string) => boolean): Kept {
  if (typeof sql === "string") return { text: sql, binds: [] };
  const concat = (parts: Kept[], separator: string): Kept => {
    const kept = parts.filter((part) => part !== undefined);
    return kept.length === 0
      ? undefined
      : { text: kept.map((part) => part.text).join(separator), binds: kept.flatMap((part) => part.binds) };
  };
  if (Array.isArray(sql))
    return concat(
      (sql as Sql[]).map((part) => naive(part, present)),
      "",
    );
  const node = sql as Exclude<Sql, string | readonly Sql[]>;
  if ("when" in node) {
    if (present(node.when)) return naive(node.then, present);
    return node.otherwise === undefined ? undefined : naive(node.otherwise, present);
  }
  if ("join" in node) {
    const parts = node.of.map((part) => naive(part, present)).filter((part) => part !== undefined);
    const joined = concat(parts, node.join);
    if (joined && parts.length > 1 && node.join.trim() !== ",") return { ...joined, text: `(${joined.text})` };
    return joined;
  }
  if ("around" in node) {
    const around = naive(node.around, present);
    if (!around) return node.otherwise === undefined ? undefined : naive(node.otherwise, present);
    return concat([naive(node.before, present), around, naive(node.after, present)], "");
  }
  return { text: "?", binds: [node] };
}

const names = ["a", "b", "c.d", "cursor"];
const { sql: anySql } = fc.letrec<{ sql: Sql; list: Sql[] }>((tie) => ({
  list: fc.array(tie("sql"), { maxLength: 4 }),
  sql: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.string({ maxLength: 4 }),
    fc.constantFrom(...names).map((arg) => ({ arg })),
    tie("list"),
    fc.record(
      { when: fc.constantFrom(...names), then: tie("sql"), otherwise: tie("sql") },
      { requiredKeys: ["when", "then"] },
    ),
    fc.record({ join: fc.constantFrom(" AND " as const, " OR " as const, ", " as const), of: tie("list") }),
    fc.record(
      { before: tie("sql"), around: tie("sql"), after: tie("sql"), otherwise: tie("sql") },
      { requiredKeys: ["before", "around", "after"] },
    ),
  ) as fc.Arbitrary<Sql>,
}));

describe("render, over any Sql", () => {
  test("agrees with a naive renderer, memoised or not", () => {
    fc.assert(
      fc.property(anySql, fc.array(fc.subarray(names), { minLength: 1, maxLength: 4 }), (sql, sets) => {
        const memo = memoised(sql, (rendered) => rendered);
        for (const set of sets) {
          const expected = naive(sql, sent(...set)) ?? { text: "", binds: [] };
          expect(render(sql, sent(...set))).toEqual(expected);
          expect(memo(sent(...set))).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("one text for each set of present names, made once", () => {
    let made = 0;
    const sql: Sql = { join: " AND ", of: [byTitle, byDone] };
    const memo = memoised(sql, ({ text }) => {
      made += 1;
      return text;
    });
    expect(conditionsOf(sql)).toEqual(["title", "done"]);
    expect(memo(sent("title", "other"))).toBe("title = ?");
    expect(memo(sent("title"))).toBe("title = ?");
    expect(made).toBe(1);
    expect(memo(sent("done"))).toBe("done = ?");
    expect(made).toBe(2);
  });
});
