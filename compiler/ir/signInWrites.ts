import type { Place } from "../manifest/place.ts";
import type { BodyContext } from "./context.ts";
import { SIGN_IN_TABLES } from "./signInTables.ts";
import type { Column, RuleVerb, Table } from "./table.ts";
import { isWritableOfUser } from "./userRules.ts";

/** What is done to rows, in the words of rules. */
const ruleVerbs: { readonly [verb: string]: Exclude<RuleVerb, "read"> } = {
  insert: "create",
  upsert: "create",
  update: "update",
  delete: "delete",
};

/**
 * Whether an operation may write rows of a table: those of sign-in are written by sign-in, else as the system, or where rules of
 * the table grant it. Says why not.
 */
export function mayWrite(verb: string, table: Table, place: Place, { signIn, caller, report }: BodyContext): boolean {
  const done = ruleVerbs[verb];
  if (!signIn || !done || !SIGN_IN_TABLES.has(table.name)) return true;
  if (caller?.asSystem !== undefined) {
    if (done !== "create" || !holdsSecrets.has(table.name)) return true;
    report("auth/system-table", place, [table.name, done, false]);
    return false;
  }
  if (done !== "create" && table.rules && table.rules[done].grants.length > 0) return true;
  report("auth/system-table", place, [table.name, done, !holdsSecrets.has(table.name) || done !== "create"]);
  return false;
}

/** Tables whose every row has a secret, which no operation gives. */
const holdsSecrets: ReadonlySet<string> = new Set(["sessions", "verifications"]);

/** Whether an operation may write a column of users. Says that only the system may. */
export function mayWriteColumn(
  { name }: Column,
  table: Table,
  place: Place,
  { signIn, caller, report }: BodyContext,
  extras: { readonly at?: "key" },
): boolean {
  if (!signIn || table.name !== "users" || caller?.asSystem !== undefined || isWritableOfUser(name)) return true;
  report("auth/system-column", place, [name], extras);
  return false;
}
