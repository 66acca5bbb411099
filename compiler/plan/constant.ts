import type { Sql } from "../../runtime/server/plan.ts";
import type { Constant, Type } from "../ir/type.ts";
import { quoteText } from "./quote.ts";
import type { Scope } from "./scope.ts";
import { integerBind } from "./sql.ts";

/** A constant in its SQL form. Values of 64 bits (bigint and decimal) are digits. */
export type SqlValue = string | number | null | Uint8Array<ArrayBuffer>;

/** Brings a constant of the manifest from its wire form to the form that its column has in SQL. */
export function sqlValue(value: Constant, type: Type): SqlValue {
  if (value === null) return null;
  switch (type.kind) {
    case "integer":
    case "number":
      return value as number;
    case "boolean":
      return value ? 1 : 0;
    case "bigint":
      return String(value);
    case "decimal":
      return scaledDigits(value as string);
    case "timestamp":
      return Date.parse(value as string);
    case "bytes":
      return Uint8Array.from(atob(value as string), (character) => character.charCodeAt(0));
    case "json":
    case "array":
    case "object":
      return JSON.stringify(value);
    default:
      return value as string;
  }
}

/** A constant as SQL: a literal, or a parameter where the scope wants it so. */
export function constantSql(value: Constant, type: Type, scope: Scope): Sql {
  const converted = sqlValue(value, type);
  if (converted === null || scope.constants === "inline") return literal(converted, type);
  if (converted instanceof Uint8Array) return { value: converted.buffer };
  return isLong(type) ? integerBind({ value: converted }) : { value: converted };
}

/** A constant as a literal. */
export function constantLiteral(value: Constant, type: Type): string {
  return literal(sqlValue(value, type), type);
}

/** Whether values of the type are integers of 64 bits, which JavaScript's numbers do not hold. */
export function isLong(type: Type): boolean {
  return type.kind === "bigint" || type.kind === "decimal";
}

/** A list of constants as one JSON text, as `json_each` takes it: bytes are hexadecimal. */
export function jsonList(values: readonly Constant[], item: Type): string {
  return JSON.stringify(
    values.map((value) => {
      const converted = sqlValue(value, item);
      return converted instanceof Uint8Array ? hexadecimal(converted) : converted;
    }),
  );
}

/** A decimal's text, which has all digits of its scale, as the integer that is stored. */
export function scaledDigits(text: string): string {
  return String(BigInt(text.replace(".", "")));
}

function literal(value: SqlValue, type: Type): string {
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return `X'${hexadecimal(value)}'`;
  return typeof value === "number" || isLong(type) ? String(value) : quoteText(value);
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}
