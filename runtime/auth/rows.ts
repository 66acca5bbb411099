import type { Shape } from "../wire/shape.ts";
import { type SqlValue, toSql } from "../wire/toSql.ts";

/** What is made by the Worker where nobody gives it. */
export type Made = "now" | "today" | "uuid" | "nanoid";

/** A table of sign-in, as far as better-auth reads and writes it; columns by their names in the manifest. */
export interface AuthTable {
  /** its name in SQL */
  readonly name: string;
  /** by column, its name in SQL */
  readonly columns: { readonly [column: string]: string };
  /** what a new row is given */
  readonly made?: { readonly [column: string]: Made };
  /** what a changed row is given */
  readonly touched?: { readonly [column: string]: Made };
}

/** A condition as better-auth says it. */
export interface Where {
  readonly field: string;
  /** absent: equal */
  readonly operator: string | undefined;
  readonly value: unknown;
  readonly connector: "AND" | "OR" | undefined;
}

/** A part of a statement and its values. */
export interface Part {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

const OPERATORS: { readonly [operator: string]: string } = {
  eq: "IS",
  ne: "IS NOT",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

const quoted = (name: string): string => `"${name}"`;

/** A column's name in SQL. An Error (a bug) for one that the table does not have. */
export function columnOf({ name, columns }: AuthTable, field: string): string {
  const column = columns[field];
  if (column === undefined) throw new Error(`Sign-in knows no column ${field} of ${name}.`);
  return quoted(column);
}

/** All columns of a row, under their own names. */
export function selected({ columns }: AuthTable): string {
  return Object.entries(columns)
    .map(([field, column]) => `${quoted(column)} AS ${quoted(field)}`)
    .join(", ");
}

/** What conditions say, after a WHERE: those that are joined by OR hold together as one more. */
export function condition(table: AuthTable, where: readonly Where[] = []): Part {
  const any = where.filter(({ connector }) => connector === "OR");
  const parts = where.filter(({ connector }) => connector !== "OR").map((one) => comparison(table, one));
  if (any.length > 0) {
    const either = any.map((one) => comparison(table, one));
    parts.push({
      sql: `(${either.map(({ sql }) => sql).join(" OR ")})`,
      params: either.flatMap(({ params }) => params),
    });
  }
  if (parts.length === 0) return { sql: "TRUE", params: [] };
  return { sql: parts.map(({ sql }) => sql).join(" AND "), params: parts.flatMap(({ params }) => params) };
}

function comparison(table: AuthTable, { field, operator = "eq", value }: Where): Part {
  const column = columnOf(table, field);
  if (operator === "in" || operator === "not_in") {
    const list = JSON.stringify((value as readonly unknown[]).map((one) => sqlOf(one)));
    return { sql: `${column} ${operator === "in" ? "IN" : "NOT IN"} (SELECT value FROM json_each(?))`, params: [list] };
  }
  const sign = OPERATORS[operator];
  if (sign === undefined) throw new Error(`Sign-in compares nothing by ${operator}.`);
  return { sql: `${column} ${sign} ?`, params: [sqlOf(value)] };
}

/**
 * A value as a parameter.
 *
 * @param shape of a field that sign-up sets: its value is in wire form. Others are better-auth's: text, numbers, booleans and dates
 */
export function sqlOf(value: unknown, shape?: Shape): SqlValue {
  if (shape !== undefined) return toSql(shape)(value);
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : ((value ?? null) as SqlValue);
}
