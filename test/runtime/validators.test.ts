import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { type Format, formats } from "../../runtime/validators/formats.ts";
import {
  bigint,
  bytes,
  decimal,
  integer,
  json,
  lazy,
  number,
  own,
  text,
  timestamp,
  uniqueItems,
  uuid,
} from "../../runtime/validators/main.ts";

/** What a field's value is told; undefined where it is fine. */
function told(schema: z.ZodType, value: unknown): string | undefined {
  const result = lazy(() => z.strictObject({ field: schema }))({ field: value });
  return "details" in result ? result.details.map(({ path, message }) => `${path} ${message}`).join("; ") : undefined;
}

describe("text", () => {
  test.each<[Parameters<typeof text>[0], string, string | undefined]>([
    [{ min: 1 }, "", "field must not be empty"],
    [{ min: 2 }, "😀", "field must have at least 2 characters"],
    [{ min: 2 }, "😀😀", undefined],
    [{ max: 2 }, "😀😀", undefined],
    [{ max: 2 }, "abc", "field must have at most 2 characters"],
    [{ max: 1 }, "ab", "field must have at most 1 character"],
    [{}, "a\0b", "field must not contain NUL characters"],
    [{ pattern: "^[a-z0-9-]+$" }, "A", "field must match ^[a-z0-9-]+$"],
    [{ pattern: "^.$" }, "😀", undefined],
    [{ format: "email" }, "x", "field must be an email address"],
  ])("%j of %j", (options, value, message) => {
    expect(told(text(options), value)).toBe(message);
  });
});

describe("moments", () => {
  test.each([
    "2026-02-28T23:59:59Z",
    "2024-02-29T00:00:00+14:00",
    "2000-02-29T00:00:00.123456789-00:30",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2026-01-01t00:00:00z",
  ])("%s is one", (value) => expect(told(timestamp(), value)).toBeUndefined());

  test.each([
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00.1234567890Z",
    "2026-01-01T00:00Z",
    "2026-01-01 00:00:00Z",
    "2026-01-01T00:00:00+0100",
    "2026-01-01T00:00:00+24:00",
    "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "10000-01-01T00:00:00Z",
    "2026-01-01",
    "٢٠٢٦-01-01T00:00:00Z",
  ])("%s is none", (value) => expect(told(timestamp(), value)).toMatch("must be a date and time"));
});

