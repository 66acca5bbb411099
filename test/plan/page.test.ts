import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Body, ColumnTerm } from "../../compiler/ir/operation.ts";
import type { Column } from "../../compiler/ir/table.ts";
import { Memory } from "./database.ts";
import { app, arg, col, column, compare, decimal, index, operation, order, rows, table, type } from "./fixture.ts";
import { compareValues, type Value } from "./oracle.ts";

const events = table("events", [
  column("id", "integer"),
  column("title", "string"),
  column("note", "string", { nullable: true }),
  column("rank", "integer"),
  column("score", "integer", { nullable: true }),
  column("ratio", "number", { nullable: true }),
  column("big", "bigint"),
  column("price", decimal(2), { nullable: true }),
  column("at", "timestamp"),
  column("seen", "timestamp", { nullable: true }),
  column("done", "boolean"),
]);
const named = (name: string): Column => events.columns.get(name)!;
const [title, rank, at, score, ratio, id] = [
  named("title"),
  named("rank"),
  named("at"),
  named("score"),
  named("ratio"),
  named("id"),
];
(events.indexes as unknown[]).push(
  index("events_at", [at]),
  index("events_rank_title", [rank, title]),
  index("events_score", [score]),
  index("events_ratio", [ratio]),
  {
    ...index("events_newest", []),
    parts: [
      { on: title, descending: false },
      { on: at, descending: true },
    ],
  },
);
const everything = app(events);

const page = (orderBy: readonly ColumnTerm[], more: Partial<Extract<Body, { kind: "page" }>> = {}): Body => ({
  kind: "page",
  selection: rows(events, [], ["id"]),
  orderBy,
  size: { default: 3, max: 100 },
  bothWays: false,
  total: false,
  ...more,
});

const texts = ["", "a", "b", "é", "😀", "it's"];
const longs = [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, 2n ** 53n];
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 2 });
const row = fc.record({
  title: fc.constantFrom(...texts),
  note: orNull(fc.constantFrom(...texts)),
  rank: fc.constantFrom(1, 2),
  score: orNull(fc.constantFrom(-1, 0, 5)),
  ratio: orNull(fc.constantFrom(0.5, -1e300, 3)),
  big: fc.constantFrom(...longs),
  price: orNull(fc.constantFrom(...longs, -5n)),
  at: fc.constantFrom(0, 1, 1767323045006),
  seen: orNull(fc.constantFrom(0, 1767323045006)),
  done: fc.constantFrom(0, 1),
});

const term = fc.record({
  column: fc.constantFrom(...events.columns.values()),
  descending: fc.boolean(),
  nulls: fc.constantFrom(undefined, "first", "last"),
});

type StoredEvent = { readonly [column: string]: Value };

function compareRows(terms: readonly ColumnTerm[]) {
  const place = (value: unknown, { descending, nulls }: ColumnTerm) =>
    value === null ? ((nulls ?? (descending ? "last" : "first")) === "first" ? -1 : 1) : 0;
  return (left: StoredEvent, right: StoredEvent): number => {
    for (const each of terms) {
      const [a, b] = [left[each.column.name], right[each.column.name]];
      const nulls = place(a, each) - place(b, each);
      if (nulls !== 0) return nulls;
      if (a === null) continue;
      const difference = compareValues(a as Exclude<Value, null>, b as Exclude<Value, null>);
      if (difference !== 0) return each.descending ? -difference : difference;
    }
    return 0;
  };
}

async function walk(memory: Memory, body: Body, size: number): Promise<{ id: number }[]> {
  const seen: { id: number }[] = [];
  let position: string | undefined;
  do {
    const { rows, nextCursor, hasMore } = await memory.call(
      operation(body),
      {},
      { size, ...(position && { position }) },
    );
    expect(hasMore).toBe(nextCursor !== null);
    seen.push(...rows.map(({ id }: { id: number }) => ({ id })));
    if (seen.length > 100) throw new Error("The pages do not end");
    position = nextCursor;
  } while (position);
  return seen;
}

