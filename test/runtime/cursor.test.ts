import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callIdentity, readCursor, writeCursor } from "../../runtime/server/cursor.ts";
import { Refusal } from "../../runtime/server/errors.ts";
import type { Shape } from "../../runtime/wire/shape.ts";

const values = fc.array(
  fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  ),
);
const refused = expect.objectContaining({
  status: 400,
  code: "invalid_arguments",
  extras: { details: [expect.objectContaining({ path: "cursor" })] },
});

function reading(identity: string, cursor: string): unknown {
  try {
    return readCursor(identity, cursor);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

describe("a cursor", () => {
  test("is read back by the call that it was written for, and is fit for a URL", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(values, { nil: undefined }), fc.boolean(), (identity, position, backward) => {
        const written = position === undefined ? null : JSON.stringify(position);
        const cursor = writeCursor(identity, written, backward);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(identity, cursor)).toEqual({
          backward,
          ...(written !== null && { values: JSON.parse(written) }),
        });
      }),
    );
  });

  test("is refused by every other call, and when a letter of it changes", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        values,
        fc.nat(),
        fc.constantFrom("A", "z", "-", "%", ""),
        (one, other, position, at, put) => {
          const cursor = writeCursor(one, JSON.stringify(position));
          if (one !== other) expect(reading(other, cursor)).toEqual(refused);
          const index = at % cursor.length;
          const damaged = cursor.slice(0, index) + put + cursor.slice(index + 1);
          fc.pre(Buffer.from(damaged, "base64url").compare(Buffer.from(cursor, "base64url")) !== 0);
          expect(reading(one, damaged)).toEqual(refused);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    "",
    "null",
    "W10",
    Buffer.from("[1]").toString("base64url"),
    Buffer.from('[2,"x",[]]').toString("base64url"),
    "\0",
    "é",
  ])("%j is none", (cursor) => expect(reading("", cursor)).toEqual(refused));
});

describe("a call", () => {
  const shapes: Record<string, Shape> = {
    at: "timestamp",
    price: { decimal: 2 },
    filter: { object: { on: "timestamp" } },
    name: "string",
    cursor: "string",
    size: "number",
  };
  const identity = (args: object, name = "tasks/page") => callIdentity(name, shapes, args as never);

  test("is the same where its values are, however they are written", () => {
    expect(identity({ at: "2026-01-01T01:00:00+01:00", price: "1" })).toBe(
      identity({ price: "1.00", at: "2026-01-01T00:00:00.000Z" }),
    );
    expect(identity({ filter: { on: "2026-01-01T01:00:00+01:00" } })).toBe(
      identity({ filter: { on: "2026-01-01T00:00:00Z" } }),
    );
    expect(identity({ size: 1, cursor: "x" })).toBe(identity({ size: 2 }));
  });

  test("is another with another name, value, or with null for absence", () => {
    const all = [
      identity({}),
      identity({}, "tasks/list"),
      identity({ name: null }),
      identity({ name: "" }),
      identity({ name: "x" }),
      identity({ at: "2026-01-01T00:00:00Z" }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
