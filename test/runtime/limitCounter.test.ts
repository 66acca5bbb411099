import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LimitCounter } from "../../runtime/server/limitCounter.ts";

/* The object that counts exactly, over a SQLite of Node's and a clock that the test turns. */

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** The storage of one object; it outlives the instance. */
function storage() {
  let database = new DatabaseSync(":memory:");
  const kept = { alarm: null as number | null };
  return {
    kept,
    rows: () => (database.prepare("SELECT count(*) AS n FROM counted").get() as { n: number }).n,
    isEmpty: () => database.prepare("SELECT name FROM sqlite_schema").all().length === 0,
    sql: {
      exec: (query: string, ...bindings: number[]) => {
        const rows = database.prepare(query).all(...bindings) as Record<string, unknown>[];
        return { toArray: () => rows };
      },
    },
    getAlarm: async () => kept.alarm,
    setAlarm: async (time: number) => {
      kept.alarm = time;
    },
    deleteAll: async () => {
      database = new DatabaseSync(":memory:");
      kept.alarm = null;
    },
  };
}

type Storage = ReturnType<typeof storage>;

async function ask(counter: LimitCounter, requests: number, seconds: number): Promise<number> {
  const answer = await counter.fetch(new Request(`https://limit/?requests=${requests}&seconds=${seconds}`));
  return (await answer.json()) as number;
}

/** Lets time go by; the alarm rings when it comes. */
async function pass(milliseconds: number, counter: LimitCounter, { kept }: Storage): Promise<void> {
  const end = Date.now() + milliseconds;
  while (kept.alarm !== null && kept.alarm <= end) {
    vi.setSystemTime(kept.alarm);
    kept.alarm = null;
    await counter.alarm();
  }
  vi.setSystemTime(end);
}

test("never more in any span of the time, and never fewer than there is room for", async () => {
  const calls = fc.array(fc.record({ after: fc.integer({ min: 0, max: 1500 }), isFresh: fc.boolean() }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      calls,
      async (requests, seconds, all) => {
        const store = storage();
        let counter = new LimitCounter({ storage: store });
        const through: number[] = [];
        for (const { after, isFresh } of all) {
          await pass(after, counter, store);
          // the platform may put an object to sleep between any two requests
          if (isFresh) counter = new LimitCounter({ storage: store });
          const now = Date.now();
          const inSpan = through.filter((time) => time > now - seconds * 1000);
          const wait = await ask(counter, requests, seconds);
          if (inSpan.length < requests) {
            expect(wait).toBe(0);
            through.push(now);
          } else {
            expect(wait).toBe(inSpan[inSpan.length - requests]! + seconds * 1000 - now);
          }
          expect(store.rows()).toBeLessThanOrEqual(requests);
        }
      },
    ),
    { numRuns: 300 },
  );
});

describe("what nobody needs any more", () => {
  test("goes when nothing counts any longer, and not before", async () => {
    const store = storage();
    const counter = new LimitCounter({ storage: store });
    await ask(counter, 5, 10);
    await pass(6_000, counter, store);
    await ask(counter, 5, 10);
    await pass(5_000, counter, store);
    expect(store.isEmpty()).toBe(false);
    await pass(6_000, counter, store);
    expect(store.isEmpty()).toBe(true);
    expect(store.kept.alarm).toBeNull();
  });

  test("is counted anew afterwards", async () => {
    const store = storage();
    const counter = new LimitCounter({ storage: store });
    expect([await ask(counter, 1, 10), await ask(counter, 1, 10)]).toEqual([0, 10_000]);
    await pass(10_000, counter, store);
    expect([await ask(counter, 1, 10), await ask(counter, 1, 10)]).toEqual([0, 10_000]);
    expect(store.kept.alarm).toBe(Date.now() + 10_000);
  });
});

test("a limit that was lowered holds at once", async () => {
  const store = storage();
  const counter = new LimitCounter({ storage: store });
  for (let request = 0; request < 3; request += 1) expect(await ask(counter, 5, 10)).toBe(0);
  expect(await ask(counter, 2, 10)).toBe(10_000);
});
