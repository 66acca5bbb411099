import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeConnections, type RawRequest } from "../conformance/http.ts";
import type { SpecServer } from "../conformance/specServer.ts";
import { ask, startEdges } from "./edges.ts";

/* Whatever comes in, what goes out is JSON of ours with a status below 500. `RUNS=5000` sends more. */

let server: SpecServer;
beforeAll(async () => {
  server = await startEdges("random");
});
afterAll(async () => {
  closeConnections();
  await server?.stop();
});

const strange = [
  "__proto__",
  "constructor",
  "toString",
  "",
  " ",
  "text",
  "data",
  "id",
  "cursor",
  "size",
  "\u0000",
  "\ud800",
  "é",
];
const name = fc.oneof(fc.constantFrom(...strange), fc.string({ unit: "binary", maxLength: 8 }));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, 0, -0, 1e308, 2 ** 53, "x", "\ud800", "\u0000", "a\u0000b", "\ufeff"),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map((pairs) => ({ pairs })),
  ),
}));

/** JSON in which names may come twice and strings may hold half a letter; sometimes damaged. */
function written(of: unknown): string {
  if (Array.isArray(of)) return `[${of.map(written).join(",")}]`;
  if (typeof of === "object" && of !== null) {
    const { pairs } = of as { pairs: [string, unknown][] };
    return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${written(item)}`).join(",")}}`;
  }
  return JSON.stringify(of) ?? "null";
}
const damage = fc.option(fc.tuple(fc.nat(), fc.constantFrom("", ",", "}", '"', "1e999", "\\u", "[".repeat(600))));
const right = fc
  .array(fc.tuple(fc.constantFrom("data", "data", "nope"), value), { maxLength: 1 })
  .map((pairs) => written({ pairs: [["text", "x"], ...pairs] }));
const wrong = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom("text", "data", "nope", "__proto__"), value), { maxLength: 3 }), damage)
  .map(([pairs, broken]) => {
    const text = written({ pairs });
    if (broken === null) return text;
    const at = broken[0] % (text.length + 1);
    return text.slice(0, at) + broken[1] + text.slice(at + 1);
  });
const body = fc.oneof(right, wrong);

const headers: fc.Arbitrary<{ [name: string]: string }> = fc.record(
  {
    "content-type": fc.constantFrom("text/plain", "application/json; charset=utf-16", "multipart/form-data"),
    "content-encoding": fc.constantFrom("gzip", "br", "identity", "deflate, gzip", ""),
    "idempotency-key": fc.constantFrom("k", "", "x".repeat(300)),
    "cf-connecting-ip": fc.constantFrom(
      "192.0.2.1",
      "::",
      "1::2::3",
      "%",
      "fe80::1%eth0",
      "::ffff:1.2.3.4",
      ":".repeat(99),
    ),
    origin: fc.constantFrom("null", "*", "https://a.example", "\u00ff"),
    authorization: fc.constantFrom("Bearer", "Bearer x", "Basic x", "Bearer x.y"),
    cookie: fc.constantFrom("a=b", "=", ";;", "appflare.session_token=x.y", "__proto__=1"),
    "x-request-id": fc.constantFrom("a b", "<script>", "é", "x".repeat(200)),
    "access-control-request-headers": fc.constantFrom("a, b", "*"),
    "transfer-encoding": fc.constant("chunked"),
  },
  { requiredKeys: [] },
);

const path = fc.oneof(
  fc.constantFrom(
    "/mutations/notes/write",
    "/queries/notes/all",
    "/health",
    "/mutations/__proto__",
    "/queries/notes/all/",
  ),
  fc.string().map((text) => `/queries/notes/all?${text}`),
  fc.string({ unit: "binary" }).map((text) => `/queries/${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ""))}`),
  fc.tuple(name, fc.string()).map(([key, text]) => {
    const safe = key.replace(/[\ud800-\udfff]/g, "%FF");
    return `/queries/notes/all?${safe.includes("%") ? safe : encodeURIComponent(safe)}=${text}`;
  }),
);

const request: fc.Arbitrary<RawRequest> = fc.oneof(
  fc.record({
    method: fc.constant("POST"),
    path: fc.constant("/mutations/notes/write"),
    headers: fc.oneof(fc.constant({}), headers),
    body,
  }),
  fc.record({ method: fc.constantFrom("GET", "OPTIONS", "PUT", "DELETE", "PATCH"), path, headers: fc.constant({}) }),
  fc.record({ method: fc.constantFrom("GET", "OPTIONS"), path, headers }).map(({ headers: some, ...rest }) => {
    const { "transfer-encoding": _, ...others } = some;
    return { ...rest, headers: others };
  }),
);

test("whatever comes in", { timeout: 120_000 }, async () => {
  const runs = Number(process.env.RUNS ?? 400);
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const { status, headers: got, body: answer } = await ask(server, sent);
      expect(status).toBeLessThan(500);
      expect(got["x-content-type-options"]).toBe("nosniff");
      if (status >= 400)
        expect(answer).toEqual({
          error: expect.objectContaining({ code: expect.any(String), requestId: expect.any(String) }),
        });
    }),
    { numRuns: runs },
  );
  expect(server.log.filter((line) => line.includes("failed:"))).toEqual([]);
});
