import type { Json, Type } from "../manifest.ts";
import type { Random } from "./random.ts";

const texts = [
  "",
  "a",
  "A",
  "ab",
  "aB",
  "é",
  "É",
  "ß",
  "😀",
  "a😀b",
  "\u{10ffff}",
  "\uffee",
  "%",
  "_",
  "a%b",
  "a_b",
  "it's",
  '"',
  "\\",
  "a\\b",
  "$args.a",
  "*",
  "a*",
  "[a]",
  "?",
  "\n",
  "zz",
  " a",
  "0",
  "1e3",
];
const pools: { readonly [kind: string]: readonly Json[] } = {
  string: texts,
  integer: [0, 1, 2, 3, -1, -2, 10],
  bigint: ["0", "1", "-1", "2", "40"],
  number: [0, -0, 0.1, 0.5, 1, -1.5, 1e-7, 123456789.123],
  decimal: ["0", "1", "-1", "0.5", "0.50", "12.30", "-0.01"],
  boolean: [true, false],
  uuid: [
    "01900000-0000-7000-8000-000000000001",
    "01900000-0000-7000-8000-000000000002",
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
  ],
  timestamp: [
    "1970-01-01T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z",
    "2026-01-02T03:04:05.006Z",
    "2026-01-02T03:04:05.007Z",
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
  ],
  date: ["1970-01-01", "2026-01-02", "2026-01-03", "0001-01-01", "9999-12-31"],
  bytes: ["", "AA==", "/+8=", "aGVsbG8="],
  UserRole: ["user", "staff", "admin"],
  json: [0, "", "a", true, [], {}, [1, null], { a: { b: "é😀" } }, "null"],
};

/** Values at the ends of what a type holds; now and then one of these comes. */
const extremes: { readonly [kind: string]: readonly Json[] } = {
  integer: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  bigint: ["9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808"],
  number: [1e308, -1e308, 5e-324],
  decimal: ["90071992547409.93", "92233720368547758"],
};

/** Values of enums in every manifest here. */
export const members = ["low", "mid one", "it's"];

/** A value of a type in wire form; null where it may be. */
export function possibleValue(random: Random, type: Type): Json {
  return type.nullable && random.chance(0.3) ? null : certainValue(random, type);
}

/** A value that is not null. */
export function certainValue(random: Random, { kind, items, properties, scale }: Type): Json {
  if (kind === "array") return random.times(0, 3, () => possibleValue(random, items!));
  if (kind === "object")
    return Object.fromEntries(Object.entries(properties!).map(([name, type]) => [name, possibleValue(random, type)]));
  const pool = random.chance(0.1) ? extremes[kind] : undefined;
  const value = random.pick(pool ?? pools[kind] ?? members);
  return kind === "decimal" ? decimal(value, scale) : value;
}

/** The one wire form of a decimal. */
function decimal(text: string, scale: number): string {
  const [whole, fraction = ""] = text.split(".");
  if (scale === 0) return whole === "-0" ? "0" : whole!;
  return `${whole}.${fraction.padEnd(scale, "0").slice(0, scale)}`;
}