describe("formats agree with ajv-formats", () => {
  const ajv = new Ajv2020();
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  const samples: Record<Format, fc.Arbitrary<string>> = {
    uuid: fc.uuid(),
    date: fc
      .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
      .map(([year, month, day]) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`),
    "date-time": fc
      .date({ min: new Date("1000-01-01"), max: new Date("9999-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
    time: fc
      .tuple(
        fc.integer({ min: 0, max: 24 }),
        fc.integer({ min: 0, max: 60 }),
        fc.constantFrom("Z", "+01:00", "-23:59", ""),
      )
      .map(([hour, minute, zone]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:07.5${zone}`),
    email: fc.emailAddress(),
    hostname: fc.domain(),
    ipv4: fc.ipV4(),
    ipv6: fc.ipV6(),
    uri: fc.webUrl({ withQueryParameters: true, withFragments: true }),
  };

  /** What ajv-formats takes beyond the RFCs: hour 24, a leap second, a space for the T, an offset without its colon or minutes, a dot at the end. */
  const lax: Partial<Record<Format, RegExp>> = {
    "date-time": /^.{10} |[Tt](?:2[4-9]|[3-9])|:[6-9]\d|[+-]\d{2}(?:\d{2})?$/,
    time: /^(?:2[4-9]|[3-9])|:[6-9]\d|[+-]\d{2}(?:\d{2})?$/,
    hostname: /\.$/,
  };

  test.each(Object.keys(samples) as Format[])("%s", (format) => {
    const expected = ajv.compile({ type: "string", format });
    const damaged = samples[format].chain((text) =>
      fc
        .tuple(fc.nat(text.length), fc.nat(2), fc.constantFrom("", ":", ".", "-", "0", "g", " ", "::", "@", "%", "é"))
        .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut)),
    );
    fc.assert(
      fc.property(fc.oneof(samples[format], damaged), (value) => {
        fc.pre(!lax[format]?.test(value));
        expect({ value, valid: formats[format].test(value) }).toEqual({ value, valid: expected(value) });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("numbers", () => {
  test.each<[z.ZodType, unknown, string | undefined]>([
    [integer(), 2 ** 53 - 1, undefined],
    [integer(), 2 ** 53, "field is beyond the integers that JSON carries exactly"],
    [integer(), 1.5, "field must be a whole number"],
    [integer(), "1", "field must be a number"],
    [integer({ minimum: 1, maximum: 3 }), 0, "field must be at least 1"],
    [integer({ minimum: 1, maximum: 3 }), 4, "field must be at most 3"],
    [number({ exclusiveMinimum: 0 }), 0, "field must be more than 0"],
    [number({ exclusiveMaximum: 1 }), 1, "field must be less than 1"],
    [number({ multipleOf: 0.5 }), 1.5, undefined],
    [number({ multipleOf: 0.5 }), 1.4, "field must be a multiple of 0.5"],
    [bigint(), "9223372036854775807", undefined],
    [bigint(), "-9223372036854775808", undefined],
    [bigint(), "9223372036854775808", "field does not fit into 64 bits"],
    [bigint(), "1".repeat(1000), "field does not fit into 64 bits"],
    [bigint(), "1.0", "field must be a whole number as text"],
    [bigint(), 1, "field must be a string"],
    [bigint({ minimum: "5" }), "4", "field must be at least 5"],
    [decimal({ scale: 2 }), "-12.30", undefined],
    [decimal({ scale: 2 }), "1.234", "field must be a number as text with at most 2 digits after the point"],
    [decimal({ scale: 2 }), "1.", "field must be a number as text with at most 2 digits after the point"],
    [decimal({ scale: 0 }), "1.0", "field must be a whole number as text"],
    [decimal({ scale: 2 }), "99999999999999999999", "field has too many digits"],
    [decimal({ scale: 2, minimum: "0.50" }), "0.49", "field must be at least 0.50"],
    [decimal({ scale: 2, exclusiveMaximum: "10" }), "10.00", "field must be less than 10"],
    [decimal({ scale: 2, multipleOf: "0.05" }), "1.15", undefined],
    [decimal({ scale: 2, multipleOf: "0.05" }), "1.16", "field must be a multiple of 0.05"],
  ])("%# %j", (schema, value, message) => {
    expect(told(schema, value)).toBe(message);
  });
});

describe("bytes and JSON", () => {
  test.each<[z.ZodType, unknown, string | undefined]>([
    [bytes(), "", undefined],
    [bytes(), "AQ==", undefined],
    [bytes(), "AQ", "field must be base64"],
    [bytes(), "A-_=", "field must be base64"],
    [bytes({ min: 2 }), "AQ==", "field must have at least 2 bytes"],
    [bytes({ max: 2 }), "AQID", "field must have at most 2 bytes"],
    [json(), { a: [1, "x", null] }, undefined],
    [json(), null, "field must not be null"],
    [json(), undefined, "field is required"],
    [json().nullable(), null, undefined],
    [
      z.array(z.unknown()).check(uniqueItems),
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      "field must not hold an item twice",
    ],
    [z.array(z.unknown()).check(uniqueItems), [1, "1", [1]], undefined],
  ])("%# %j", (schema, value, message) => {
    expect(told(schema, value)).toBe(message);
  });

  test("JSON of a depth that SQLite cannot read is refused", () => {
    const deep = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    expect(told(json(), deep(400))).toBeUndefined();
    expect(told(json(), deep(100_000))).toBe("field is nested too deeply");
  });
});

describe("what is told", () => {
  const line = z.strictObject({ sku: text(), quantity: integer({ minimum: 1 }) });
  test.each<[z.ZodType, unknown, string | undefined]>([
    [text(), undefined, "field is required"],
    [text(), null, "field must not be null"],
    [text(), 1, "field must be a string"],
    [text().nullable(), 1, "field must be a string"],
    [z.union([uuid(), z.null()]), "x", "field must be a UUID"],
    [z.union([uuid(), z.null()]), 1, "field must be a string"],
    [z.enum(["a", "b"]), "c", 'field must be one of "a", "b"'],
    [z.enum(["a", "b"]), undefined, "field is required"],
    [z.boolean(), "true", "field must be true or false"],
    [
      z.array(line),
      [
        { sku: "x", quantity: 0 },
        { quantity: 1, more: 2 },
      ],
      "field.0.quantity must be at least 1; field.1.sku is required; field.1.more is not known here",
    ],
    [z.array(line).min(1), [], "field must have at least 1 item"],
    [z.array(line).nullable(), {}, "field must be an array"],
    [line, [], "field must be an object"],
  ])("%# %j", (schema, value, message) => {
    expect(told(schema, value)).toBe(message);
  });

  test("absence is not null, and defaults are filled in", () => {
    const validator = lazy(() =>
      z.strictObject({ a: text().optional(), b: integer().default(20), c: text().nullish() }),
    );
    expect(validator({})).toEqual({ args: { b: 20 } });
    expect(validator({ c: null })).toEqual({ args: { b: 20, c: null } });
    expect(validator({ a: null })).toEqual({ details: [{ path: "a", message: "must not be null" }] });
  });

  test("names that every object inherits are properties like others", () => {
    const inner = own(z.strictObject({ toString: text(), valueOf: text().optional() }));
    const validator = lazy(() => own(z.strictObject({ constructor: integer().optional(), inner: inner.nullish() })));
    expect(validator({})).toEqual({ args: {} });
    expect(validator({ constructor: 1, inner: { toString: "x" } })).toEqual({
      args: { constructor: 1, inner: { toString: "x" } },
    });
    expect(validator({ inner: {} })).toEqual({ details: [{ path: "inner.toString", message: "is required" }] });
    expect(told(own(z.strictObject({ toString: text() })), undefined)).toBe("field is required");
    expect(told(own(z.strictObject({ toString: text() })), [])).toBe("field must be an object");
  });

  test("a schema is built when it is first used, once", () => {
    const build = vi.fn(() => z.strictObject({}));
    const validator = lazy(build);
    expect(build).not.toHaveBeenCalled();
    validator({});
    validator({});
    expect(build).toHaveBeenCalledTimes(1);
  });
});