describe("pages", () => {
  const terms = fc.uniqueArray(term, { maxLength: 4, selector: (each) => each.column.name });
  const orders = terms.map((written) => {
    const asked = written.map(({ nulls, ...each }): ColumnTerm => ({ ...each, ...(nulls && { nulls }) }));
    return asked.some(({ column }) => column === id) ? asked : [...asked, order(id)];
  });
  /** The key alone, so that the cursor is a column beside it, or all columns, so that it is made of the row. */
  const selections = fc.constantFrom(rows(events, [], ["id"]), rows(events));

  test("walk the whole order, whatever its directions, nulls and ties", async () => {
    const memory = new Memory(everything);
    const property = fc.asyncProperty(
      fc.array(row, { maxLength: 14 }),
      orders,
      fc.integer({ min: 1, max: 5 }),
      selections,
      async (data, orderBy, size, selection) => {
        memory.sqlite.exec("DELETE FROM events");
        const numbered = data.map((each, id) => ({ id, ...each }));
        memory.fill("events", numbered);
        const expected = [...numbered].sort(compareRows(orderBy)).map((each) => ({ id: each.id }));
        expect(await walk(memory, page(orderBy, { selection }), size)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  }, 60_000);

  const change = fc.oneof(
    fc.record({ put: row }),
    fc.record({ remove: fc.nat() }),
    fc.record({ turn: fc.constantFrom("next", "previous"), size: fc.integer({ min: 1, max: 4 }) }),
  );

  test("lead on and back, between inserts and deletes, to the very neighbours of what was read", async () => {
    const memory = new Memory(everything);
    const property = fc.asyncProperty(
      fc.array(row, { maxLength: 10 }),
      orders,
      selections,
      fc.array(change, { minLength: 4, maxLength: 24 }),
      async (data, orderBy, selection, changes) => {
        memory.sqlite.exec("DELETE FROM events");
        let sorted: StoredEvent[] = [];
        let ids = 0;
        const compared = compareRows(orderBy);
        const put = (each: (typeof data)[number]) => {
          const numbered = { id: ids++, ...each };
          memory.fill("events", [numbered]);
          sorted = [...sorted, numbered].sort(compared);
        };
        for (const each of data) put(each);
        const read = async (size: number, position?: string) => {
          const asked = operation(page(orderBy, { selection, bothWays: true }));
          const answer = await memory.call(asked, {}, { size, ...(position && { position }) });
          expect(answer.hasMore).toBe(answer.nextCursor !== null);
          return { ...answer, ids: answer.rows.map((each: { id: number }) => each.id) };
        };
        const idsOf = (found: readonly StoredEvent[]) => found.map((each) => each["id"]);

        let last = await read(2);
        expect(last.ids).toEqual(idsOf(sorted.slice(0, 2)));
        let known = sorted.slice(0, 2);
        for (const each of changes) {
          if ("put" in each) put(each.put);
          else if ("remove" in each) {
            const gone = sorted[each.remove % (sorted.length || 1)];
            if (!gone) continue;
            sorted = sorted.filter((other) => other !== gone);
            memory.sqlite.prepare("DELETE FROM events WHERE id = ?").run(gone["id"] as number);
          } else {
            const { turn, size } = each;
            const position = turn === "next" ? last.nextCursor : last.previousCursor;
            if (position === null) continue;
            // of a page without rows: the start, or the end
            const ahead = known.length > 0 ? sorted.filter((other) => compared(other, known.at(-1)!) > 0) : sorted;
            const past = known.length > 0 ? sorted.filter((other) => compared(other, known[0]!) < 0) : sorted;
            known = turn === "next" ? ahead.slice(0, size) : past.slice(-size);
            last = await read(size, position);
            expect(last.ids).toEqual(idsOf(known));
            // the side that is read towards is told as it is
            const rest = turn === "next" ? ahead.length > size : past.length > size;
            expect((turn === "next" ? last.nextCursor : last.previousCursor) !== null).toBe(rest);
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 400 });
  }, 60_000);

  test("bring rows that stay once each way, whatever comes and goes meanwhile", async () => {
    const memory = new Memory(everything);
    const property = fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 10 }),
      fc.array(row, { maxLength: 20 }),
      orders,
      fc.integer({ min: 1, max: 3 }),
      async (data, passing, orderBy, size) => {
        memory.sqlite.exec("DELETE FROM events");
        const stay = data.map((each, number) => ({ id: number * 2, ...each }));
        memory.fill("events", stay);
        const expected = [...stay].sort(compareRows(orderBy)).map((each) => each.id);
        const come = passing.map((each, number) => ({ id: number * 2 + 1, ...each }));
        const churn = () => {
          memory.sqlite.exec("DELETE FROM events WHERE id % 4 = 1");
          memory.fill("events", come.splice(0, 2));
        };
        const sweep = async (turn: "nextCursor" | "previousCursor", from: string | undefined) => {
          const seen: number[][] = [];
          let position = from;
          let other: string | undefined;
          do {
            churn();
            const asked = operation(page(orderBy, { bothWays: true }));
            const answer = await memory.call(asked, {}, { size, ...(position && { position }) });
            seen.push(answer.rows.map((each: { id: number }) => each.id).filter((each: number) => each % 2 === 0));
            position = answer[turn];
            other = turn === "nextCursor" ? answer.previousCursor : answer.nextCursor;
          } while (position);
          return { seen, other };
        };
        const onward = await sweep("nextCursor", undefined);
        expect(onward.seen.flat()).toEqual(expected);
        if (!onward.other) return;
        const back = await sweep("previousCursor", onward.other);
        expect([...back.seen.reverse().flat(), ...onward.seen.at(-1)!]).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  function filled(): Memory {
    const memory = new Memory(everything);
    memory.fill(
      "events",
      Array.from({ length: 500 }, (_, n) => ({
        id: n,
        title: `t${n % 7}`,
        rank: n % 5,
        big: 1n,
        at: n * 1000,
        done: 0,
        score: n % 5,
      })),
    );
    return memory;
  }

  async function planOfSecondPage(memory: Memory, body: Body): Promise<string> {
    const { nextCursor } = await memory.call(operation(body), {}, { size: 2 });
    await memory.call(operation(body), {}, { size: 2, position: nextCursor });
    return memory.lastPlan().join("\n");
  }

  test.each([
    ["one way", [order(rank), order(title), order(id)], /SEARCH t0 USING .*events_rank_title \(\(rank,title\)/],
    [
      "backwards",
      [order(rank, true), order(title, true), order(id, true)],
      /SEARCH t0 USING .*events_rank_title \(\(rank,title\)/,
    ],
    ["by a falling time, then the key", [order(at, true), order(id)], /SEARCH t0 USING .*events_at \(at</],
    ["mixed", [order(title), order(at, true), order(id)], /SEARCH t0 USING .*events_newest \(title>/],
    ["by key", [order(id)], /SEARCH t0 USING INTEGER PRIMARY KEY \(rowid>/],
    ["behind a value that may be null", [order(score), order(id)], /SEARCH t0 USING .*events_score \(score>/],
    [
      "behind a null at the end",
      [order(ratio, true), order(id)],
      /SEARCH t0 USING .*events_ratio \(ratio=\? AND rowid>/,
    ],
  ])("an index starts at the cursor: %s", async (_, orderBy, expected) => {
    const plan = await planOfSecondPage(filled(), page(orderBy));
    expect(plan).toMatch(expected);
    expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/);
  });

  test("keep to their condition", async () => {
    const memory = filled();
    const where = compare(col(rank), "eq", arg("rank", { type: type("integer"), nullable: false }));
    const body = page([order(at, true), order(id)], { where });
    const called = operation(body, { rank: { type: type("integer"), nullable: false } });
    const first = await memory.call(called, { rank: 3 }, { size: 2 });
    expect(first.rows).toEqual([{ id: 498 }, { id: 493 }]);
    const second = await memory.call(called, { rank: 3 }, { size: 2, position: first.nextCursor });
    expect(second.rows).toEqual([{ id: 488 }, { id: 483 }]);
    await expect(memory.call(called, { rank: 4 }, { position: first.nextCursor })).rejects.toThrow();
  });
});
