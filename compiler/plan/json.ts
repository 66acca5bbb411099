import type { Sql } from "../../runtime/server/plan.ts";
import type { Column } from "../ir/table.ts";
import type { Type } from "../ir/type.ts";
import { quoteText } from "./quote.ts";
import { columnSql, type Scope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** D1 calls no function with more than 32 arguments. */
export const MOST_ARGUMENTS = 32;

/** An object of names and values as JSON: what one call of `json_object` cannot take is set on it afterwards. */
export function jsonObject(pairs: readonly (readonly [name: string, value: Sql])[]): Sql {
  const first = MOST_ARGUMENTS / 2;
  const further = first - 1;
  let sql = sequence("json_object(", argumentList(pairs.slice(0, first), ""), ")");
  for (let from = first; from < pairs.length; from += further) {
    sql = sequence("json_set(", sql, ", ", argumentList(pairs.slice(from, from + further), "$."), ")");
  }
  return sql;
}

function argumentList(pairs: readonly (readonly [name: string, value: Sql])[], prefix: string): Sql {
  return sequence(
    ...pairs.flatMap(([name, value], index) => [`${index === 0 ? "" : ", "}${quoteText(prefix + name)}, `, value]),
  );
}

/** A column's value as `json_object` has to be given it to come out in wire form. Bytes come out in hexadecimal. */
export function columnJson(column: Column, scope: Scope): string {
  return valueJson(columnSql(column, scope), column.type, column.nullable);
}

/** The same of any expression in its type's SQL form. */
export function valueJson(sql: string, type: Type, nullable: boolean): string {
  switch (type.kind) {
    case "boolean":
      return nullable
        ? `json(CASE ${sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)`
        : `json(iif(${sql}, 'true', 'false'))`;
    case "timestamp":
      // half the price of strftime, which reads its format anew for each value
      return `replace(datetime(${sql} / 1000.0, 'unixepoch', 'subsec'), ' ', 'T') || 'Z'`;
    case "bigint":
      return `CAST(${sql} AS TEXT)`;
    case "decimal":
      return type.scale === 0 ? `CAST(${sql} AS TEXT)` : unlessNull(decimalText(sql, type.scale));
    case "bytes":
      return unlessNull(`hex(${sql})`);
    case "json":
    case "array":
    case "object":
      return `json(${sql})`;
    default:
      return sql;
  }

  function unlessNull(text: string): string {
    return nullable ? `iif(${sql} IS NULL, NULL, ${text})` : text;
  }
}

/** A scaled integer with its point, by integers alone. `abs` is only called on remainders: that of the least integer overflows. */
function decimalText(sql: string, scale: number): string {
  const unit = `1${"0".repeat(scale)}`;
  return `format('%s%d.%0${scale}d', iif(${sql} < 0 AND ${sql} > -${unit}, '-', ''), ${sql} / ${unit}, abs(${sql} % ${unit}))`;
}
