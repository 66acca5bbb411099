import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeConnections } from "../conformance/http.ts";
import type { SpecServer } from "../conformance/specServer.ts";
import { type Answer, get, post, startEdges } from "./edges.ts";

/* Limits in workerd: the platform's own as its simulator counts, and those that count exactly in Durable Objects. */

let server: SpecServer;
beforeAll(async () => {
  server = await startEdges("limits");
});
afterAll(async () => {
  closeConnections();
  await server?.stop();
});

let addresses = 0;
/** An address that nobody has called from yet. */
const newcomer = () => {
  addresses += 1;
  return { "cf-connecting-ip": `192.0.2.${addresses}` };
};
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function inTurn(count: number, call: (index: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await call(index));
  return answers;
}

/** The platform's windows begin at full minutes: not just before one. */
async function awayFromTheMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 5_000) await pause(left);
}

describe("counted by the platform", () => {
  beforeAll(awayFromTheMinute, 10_000);

  test("one request too many is told when to come again, and runs nothing", async () => {
    const from = newcomer();
    const answers = await inTurn(4, () => post(server, "notes/post", { text: "hello" }, from));
    expect(statuses(answers)).toEqual([200, 200, 200, 429]);
    const [, , , refused] = answers;
    expect(refused!.body).toEqual({
      error: {
        code: "rate_limited",
        message: "Too many requests; try again in 60 seconds.",
        rule: "posting",
        details: { retryAfter: 60 },
        requestId: refused!.headers["x-request-id"],
      },
    });
    expect(refused!.headers["retry-after"]).toBe("60");
    const { body } = await get(server, "notes/all");
    expect(body).toHaveLength(3);
  });

  test("operations that name one limit count together, those that name another apart", async () => {
    const from = newcomer();
    const answers = await inTurn(4, (at) => post(server, at % 2 ? "notes/post" : "notes/postToo", { text: "" }, from));
    expect(statuses(answers)).toEqual([200, 200, 200, 429]);
    expect(statuses([await get(server, "notes/list", from), await get(server, "notes/all", from)])).toEqual([200, 200]);
  });

  test("each address has its own, and an IPv6 address its network", async () => {
    const from = newcomer();
    expect(statuses(await inTurn(4, () => post(server, "notes/post", { text: "" }, from)))).toContain(429);
    expect((await post(server, "notes/post", { text: "" }, newcomer())).status).toBe(200);
    const hosts = ["2001:db8:1:2::1", "2001:DB8:1:2:ffff::2", "2001:db8:1:2:0:0:0:3", "2001:0db8:0001:0002::4"];
    const answers = await inTurn(4, (at) =>
      post(server, "notes/post", { text: "" }, { "cf-connecting-ip": hosts[at]! }),
    );
    expect(statuses(answers)).toEqual([200, 200, 200, 429]);
    expect((await post(server, "notes/post", { text: "" }, { "cf-connecting-ip": "2001:db8:1:3::1" })).status).toBe(
      200,
    );
  });

  test("what is refused for its arguments was a request, what is too large was none", async () => {
    const from = newcomer();
    const wrong = await inTurn(3, () => post(server, "notes/post", { nope: 1 }, from));
    expect(statuses(wrong)).toEqual([400, 400, 400]);
    expect((await post(server, "notes/post", { nope: 1 }, from)).status).toBe(429);
    expect((await post(server, "notes/post", { text: "x".repeat(1_100_000) }, from)).status).toBe(413);
  });
});

describe("counted exactly", () => {
  test.each([1, 2, 3])("of fifty at once ten are let through, round %i", async () => {
    const from = newcomer();
    const answers = await Promise.all(times(50, () => get(server, "notes/burst", from)));
    expect(statuses(answers).filter((status) => status === 200)).toHaveLength(10);
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(40);
    for (const { status, body, headers } of answers) {
      if (status !== 429) continue;
      expect(body.error).toMatchObject({ code: "rate_limited", rule: "burst" });
      expect(body.error.details.retryAfter).toBeGreaterThan(0);
      expect(body.error.details.retryAfter).toBeLessThanOrEqual(60);
      expect(headers["retry-after"]).toBe(String(body.error.details.retryAfter));
    }
  });

  test("never more in any span of the time: what was let through early makes room early", async () => {
    const from = newcomer();
    const call = () => get(server, "notes/count", from);
    const early = await Promise.all(times(5, call));
    await pause(2_000);
    const late = await Promise.all(times(6, call));
    expect(statuses([...early, ...late]).filter((status) => status === 200)).toHaveLength(10);
    await pause(2_500);
    // the five early ones have gone by, the five late ones have not
    expect(statuses(await Promise.all(times(7, call))).filter((status) => status === 200)).toHaveLength(5);
  });

  test("who waits as long as was asked is let through", async () => {
    const from = newcomer();
    await Promise.all(times(10, () => get(server, "notes/count", from)));
    const refused = await get(server, "notes/count", from);
    expect(refused.status).toBe(429);
    await pause(refused.body.error.details.retryAfter * 1000);
    expect((await get(server, "notes/count", from)).status).toBe(200);
  });

  test("over any time", async () => {
    const from = newcomer();
    const answers = await inTurn(3, () => post(server, "notes/rare", { text: "" }, from));
    expect(statuses(answers)).toEqual([200, 200, 429]);
    const { retryAfter } = answers[2]!.body.error.details;
    expect(retryAfter).toBeGreaterThan(86_390);
    expect(retryAfter).toBeLessThanOrEqual(86_400);
  });
});

test("the generated client has the seconds to wait", async () => {
  const { queries } = server.clientOf(undefined) as never as { queries: { notes: { count(): Promise<unknown> } } };
  // without an address all are one
  const outcomes = await Promise.allSettled(times(20, () => queries.notes.count()));
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(failures.length).toBeGreaterThan(0);
  for (const error of failures)
    expect(error).toMatchObject({ code: "rate_limited", status: 429, details: { retryAfter: expect.any(Number) } });
});
