import type { Sql } from "../../runtime/server/plan.ts";
import type { Type } from "../ir/type.ts";
import { sequence } from "./sql.ts";

/**
 * A value that SQLite took out of JSON, where it stands in wire form, in the SQL form of its type. Null stays null; objects and lists
 * stay JSON.
 */
export function fromJson(type: Type, value: Sql): Sql {
  switch (type.kind) {
    case "bigint":
      return sequence("CAST(", value, " AS INTEGER)");
    case "decimal":
      return sequence("CAST(replace(", value, ", '.', '') AS INTEGER)");
    case "timestamp":
      return sequence("CAST(round(unixepoch(", value, ", 'subsec') * 1000) AS INTEGER)");
    default:
      return value;
  }
}
