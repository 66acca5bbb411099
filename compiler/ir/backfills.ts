import type { Place } from "../manifest/place.ts";
import { isMap, lowerConstant } from "./constants.ts";
import type { Lowering } from "./draft.ts";
import { lowerOpenSql } from "./sqlExpressions.ts";
import type { Backfill, Table } from "./table.ts";
import type { Constant, Value } from "./type.ts";

/** What rows get that are there: a constant of the column's type, or an expression over columns that only a migration knows. */
export function lowerBackfill(
  lowering: Lowering,
  written: Constant | undefined,
  of: Value,
  table: Table,
  place: Place,
): { readonly backfill?: Backfill } {
  if (written === undefined) return {};
  const at = place.at("backfill");
  if (isExpression(written)) {
    const sql = lowerOpenSql(written.expr, table, at.at("expr"), lowering.report);
    return sql === undefined ? {} : { backfill: { kind: "expr", sql } };
  }
  const value = lowerConstant(written, { type: of.type, nullable: false }, at, lowering);
  return value === undefined ? {} : { backfill: { kind: "constant", value } };
}

function isExpression(written: unknown): written is { readonly expr: string } {
  return isMap(written) && typeof written["expr"] === "string" && Object.keys(written).length === 1;
}
