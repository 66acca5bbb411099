import fc from "fast-check";
import type { Operation } from "../../compiler/ir/operation.ts";
import type { Bounds, Property, Type, Value } from "../../compiler/ir/type.ts";

/*
 * Values in wire form as callers might send them: mostly right, often at an edge, sometimes a little wrong. None holds a NUL
 * character: JSON Schema has no word for those.
 */

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    "",
    " ",
    "0",
    "a",
    "-0",
    "1e3",
    [],
    {},
    [null],
    [[]],
  ),
  fc.jsonValue({ maxDepth: 1 }),
);

/** Texts that have a format, nearly have it, or have been taken for it. */
const formatted: { readonly [format: string]: readonly string[] } = {
  uri: [
    "https://example.com/a?b=c#d",
    "mailto:a@b.example",
    "example.com",
    "https://exa mple.com",
    "urn:a:b",
    "http://[::1]/",
  ],
  email: [
    "ada@example.com",
    "a.b+c@example.co.uk",
    "ada@",
    "@example.com",
    "ada@example",
    "a b@example.com",
    "ada@exa_mple.com",
  ],
  date: ["2026-01-31", "2024-02-29", "2025-02-29", "2026-1-31", "2026-13-01", "0000-01-01", "9999-12-31", "2026-01-00"],
  "date-time": [
    "2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.123456789+05:30",
    "2026-01-31T12:00:00",
    "2026-01-31",
    "2026-02-30T00:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T12:00:00+24:00",
    "2026-01-31T12:00:00.Z",
  ],
  time: ["12:00:00Z", "23:59:59.999+01:00", "24:00:00Z", "12:00:00", "12:00Z", "12:60:00Z"],
  uuid: [
    "01900000-0000-7000-8000-000000000001",
    "00000000-0000-0000-0000-000000000000",
    "0190000000007000800000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    "g1900000-0000-7000-8000-000000000001",
  ],
  ipv4: ["127.0.0.1", "255.255.255.255", "256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"],
  ipv6: ["::1", "2001:db8::1", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "1::2::3", "12345::", ":::", "1:2:3:4:5:6:7"],
  hostname: ["example.com", "localhost", "-a.example", "a-.example", "a..b", "a_b.example", "xn--bcher-kva.example"],
};

function text({
  minLength = 0,
  maxLength = 12,
  pattern,
  format,
}: Extract<Type, { kind: "string" }>): fc.Arbitrary<unknown> {
  if (format) return fc.constantFrom(...formatted[format]!);
  const lengths = [
    ...new Set([minLength, minLength - 1, maxLength, maxLength + 1].filter((length) => length >= 0 && length < 300)),
  ];
  const letters = pattern
    ? fc.constantFrom("a", "0", "9", "-", "_", "A", " ", "#", "f")
    : fc.constantFrom("a", "é", "😀", " ", "'");
  const edge = fc.tuple(fc.constantFrom(...lengths), letters).map(([length, letter]) => letter.repeat(length));
  const matching = pattern ? [fc.stringMatching(new RegExp(pattern, "u"))] : [];
  return fc.oneof(
    edge,
    ...matching,
    fc.string({ unit: letters, minLength, maxLength: Math.max(minLength, maxLength) }),
  );
}

function around(bounds: Bounds<number | string>): number[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = bounds;
  const edges = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf].flatMap((bound) =>
    bound === undefined ? [] : [Number(bound)],
  );
  return [0, 1, ...edges].flatMap((edge) => [edge, edge - 1, edge + 1, edge * 2, -edge]);
}

function ofType(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "string":
      return text(type);
    case "integer":
      return fc.oneof(
        fc.constantFrom(...around(type), 2 ** 53 - 1, -(2 ** 53) + 1),
        fc.integer({ min: -100, max: 100 }),
      );
    case "number":
      return fc.oneof(
        fc.constantFrom(...around(type)),
        fc.integer({ min: -20, max: 20 }).map((n) => n / 4),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
    case "bigint":
      return fc.oneof(
        fc.constantFrom(
          ...around(type).map(String),
          "9223372036854775807",
          "-9223372036854775808",
          "01",
          "1.0",
          "+1",
          "-",
        ),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
      );
    case "decimal":
      return fc.oneof(
        fc.constantFrom("1", "-1.5", "1.", ".5", "1e2", "0.0000000001", `0.${"1".repeat(type.scale || 1)}`, "+1"),
        fc.integer().map((n) => (n / 10 ** type.scale).toFixed(type.scale)),
      );
    case "boolean":
      return fc.boolean();
    case "uuid":
      return fc.oneof(fc.uuid(), fc.constantFrom(...formatted.uuid!));
    case "timestamp":
      return fc.constantFrom(...formatted["date-time"]!);
    case "date":
      return fc.constantFrom(...formatted.date!);
    case "json":
      return fc.jsonValue();
    case "bytes":
      return fc.oneof(
        fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes).toString("base64")),
        fc.constantFrom("A", "A===", "_-==", "AA=", "=AAA"),
      );
    case "enum":
      return fc.constantFrom(...type.enum.members, "nobody", "");
    case "array": {
      const { minItems = 0, maxItems = minItems + 2 } = type;
      return fc.array(ofValue(type.items), { minLength: Math.max(0, minItems - 1), maxLength: maxItems + 1 });
    }
    case "object":
      return ofProperties(type.properties);
  }
}

function ofValue({ type, nullable }: Value): fc.Arbitrary<unknown> {
  const weighted = [
    { weight: 12, arbitrary: ofType(type) },
    { weight: 1, arbitrary: junk },
  ];
  return fc.oneof(...weighted, { weight: nullable ? 3 : 1, arbitrary: fc.constant(null) });
}

/** Each property mostly there (of many optional ones only some, else no value would be right), and now and then one that nobody declared. */
function ofProperties(properties: ReadonlyMap<string, Property>): fc.Arbitrary<unknown> {
  const entries = [...properties].map(([name, { optional, ...value }]) => {
    const present = ofValue(value).map((item) => [[name, item] as const]);
    return fc.oneof(
      { weight: 12, arbitrary: present },
      { weight: optional ? 3 * properties.size : 1, arbitrary: fc.constant([]) },
    );
  });
  const unknown = fc.oneof(
    { weight: 12, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom("nope", "constructor", "toString"), junk).map((entry) => [entry]),
    },
  );
  return fc.tuple(...entries, unknown).map((parts) => Object.fromEntries(parts.flat() as [string, unknown][]));
}

/** Arguments of an operation. */
export function argumentsOf({ args }: Operation): fc.Arbitrary<object> {
  return ofProperties(args) as fc.Arbitrary<object>;
}

/** What a handler might return, under `result`. */
export function resultOf(returns: Value): fc.Arbitrary<object> {
  return ofProperties(new Map([["result", { ...returns, optional: false }]])) as fc.Arbitrary<object>;
}

/** The value with its UUIDs in lower case, as validators give them back. */
export function oneCase(value: object): unknown {
  const lower = (_: string, inner: unknown) =>
    typeof inner === "string" && UUID.test(inner) ? inner.toLowerCase() : inner;
  return JSON.parse(JSON.stringify(value, lower));
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
