import fc from "fast-check";
import { expect, test } from "vitest";
import { timestampText } from "../../compiler/ir/formats.ts";
import { bigintText, compareNumbers, decimalText, isMultiple } from "../../compiler/ir/numbers.ts";

const scaled = fc.tuple(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), fc.integer({ min: 0, max: 15 }));

test("a decimal keeps its value and has exactly its digits", () => {
  fc.assert(
    fc.property(scaled, ([value, scale]) => {
      const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
      const written = `${value < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(digits.length - scale)}` : ""}`;
      expect(decimalText(written, scale)).toBe(written);
      expect(
        decimalText(
          written.replace(/\.?0+$/, (zeros) => (written.includes(".") ? "" : zeros)),
          scale,
        ),
      ).toBe(written);
    }),
  );
});

test.each([
  ["1.005", 2],
  ["1e3", 2],
  [1e21, 2],
  ["", 2],
  [".5", 2],
  ["92233720368547758.08", 2],
  [null, 2],
])("%j is no decimal of %i digits", (value, scale) => {
  expect(decimalText(value, scale)).toBeUndefined();
});

test.each(["9223372036854775808", "-9223372036854775809", "1.0", "+1", "", 2 ** 53, 0.5, null, 2n ** 63n])(
  "%s is no bigint",
  (value) => {
    expect(bigintText(value)).toBeUndefined();
  },
);

test("numbers compare and divide by what is written", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
      expect(Math.sign(compareNumbers(`${a}.50`, `${b}.5`))).toBe(
        a < b ? -1 : a > b ? 1 : Math.sign(compareNumbers(`${a}`, `${b}`)),
      );
    }),
  );
  expect([isMultiple(0.3, 0.1), isMultiple("0.25", "0.1"), isMultiple(1e-7, 1e-8)]).toEqual([true, false, true]);
});

test("a moment is the same moment in its wire form", () => {
  const moment = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9998-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.integer({ min: -14, max: 14 }), (date, hours) => {
      const shifted = new Date(date.getTime() + hours * 3_600_000).toISOString().slice(0, -1);
      const offset = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`;
      expect(timestampText(`${shifted}99${offset}`)).toBe(date.toISOString());
    }),
  );
});

test.each([
  "2026-01-31",
  "2026-02-30T00:00:00Z",
  "2026-01-31T24:00:00Z",
  "2026-01-31T00:00:00",
  "2026-01-31 00:00:00Z",
  "0000-01-01T00:00:00+01:00",
])("%s is no moment", (text) => {
  expect(timestampText(text)).toBeUndefined();
});
