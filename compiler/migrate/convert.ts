import type { TypeKind } from "../ir/type.ts";
import { quoteText } from "../plan/quote.ts";
import type { ColumnSchema } from "./schema.ts";

/** How a value of one type becomes one of another, in SQL, both as they are stored. */
export interface Conversion {
  /** of a value that is not null */
  sql(value: string): string;
  /** a condition that is 1 where nothing of a value is lost and 0 elsewhere, never null; 1 where there is none */
  fits?(value: string): string;
}

type Typed = Pick<ColumnSchema, "kind" | "scale" | "members">;

/** The value as it is stored already. */
export const same: Conversion = { sql: (value) => value };

/** The conversion between two types; undefined where no value of the one is one of the other. */
export function conversion(from: Typed, to: Typed): Conversion | undefined {
  if (from.kind === "enum" && to.kind === "enum") return between(from.members!, to.members!);
  if (from.kind === "decimal" && to.kind === "decimal") return rescaled(to.scale! - from.scale!);
  if (from.kind === to.kind) return same;
  return table[from.kind]?.[to.kind]?.(from, to);
}

/** Members that go are an obstacle of their own, each with its name. */
function between(before: readonly string[], after: readonly string[]): Conversion {
  return before.every((member) => after.includes(member)) ? same : { ...same, fits: (value) => isOneOf(value, after) };
}

function isOneOf(value: string, members: readonly string[]): string {
  return `${value} IN (${members.map(quoteText).join(", ")})`;
}

function rescaled(digits: number): Conversion {
  const factor = 10 ** Math.abs(digits);
  if (digits === 0) return same;
  if (digits < 0) return { sql: (value) => `${value} / ${factor}`, fits: (value) => `${value} % ${factor} = 0` };
  const most = (2n ** 63n - 1n) / BigInt(factor);
  return { sql: (value) => `${value} * ${factor}`, fits: (value) => `${value} BETWEEN -${most} AND ${most}` };
}

type Maker = (from: Typed, to: Typed) => Conversion;

const always =
  (sql: Conversion["sql"]): Maker =>
  () => ({ sql });
const where =
  (fits: (value: string) => string, sql: Conversion["sql"] = (value) => value): Maker =>
  () => ({ sql, fits });
const unchanged = always((value) => value);

const asText = always((value) => `CAST(${value} AS TEXT)`);
const asReal = always((value) => `CAST(${value} AS REAL)`);
const asJson = always((value) => `json_quote(${value})`);
const trueOrFalse = always((value) => `CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`);
const isSafe = (value: string): string => `${value} BETWEEN -9007199254740991 AND 9007199254740991`;
const isInteger = (value: string): string => `CAST(CAST(${value} AS INTEGER) AS TEXT) = ${value}`;
const toInteger = (value: string): string => `CAST(${value} AS INTEGER)`;
const isJson = (value: string, ...types: string[]): string =>
  `iif(json_valid(${value}), json_type(${value}) IN (${types.map(quoteText).join(", ")}), 0)`;
