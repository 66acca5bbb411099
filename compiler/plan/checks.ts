import { isStored } from "../ir/sqlExpressions.ts";
import type { Column, Table } from "../ir/table.ts";
import type { Type } from "../ir/type.ts";
import { scaledDigits } from "./constant.ts";
import { quoteName, quoteText } from "./quote.ts";

/** A CHECK that a column's type or one of its constraints asks for. */
export interface ColumnCheck {
  /** the constraint's name in SQL, unquoted: `<table>.<column>.<word>`, which no check of the manifest can have */
  readonly sqlName: string;
  readonly sql: string;
  /** what an error calls it: `<column>.<word>`, where the word is the constraint's, or `type` */
  readonly check: string;
  readonly column: Column;
}

/**
 * The CHECKs that a table's columns need so that a computed value, or one written past the validators, cannot break their types and
 * constraints. All hold for null. Patterns and formats are left out: SQLite has no regular expressions.
 */
export function columnChecks(table: Table): readonly ColumnCheck[] {
  return [...table.columns.values()].filter(isStored).flatMap((column) =>
    Object.entries(checksOf(column.type, quoteName(column.sqlName))).map(([word, sql]) => ({
      sqlName: `${table.sqlName}.${column.sqlName}.${word}`,
      sql,
      check: `${column.name}.${word}`,
      column,
    })),
  );
}

type Checks = { readonly [word: string]: string };

function checksOf(type: Type, column: string): Checks {
  switch (type.kind) {
    case "enum":
      return { type: `${column} IN (${type.enum.members.map(quoteText).join(", ")})` };
    case "boolean":
      return { type: `${column} IN (0, 1)` };
    case "integer":
      return { type: `${whole(column)} AND ${safe(column)}`, ...boundChecks(type, column) };
    case "bigint":
    case "decimal":
      return { type: whole(column), ...boundChecks(type, column) };
    case "number":
      return { type: `abs(${column}) <= ${Number.MAX_VALUE}`, ...boundChecks(type, column) };
    case "string":
    case "bytes":
      return lengthChecks(type, column);
    default:
      return {};
  }
}

/** A result beyond 64 bits, or a fraction, is floating point. */
function whole(column: string): string {
  return `typeof(${column}) <> 'real'`;
}

function safe(column: string): string {
  return `${column} BETWEEN ${Number.MIN_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}`;
}

const comparisons = [
  ["minimum", ">="],
  ["exclusiveMinimum", ">"],
  ["maximum", "<="],
  ["exclusiveMaximum", "<"],
] as const;

type Numeric = Extract<Type, { kind: "integer" | "number" | "bigint" | "decimal" }>;

function boundChecks(type: Numeric, column: string): Checks {
  const bounds = comparisons.flatMap(([word, sign]) => {
    const bound = type[word];
    return bound === undefined ? [] : [[word, `${column} ${sign} ${inSql(type, bound)}`]];
  });
  const { multipleOf } = type;
  if (multipleOf !== undefined) bounds.push(["multipleOf", multipleCheck(type, column, inSql(type, multipleOf))]);
  return Object.fromEntries(bounds);
}

/** Floating point divides inexactly: a quotient as near to a whole number as it can be told counts as one. */
function multipleCheck(type: Numeric, column: string, step: string): string {
  if (type.kind !== "number") return `${column} % ${step} = 0`;
  const quotient = `${column} / ${step}`;
  return `abs(${quotient} - round(${quotient})) <= 1e-9 + abs(${quotient}) * 1e-15`;
}

function inSql(type: Numeric, bound: number | string): string {
  return type.kind === "decimal" ? scaledDigits(String(bound)) : String(bound);
}

/** `length` counts the code points of a text and the bytes of a BLOB. */
function lengthChecks(type: { readonly minLength?: number; readonly maxLength?: number }, column: string): Checks {
  return {
    ...(type.minLength !== undefined && { minLength: `length(${column}) >= ${type.minLength}` }),
    ...(type.maxLength !== undefined && { maxLength: `length(${column}) <= ${type.maxLength}` }),
  };
}
