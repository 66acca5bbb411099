import type { IdentityPlan, Sql } from "../../runtime/server/plan.ts";
import type { AuthSettings } from "../ir/auth.ts";
import type { Column } from "../ir/table.ts";
import { jsonObject } from "./json.ts";
import { quoteName } from "./quote.ts";
import { shapesOf } from "./shape.ts";

const DAY = 24 * 60 * 60 * 1000;

/** The database's own clock, so that looking a token up takes the token alone. */
const NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/** How a session's token is looked up: one that has ended is nobody's, nor is that of a user who is banned. */
export function identityOf({ tables, user, session, sessionDays, refreshDays }: AuthSettings): IdentityPlan {
  const { users, sessions } = tables;
  const ofUser = (name: string) => `u.${quoteName(users.columns.get(name)!.sqlName)}`;
  const column = (name: string) => quoteName(sessions.columns.get(name)!.sqlName);
  const ofSession = (name: string) => `s.${column(name)}`;
  const row = jsonObject([
    ["user", jsonObject(fields(user, "u"))],
    ["session", jsonObject(fields(session, "s"))],
  ]);
  const from = `${quoteName(sessions.sqlName)} AS s JOIN ${quoteName(users.sqlName)} AS u ON ${ofUser("id")} = ${ofSession("userId")}`;
  const isFree = `NOT ${ofUser("banned")} OR ${ofUser("banExpires")} <= ${NOW}`;
  const where = `${ofSession("token")} = ? AND ${ofSession("expiresAt")} > ${NOW} AND (${isFree})`;
  return {
    sql: `SELECT ${text(row)} FROM ${from} WHERE ${where}`,
    shapes: { user: shapesOf(user), session: shapesOf(session) },
    renew: `UPDATE ${quoteName(sessions.sqlName)} SET ${column("expiresAt")} = ?, ${column("updatedAt")} = ? WHERE ${column("token")} = ? AND ${column("expiresAt")} = ?`,
    lasts: sessionDays * DAY,
    renewAfter: refreshDays * DAY,
  };
}

/** Values in SQL form; those that JavaScript's numbers do not hold exactly as digits, which SQLite reads as numbers where it wants one. */
function fields(columns: ReadonlyMap<string, Column>, alias: string): [string, Sql][] {
  return [...columns].map(([name, { sqlName, type }]) => {
    const value = `${alias}.${quoteName(sqlName)}`;
    return [name, type.kind === "bigint" || type.kind === "decimal" ? `CAST(${value} AS TEXT)` : value];
  });
}

/** What is made of names alone has no parameters. */
function text(sql: Sql): string {
  if (typeof sql === "string") return sql;
  if (Array.isArray(sql)) return sql.map(text).join("");
  throw new Error("A lookup of a token has one parameter.");
}