const moment = (value: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${value} / 1000.0, 'unixepoch')`;
const isUuid = (value: string): string =>
  `${value} GLOB '????????-????-????-????-????????????' AND ${value} = lower(${value}) AND length(unhex(replace(${value}, '-', ''))) IS 16`;

const power = ({ scale }: Typed): bigint => 10n ** BigInt(scale ?? 0);

const toDecimal: Maker = (_, to) => rescaled(to.scale!);

const fromDecimal: Maker = (from) => rescaled(-from.scale!);

const decimalText: Maker = (from) => ({
  sql: (value) => {
    if (from.scale === 0) return `CAST(${value} AS TEXT)`;
    const [whole, rest] = [`abs(${value}) / ${power(from)}`, `abs(${value}) % ${power(from)}`];
    return `printf('%s%d.%0${from.scale}d', iif(${value} < 0, '-', ''), ${whole}, ${rest})`;
  },
});

const textToDecimal: Maker = (_, to) => ({
  sql: (value) => `CAST(round(CAST(${value} AS REAL) * ${power(to)}) AS INTEGER)`,
  fits: (value) =>
    `(${isInteger(value)} OR printf('%.${to.scale}f', CAST(${value} AS REAL)) = ${value}) AND abs(CAST(${value} AS REAL)) < 9e15 / ${power(to)}`,
});

const realToDecimal: Maker = (_, to) => ({
  sql: (value) => `CAST(round(${value} * ${power(to)}) AS INTEGER)`,
  fits: (value) => `abs(${value}) < 9e15 / ${power(to)} AND round(${value} * ${power(to)}) / ${power(to)}.0 = ${value}`,
});

const decimalToReal: Maker = (from) => ({ sql: (value) => `${value} / ${power(from)}.0`, fits: isSafe });

const texts: { readonly [to in TypeKind]?: Maker } = {
  string: unchanged,
  json: asJson,
  enum: (_, to) => ({ ...same, fits: (value) => isOneOf(value, to.members!) }),
};

/** What is left out does not convert. */
const table: { readonly [from in TypeKind]?: { readonly [to in TypeKind]?: Maker } } = {
  string: {
    ...texts,
    integer: where((value) => `${isInteger(value)} AND ${isSafe(toInteger(value))}`, toInteger),
    bigint: where(isInteger, toInteger),
    number: where(
      (value) => isJson(value, "integer", "real"),
      (value) => `CAST(${value} AS REAL)`,
    ),
    decimal: textToDecimal,
    boolean: where(
      (value) => `${value} IN ('true', 'false', '1', '0')`,
      (value) => `${value} IN ('true', '1')`,
    ),
    uuid: where(isUuid),
    date: where((value) => `${value} IS date(${value})`),
    timestamp: where(
      (value) => `${value} IS strftime('%Y-%m-%dT%H:%M:%fZ', ${value})`,
      (value) => `CAST(round(unixepoch(${value}, 'subsec') * 1000) AS INTEGER)`,
    ),
    array: where((value) => isJson(value, "array")),
    object: where((value) => isJson(value, "object")),
  },
  integer: {
    bigint: unchanged,
    number: asReal,
    decimal: toDecimal,
    string: asText,
    json: asText,
    boolean: where((value) => `${value} IN (0, 1)`),
    timestamp: where((value) => `${value} BETWEEN -62167219200000 AND 253402300799999`),
  },
  bigint: {
    integer: where(isSafe),
    number: where(isSafe, (value) => `CAST(${value} AS REAL)`),
    decimal: toDecimal,
    string: asText,
    boolean: where((value) => `${value} IN (0, 1)`),
    timestamp: where((value) => `${value} BETWEEN -62167219200000 AND 253402300799999`),
  },
  number: {
    integer: where((value) => `${value} = CAST(${value} AS INTEGER) AND ${isSafe(value)}`, toInteger),
    bigint: where((value) => `${value} = CAST(${value} AS INTEGER) AND ${isSafe(value)}`, toInteger),
    decimal: realToDecimal,
    string: asText,
    json: asText,
    boolean: where((value) => `${value} IN (0, 1)`, toInteger),
  },
  decimal: { integer: fromDecimal, bigint: fromDecimal, number: decimalToReal, string: decimalText },
  boolean: {
    integer: unchanged,
    bigint: unchanged,
    number: asReal,
    decimal: toDecimal,
    string: trueOrFalse,
    json: trueOrFalse,
  },
  uuid: texts,
  enum: texts,
  date: { ...texts, timestamp: always((value) => `unixepoch(${value}) * 1000`) },
  timestamp: {
    integer: unchanged,
    bigint: unchanged,
    string: always(moment),
    json: always((value) => `json_quote(${moment(value)})`),
    date: where(
      (value) => `${value} % 86400000 = 0`,
      (value) => `strftime('%Y-%m-%d', ${value} / 1000, 'unixepoch')`,
    ),
  },
  json: {
    string: unchanged,
    array: where((value) => isJson(value, "array")),
    object: where((value) => isJson(value, "object")),
  },
  array: { json: unchanged, string: unchanged },
  object: { json: unchanged, string: unchanged },
};
