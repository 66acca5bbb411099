import type { Sql } from "../../runtime/server/plan.ts";
import type { Type, TypeKind } from "../ir/type.ts";
import { sequence } from "./sql.ts";

/** What an SQL expression makes, in the form that a column of the type holds. All other types are held to theirs by CHECKs. */
export function reckonedSql(type: Type, sql: Sql): Sql {
  if (type.kind === "timestamp") return sequence("CAST(", sql, " AS INTEGER)");
  return type.kind === "date" ? sequence("date(", sql, ")") : sql;
}

/** The same of an expression without parameters. */
export const reckonedText = (type: Type, sql: string): string => reckonedSql(type, sql) as string;

const whole: ReadonlySet<TypeKind> = new Set<TypeKind>(["integer", "boolean", "timestamp"]);

/** An argument inside an expression. Numbers are bound as floating point, and whole ones are to be divided as such. */
export function parameterSql(type: Type, sql: Sql): Sql {
  return whole.has(type.kind) ? sequence("CAST(", sql, " AS INTEGER)") : sql;
}
