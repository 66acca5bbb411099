import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64ToBytes, base64UrlToText, bytesToBase64, textToBase64Url } from "../../runtime/wire/base64.ts";
import { scaledDigits, toCanonical, unscaledDigits } from "../../runtime/wire/canonical.ts";
import { decodeText } from "../../runtime/wire/decodeText.ts";
import { fromWire } from "../../runtime/wire/fromWire.ts";
import { bytesToHex, hexToBase64, rewriteHex } from "../../runtime/wire/hex.ts";
import type { Shape } from "../../runtime/wire/shape.ts";
import { toSql, toSqlList } from "../../runtime/wire/toSql.ts";
import { toWire } from "../../runtime/wire/toWire.ts";

const bytes = fc.uint8Array({ maxLength: 64 });

describe("base64 and hex", () => {
  test("agree with Node's Buffer, at every length", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const buffer = Buffer.from(value);
        expect(bytesToBase64(value)).toBe(buffer.toString("base64"));
        expect(base64ToBytes(buffer.toString("base64"))).toEqual(new Uint8Array(value));
        expect(bytesToHex(value)).toBe(buffer.toString("hex").toUpperCase());
        expect(hexToBase64(bytesToHex(value))).toBe(buffer.toString("base64"));
      }),
    );
    const large = new Uint8Array(100_000).map((_, index) => index * 7);
    expect(bytesToBase64(large)).toBe(Buffer.from(large).toString("base64"));
  });

  test("base64url of text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(textToBase64Url(text)).toBe(Buffer.from(text).toString("base64url"));
        expect(base64UrlToText(textToBase64Url(text))).toBe(text);
      }),
    );
    expect(() => base64UrlToText("*")).toThrow();
    expect(() => base64UrlToText("_w")).toThrow();
  });

  test("rewriteHex touches only what the shape names", () => {
    const shape: Shape = { object: { icon: "bytes", parts: { array: { object: { data: "bytes" } } } } };
    const row = { icon: "00FF", other: "00FF", parts: [{ data: "0A" }, { data: null }] };
    expect(rewriteHex(shape)!(row)).toEqual({ icon: "AP8=", other: "00FF", parts: [{ data: "Cg==" }, { data: null }] });
    expect(rewriteHex({ object: { a: "string", b: { array: "timestamp" } } })).toBeUndefined();
  });
});

/** A shape, and JavaScript values of it. */
const shaped = fc.letrec<{ shape: { shape: Shape; value: fc.Arbitrary<unknown> } }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<{ shape: Shape; value: fc.Arbitrary<unknown> }>(
      { shape: "string", value: fc.string() },
      { shape: "number", value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0) },
      { shape: "boolean", value: fc.boolean() },
      { shape: "bigint", value: fc.bigInt() },
      { shape: "timestamp", value: fc.date({ min: new Date(-6e13), max: new Date(2.5e14), noInvalidDate: true }) },
      { shape: "bytes", value: bytes.map((value) => new Uint8Array(value)) },
      { shape: { decimal: 2 }, value: fc.integer().map((units) => unscaledDigits(String(units), 2)) },
    ),
    tie("shape").map(({ shape, value }) => ({
      shape: { array: shape } as Shape,
      value: fc.array(fc.option(value), { maxLength: 4 }),
    })),
    fc
      .dictionary(fc.constantFrom("a", "b", "constructor", "valueOf"), tie("shape"), { maxKeys: 4 })
      .map((properties) => ({
        shape: {
          object: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each.shape])),
        } as Shape,
        value: fc.record(
          Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fc.option(each.value)])),
          {
            requiredKeys: [],
            noNullPrototype: true,
          } as never,
        ),
      })),
  ),
})).shape;

const withValue = shaped.chain(({ shape, value }) => fc.record({ shape: fc.constant(shape), value }));
const viaJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const back = (value: unknown, shape: Shape): unknown => fromWire(shape)?.(value) ?? value;
const noNegativeZero = (value: unknown): unknown => (Object.is(value, -0) ? 0 : value);

