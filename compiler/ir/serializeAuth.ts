import type { AuthSettings } from "./auth.ts";
import { entries } from "./serializeTable.ts";

/** How people sign in, as plain data: columns are names, and what they are stands with their tables. */
export function authData({ tables, user, session, fields, social, place: _, ...settings }: AuthSettings): object {
  return {
    ...settings,
    tables: Object.keys(tables),
    user: [...user.keys()],
    session: [...session.keys()],
    fields: entries(fields, ({ input }) => ({ input })),
    social: entries(social, (of) => Object.fromEntries(of)),
  };
}
