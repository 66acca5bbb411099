import type { IdentityPlan } from "../../runtime/server/plan.ts";
import type { AuthSettings } from "../ir/auth.ts";
import type { Column } from "../ir/table.ts";
import { MOST_ARGUMENTS } from "./json.ts";
import { quoteName } from "./quote.ts";
import { shapesOf } from "./shape.ts";

const DAY = 24 * 60 * 60 * 1000;

/** How a session's token is looked up, with what tells whether it is still good: the Worker judges that, so that the statement stays short. */
export function identityOf({ tables, user, session, sessionDays, refreshDays }: AuthSettings): IdentityPlan {
  const { users, sessions } = tables;
  const ofUser = (name: string) => `u.${quoteName(users.columns.get(name)!.sqlName)}`;
  const column = (name: string) => quoteName(sessions.columns.get(name)!.sqlName);
  const ofSession = (name: string) => `s.${column(name)}`;
  const ban = list([ofUser("banned"), ofUser("banExpires")]);
  const row = list([list(chunks(fields(user, "u"))), list(chunks(fields(session, "s"))), ban]);
  const from = `${quoteName(sessions.sqlName)} AS s JOIN ${quoteName(users.sqlName)} AS u ON ${ofUser("id")} = ${ofSession("userId")}`;
  return {
    sql: `SELECT ${row} FROM ${from} WHERE ${ofSession("token")} = ?`,
    shapes: { user: shapesOf(user), session: shapesOf(session) },
    renew: `UPDATE ${quoteName(sessions.sqlName)} SET ${column("expiresAt")} = ?, ${column("updatedAt")} = ? WHERE ${column("token")} = ? AND ${column("expiresAt")} = ?`,
    lasts: sessionDays * DAY,
    renewAfter: refreshDays * DAY,
  };
}

/** Values in SQL form; those that JavaScript's numbers do not hold exactly as digits, which SQLite reads as numbers where it wants one. */
function fields(columns: ReadonlyMap<string, Column>, alias: string): string[] {
  return Array.from(columns.values(), ({ sqlName, type }) => {
    const value = `${alias}.${quoteName(sqlName)}`;
    return type.kind === "bigint" || type.kind === "decimal" ? `CAST(${value} AS TEXT)` : value;
  });
}

/** Lists that a function of D1 takes. */
function chunks(values: readonly string[]): string[] {
  return values.length <= MOST_ARGUMENTS
    ? [list(values)]
    : [list(values.slice(0, MOST_ARGUMENTS)), ...chunks(values.slice(MOST_ARGUMENTS))];
}

const list = (values: readonly string[]): string => `json_array(${values.join(", ")})`;
