import type { AuthSettings } from "../ir/auth.ts";
import type { Column } from "../ir/table.ts";

/** The fields of users that sign-up may set. */
export function inputsOf({ fields }: AuthSettings): ReadonlyMap<string, Column> {
  return new Map([...fields].flatMap(([name, { column, input }]) => (input ? [[name, column] as const] : [])));
}