describe("toWire and fromWire", () => {
  test("are inverse, through JSON", () => {
    fc.assert(
      fc.property(withValue, ({ shape, value }) => {
        const result = back(viaJson(toWire(value, shape)), shape);
        expect(noNegativeZero(result)).toEqual(noNegativeZero(value));
      }),
      { numRuns: 500 },
    );
  });

  test("what toWire makes is canonical already", () => {
    fc.assert(
      fc.property(withValue, ({ shape, value }) => {
        const wire = toWire(value, shape);
        const before = viaJson(wire);
        expect(viaJson(toCanonical(shape)?.(wire) ?? wire)).toEqual(before);
      }),
    );
  });

  test("undefined is absence, null is null, unknown fields pass on the way back", () => {
    const shape: Shape = { object: { at: "timestamp", note: "string" } };
    expect(toWire({ at: undefined, note: null }, shape)).toEqual({ note: null });
    expect(back({ at: "2026-01-01T00:00:00.000Z", later: 1 }, shape)).toEqual({ at: new Date("2026-01-01"), later: 1 });
  });

  test.each<[unknown, Shape, string]>([
    [
      { lines: [{ at: "soon" }] },
      { object: { lines: { array: { object: { at: "timestamp" } } } } },
      "lines.0.at: expected a Date, got a string",
    ],
    [{ at: new Date("x") }, { object: { at: "timestamp" } }, "at: the Date is invalid"],
    [{ nope: 1 }, { object: {} }, "nope: there is no such property"],
    [Number.NaN, "number", "NaN has no JSON form"],
    [1, "bigint", "expected a bigint, got a number"],
    [1, { decimal: 2 }, "expected a string, got a number"],
    [{}, { array: "string" }, "expected an array, got an object"],
    [["a", undefined], { array: "string" }, "1: expected a string, got nothing"],
  ])("toWire(%j) says what does not fit", (value, shape, message) => {
    expect(() => toWire(value, shape)).toThrow(message);
  });
});

describe("toSql", () => {
  test.each<[Shape, unknown, unknown]>([
    ["string", "", ""],
    ["number", 1.5, 1.5],
    ["boolean", true, 1],
    ["boolean", false, 0],
    ["bigint", "9223372036854775807", "9223372036854775807"],
    ["timestamp", "2026-01-01T00:00:00Z", Date.UTC(2026, 0, 1)],
    ["timestamp", "2026-01-01T01:30:00.123999999+01:30", Date.UTC(2026, 0, 1) + 123],
    ["timestamp", "1969-12-31T23:59:59.9999Z", -1],
    ["timestamp", "0000-01-01T00:00:00Z", -62167219200000],
    ["timestamp", "2026-01-01t00:00:00z", Date.UTC(2026, 0, 1)],
    [{ decimal: 2 }, "12.3", "1230"],
    [{ decimal: 2 }, "-0.05", "-5"],
    [{ decimal: 2 }, "-0", "0"],
    [{ decimal: 0 }, "007", "7"],
    ["json", { a: [1, null] }, '{"a":[1,null]}'],
    ["json", "text", '"text"'],
    [{ array: "timestamp" }, ["2026-01-01T01:00:00.5+01:00", null], '["2026-01-01T00:00:00.500Z",null]'],
    [{ object: { price: { decimal: 2 } } }, { price: "1" }, '{"price":"1.00"}'],
    ["timestamp", null, null],
    ["boolean", undefined, null],
  ])("%j: %j", (shape, value, expected) => {
    expect(toSql(shape)(value)).toEqual(expected);
  });

  test("bytes are a buffer of their own", () => {
    expect(toSql("bytes")("AQID")).toEqual(new Uint8Array([1, 2, 3]).buffer);
  });

  test("a list is JSON of its items' SQL form", () => {
    expect(toSqlList("timestamp")(["1970-01-01T00:00:01Z", null])).toBe("[1000,null]");
    expect(toSqlList("boolean")([true, false])).toBe("[1,0]");
    expect(toSqlList("bytes")(["AP8="])).toBe('["00FF"]');
    expect(toSqlList("bigint")(["9223372036854775807"])).toBe('["9223372036854775807"]');
    expect(toSqlList("string")(undefined)).toBeNull();
  });

  test("scaled digits and back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), fc.integer({ min: 0, max: 9 }), (units, scale) => {
        expect(scaledDigits(unscaledDigits(String(units), scale), scale)).toBe(String(units));
      }),
    );
  });
});

describe("decodeText", () => {
  test.each<[string, Shape, unknown]>([
    ["", "string", ""],
    ["null", "string", "null"],
    ["-1.5e3", "number", -1500],
    ["true", "boolean", true],
    ["null", "number", null],
    ["12", "bigint", "12"],
    ['{"a":1}', { object: { a: "number" } }, { a: 1 }],
    ["[1]", { array: "number" }, [1]],
    ['"x"', "json", "x"],
    ["null", "bytes", "null"],
    ["1.50", { decimal: 2 }, "1.50"],
  ])("%j as %j", (text, shape, expected) => {
    expect(decodeText(text, shape)).toEqual(expected);
  });

  test.each<[string, Shape]>([
    ["", "number"],
    ["0x10", "number"],
    [" 1", "number"],
    ["1e999", "number"],
    ["Infinity", "number"],
    ["01", "number"],
    ["1_0", "number"],
    ["TRUE", "boolean"],
    ["1", "boolean"],
    ["a,b", { array: "string" }],
    ["", "json"],
  ])("%j is no %j", (text, shape) => {
    expect(() => decodeText(text, shape)).toThrow("must be");
  });

  test("numbers and JSON come back as they were", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(decodeText(String(number).replace("+", ""), "number")).toBe(noNegativeZero(number));
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeText(JSON.stringify(value), "json")).toEqual(viaJson(value));
      }),
    );
  });
});
