import { rewriteHex } from "../wire/hex.ts";
import type { Shape } from "../wire/shape.ts";
import type { Row } from "./database.ts";

/** A row's text as it goes over the wire. */
export type RowText = (row: string) => string;

/** How rows that hold bytes become texts; undefined where each is its text already. */
export function rowTextOf(hex: Shape | undefined): RowText | undefined {
  const rewrite = hex && rewriteHex(hex);
  return rewrite && ((row) => JSON.stringify(rewrite(JSON.parse(row))));
}

/** The first row as JSON text; null where there is none. */
export function first(rows: readonly Row[], rowText: RowText | undefined): string {
  const row = rows[0]?.row;
  if (row === undefined) return "null";
  return rowText ? rowText(row) : row;
}

/** Rows as a JSON list. */
export function list(rows: readonly Row[], count: number, rowText: RowText | undefined): string {
  let text = "[";
  for (let index = 0; index < count; index += 1) {
    const { row } = rows[index]!;
    if (index > 0) text += ",";
    text += rowText ? rowText(row) : row;
  }
  return `${text}]`;
}
