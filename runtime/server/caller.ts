import type { SqlValue } from "../wire/toSql.ts";

/** Who is signed in, as plans speak of it. */
export interface Caller {
  /** what `$user` has, by name, in SQL form */
  readonly user: { readonly [field: string]: SqlValue };
  /** what `$session` has, by name, in SQL form */
  readonly session: { readonly [field: string]: SqlValue };
}
