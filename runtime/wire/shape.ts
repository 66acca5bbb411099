/**
 * What a codec must know of a value's type to carry it between JSON, SQL and JavaScript. One description serves the server
 * (query strings, SQL parameters, handlers) and every client (dates, big integers, bytes). Constraints are not its business.
 * Null and absence pass through every shape.
 */
export type Shape =
  /** text as it is: string, uuid, date, enum */
  | "string"
  /** integer and number */
  | "number"
  | "boolean"
  /** wire: digits; JavaScript: bigint; SQL: INTEGER */
  | "bigint"
  /** wire: ISO text in UTC with three digits; JavaScript: Date; SQL: INTEGER, milliseconds since the epoch */
  | "timestamp"
  /** wire: base64; JavaScript: Uint8Array; SQL: BLOB */
  | "bytes"
  /** any JSON; SQL: TEXT */
  | "json"
  /** wire and JavaScript: text with `decimal` digits after the point; SQL: INTEGER, scaled */
  | { readonly decimal: number }
  /** SQL: TEXT, JSON in wire form */
  | { readonly array: Shape }
  | { readonly object: { readonly [property: string]: Shape } };
