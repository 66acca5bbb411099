import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeConnections, type RawRequest } from "../conformance/http.ts";
import type { SpecServer } from "../conformance/specServer.ts";
import { ask, get, post, startEdges } from "./edges.ts";

/* What comes in from outside, and what goes out: sizes, forms, and headers, in workerd. */

let server: SpecServer;
beforeAll(async () => {
  server = await startEdges("requests");
});
afterAll(async () => {
  closeConnections();
  await server?.stop();
});

const path = "/mutations/notes/write";
const write = (body: string, headers: RawRequest["headers"] = {}) =>
  ask(server, { method: "POST", path, headers, body });

/** Sends a body of bytes. */
function writeBytes(
  bytes: Uint8Array,
  headers: { [name: string]: string } = {},
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(new URL(path, server.url), { method: "POST", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode!, body: JSON.parse(Buffer.concat(chunks).toString()) }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(bytes);
  });
}

const invalid = (message: string) => ({
  status: 400,
  body: { error: expect.objectContaining({ code: "invalid_arguments", message }) },
});

describe("every answer", () => {
  const headers = {
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };

  test.each([
    ["GET", "/queries/notes/all", 200],
    ["GET", "/queries/notes/all?nope=1", 400],
    ["GET", "/nowhere", 404],
    ["DELETE", "/health", 405],
    ["GET", "/health", 200],
    ["OPTIONS", "/mutations/notes/write", 204],
  ])("%s %s says how a browser may treat it", async (method, path, status) => {
    const answer = await ask(server, { method, path });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(headers);
  });
});

describe("a body", () => {
  test.each([
    ["twice the same name", '{"text":"a","text":"b"}'],
    ["twice the same name in what it holds", '{"text":"a","data":{"x":[{"y":1,"y":1}]}}'],
    ["twice the same name, once escaped", '{"text":"a","\\u0074ext":"b"}'],
    ["`__proto__` twice", '{"text":"a","data":{"__proto__":1,"__proto__":2}}'],
  ])("with %s is refused", async (_, body) => {
    expect(await write(body)).toMatchObject(invalid("An object in the body has a name twice."));
  });

  test.each([
    ['{"text":"a:b\\":","data":{"a":"\\\\","b":":"}}'],
    ['{"text":"a","data":[{"y":1},{"y":2}]}'],
    ['{"text":"a","data":{"__proto__":{"y":1},"constructor":{"prototype":1},"toString":":"}}'],
  ])("whose names are each there once is taken: %s", async (body) => {
    const answer = await write(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ text: JSON.parse(body).text });
    expect(JSON.stringify(answer.body.data)).toBe(JSON.stringify(JSON.parse(body).data));
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "with an argument %s is refused",
    async (name) => {
      const answer = await write(`{"text":"a",${JSON.stringify(name)}:{"text":"b"}}`);
      expect(answer).toMatchObject(invalid(`${name}: is not an argument of this operation`));
    },
  );

  test("that is compressed is refused, and not unpacked", async () => {
    const bytes = gzipSync(JSON.stringify({ text: "a" }));
    const message = "The body has a content-encoding; send it without one.";
    expect(await writeBytes(bytes, { "content-encoding": "gzip" })).toMatchObject(invalid(message));
    expect((await write('{"text":"a"}', { "content-encoding": "identity" })).status).toBe(200);
  });

  test("that is no UTF-8 is refused, and not changed", async () => {
    const bytes = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await writeBytes(bytes)).toMatchObject(invalid("The body is not UTF-8."));
    expect(await writeBytes(Buffer.from('{"text":"a"}', "utf16le"))).toMatchObject({ status: 400 });
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"text":"é"}')]);
    expect(await writeBytes(marked)).toMatchObject({ status: 200, body: { text: "é" } });
  });

  test.each([
    ["multipart/form-data; boundary=x", "The body is not valid JSON; send it as application/json."],
    ["application/x-www-form-urlencoded", "The body is not valid JSON; send it as application/json."],
    ["application/json", "The body is not valid JSON."],
  ])("that is no JSON is told so: %s", async (type, message) => {
    expect(await write("text=a", { "content-type": type })).toMatchObject(invalid(message));
  });

  test.each([
    [`{"text":"a","data":${"[".repeat(501)}${"]".repeat(501)}}`, "data: is nested too deeply"],
    [`{"text":"a","data":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`, "data: is nested too deeply"],
    [`{"text":${"[".repeat(300_000)}${"]".repeat(300_000)}}`, "text: must be a string"],
    [`${"[".repeat(400_000)}${"]".repeat(400_000)}`, "The body must be a JSON object of arguments."],
    [`{"nope":${"[".repeat(300_000)}${"]".repeat(300_000)},"text":"a"}`, "nope: is not an argument of this operation"],
  ])("nested too deeply is refused (%#)", async (body, message) => {
    expect(await write(body)).toMatchObject(invalid(message));
  });

  test("too large is refused, whether it tells its length or not", async () => {
    const body = JSON.stringify({ text: "x".repeat(1_048_576) });
    const tooLarge = { status: 413, body: { error: { code: "too_large" } } };
    expect(await write(body)).toMatchObject(tooLarge);
    expect(await write(body, { "transfer-encoding": "chunked" })).toMatchObject(tooLarge);
  });

  test("in many pieces is put together", async () => {
    const text = "é".repeat(200_000);
    const answer = await write(JSON.stringify({ text }), { "transfer-encoding": "chunked" });
    expect([answer.status, answer.body.text === text]).toEqual([200, true]);
  });
});

describe("a query string", () => {
  const queried = (query: string) => ask(server, { method: "GET", path: `/queries/notes/all?${query}` });

  test("too long is refused", async () => {
    expect(await queried("x".repeat(16_385))).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
    expect((await queried("x".repeat(16_000))).status).toBe(400);
  });

  test.each(["__proto__", "constructor"])("with %s is refused", async (name) => {
    expect(await queried(`${name}=1`)).toMatchObject(invalid(`${name}: is not an argument of this operation`));
    expect(await queried(`${name}=1&${name}=2`)).toMatchObject({ status: 400 });
  });
});

test("nothing that was refused was written", async () => {
  const before = (await get(server, "notes/all")).body.length;
  await post(server, "notes/write", { text: 1 });
  await write('{"text":"a","text":"b"}');
  expect((await get(server, "notes/all")).body).toHaveLength(before);
});
