import type { ColumnSchema } from "../../compiler/migrate/schema.ts";

type Typed = Pick<ColumnSchema, "kind" | "scale" | "members">;

/** From a type to another: values as they are stored, and what becomes of them. Those in `refused` are of no value there. */
export interface ConversionCase {
  readonly from: Typed;
  readonly to: Typed;
  readonly kept: readonly (readonly [string | number, string | number])[];
  readonly refused?: readonly (string | number)[];
}

const decimal = (scale: number): Typed => ({ kind: "decimal", scale });
const ofMembers = (...members: string[]): Typed => ({ kind: "enum", members });
const uuid = "01900000-0000-7000-8000-00000000000a";
const moment = 1_700_000_000_123;

const plain = (
  from: Typed["kind"],
  to: Typed["kind"],
  kept: ConversionCase["kept"],
  refused: ConversionCase["refused"] = [],
) => ({
  from: { kind: from },
  to: { kind: to },
  kept,
  refused,
});

/** Examples, not all pairs: each way of converting that there is. */
export const conversionCases: readonly ConversionCase[] = [
  plain(
    "string",
    "integer",
    [
      ["7", 7],
      ["-12", -12],
    ],
    ["", "7.0", "07", "1e3", "x", "9007199254740993"],
  ),
  plain("string", "bigint", [["900719925474099", 900719925474099]], ["9223372036854775808"]),
  plain(
    "string",
    "number",
    [
      ["1.5", 1.5],
      ["2", 2],
    ],
    ["", "x", "true", '"1"'],
  ),
  plain(
    "string",
    "boolean",
    [
      ["true", 1],
      ["0", 0],
    ],
    ["yes", ""],
  ),
  plain("string", "uuid", [[uuid, uuid]], [uuid.toUpperCase(), uuid.replace("-", "x"), uuid.replace("a", "g"), ""]),
  plain("string", "date", [["2026-02-28", "2026-02-28"]], ["2026-02-30", "now", "2026-2-1"]),
  plain("string", "timestamp", [["2023-11-14T22:13:20.123Z", moment]], ["2023-11-14", "now"]),
  plain("string", "json", [
    ["a", '"a"'],
    ['"', '"\\""'],
  ]),
  plain("string", "array", [["[1]", "[1]"]], ["{}", "x", "1"]),
  { from: { kind: "string" }, to: ofMembers("a", "it's"), kept: [["it's", "it's"]], refused: ["b"] },
  {
    from: { kind: "string" },
    to: decimal(2),
    kept: [
      ["1.50", 150],
      ["-3", -300],
    ],
    refused: ["1.5", "x", "1e2", ""],
  },
  plain("integer", "string", [[-3, "-3"]]),
  plain("integer", "number", [[3, 3]]),
  plain("integer", "boolean", [[1, 1]], [2, -1]),
  plain("integer", "timestamp", [[moment, moment]], [9e15]),
  plain("integer", "json", [[3, "3"]]),
  { from: { kind: "integer" }, to: decimal(2), kept: [[-3, -300]], refused: [] },
  plain("bigint", "integer", [[5, 5]]),
  plain(
    "number",
    "integer",
    [
      [3, 3],
      [-2, -2],
    ],
    [1.5, 1e300],
  ),
  plain("number", "string", [[1.5, "1.5"]]),
  {
    from: { kind: "number" },
    to: decimal(2),
    kept: [
      [1.25, 125],
      [-0.1, -10],
    ],
    refused: [1.255, 1e300],
  },
  { from: decimal(2), to: decimal(4), kept: [[-150, -15000]], refused: [9223372036854775000] },
  { from: decimal(4), to: decimal(2), kept: [[15000, 150]], refused: [15001] },
  {
    from: decimal(2),
    to: { kind: "string" },
    kept: [
      [-5, "-0.05"],
      [1230, "12.30"],
    ],
  },
  { from: decimal(0), to: { kind: "string" }, kept: [[7, "7"]] },
  { from: decimal(2), to: { kind: "integer" }, kept: [[300, 3]], refused: [301] },
  { from: decimal(2), to: { kind: "number" }, kept: [[150, 1.5]] },
  plain("boolean", "string", [
    [1, "true"],
    [0, "false"],
  ]),
  plain("boolean", "json", [[1, "true"]]),
  plain("timestamp", "string", [
    [moment, "2023-11-14T22:13:20.123Z"],
    [-1, "1969-12-31T23:59:59.999Z"],
  ]),
  plain("timestamp", "date", [[86_400_000, "1970-01-02"]], [1]),
  plain("date", "timestamp", [["1970-01-02", 86_400_000]]),
  plain("json", "object", [['{"a":1}', '{"a":1}']], ["[]", "1"]),
  plain("object", "string", [['{"a":1}', '{"a":1}']]),
  { from: ofMembers("a", "b"), to: ofMembers("b"), kept: [["b", "b"]], refused: ["a"] },
];
