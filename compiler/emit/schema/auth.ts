import type { App } from "../../ir/app.ts";
import type { AuthSettings } from "../../ir/auth.ts";
import { SIGN_IN_TABLES } from "../../ir/signInTables.ts";
import type { Column, Table } from "../../ir/table.ts";
import { type Definitions, offer, ref, type Schema } from "./offer.ts";
import type { Reference } from "./references.ts";

/** What is known of who calls, as it is written, and what it is. */
export function callerReferences(auth: AuthSettings | undefined): readonly Reference[] {
  if (!auth) return [];
  const of = (root: "user" | "session") =>
    Array.from(auth[root], ([name, { type, nullable }]) => ({
      text: `$${root}.${name}`,
      type,
      nullable,
      mayBeAbsent: false,
    }));
  return [...of("user"), ...of("session")];
}

/** `$user.field` as a key of a condition, and the column that it is compared like. */
export function callerKeys(auth: AuthSettings | undefined): readonly (readonly [key: string, column: Column])[] {
  return Array.from(auth?.user ?? [], ([name, column]) => [`$user.${name}`, column] as const);
}

/** Who may call an operation: roles are there where people sign in. */
export function audience(base: Schema, auth: AuthSettings | undefined): Schema {
  const { anyOf: _, items, ...rest } = base;
  if (!auth) return { ...rest, items, ...offer(["public"]) };
  const alone = auth.roles.filter((role) => role !== "user");
  return { ...rest, ...offer(["user", "public", ...alone]), items: { ...(items as Schema), ...offer(alone) } };
}

/** The section `auth`, with the names that hold for users. */
export function authSection(base: Schema, { auth }: App): Schema {
  if (!auth) return base;
  const { user, ...ways } = base["properties"] as Definitions;
  const { conditions, ...parts } = user!["properties"] as Definitions;
  const named = { ...conditions, additionalProperties: { allOf: [ref("condition"), ref("users.condition")] } };
  return { ...base, properties: { ...ways, user: { ...user, properties: { ...parts, conditions: named } } } };
}

/** Whether a table is one of sign-in, which no author declares. */
export const isSignIn = (name: string, { auth }: App): boolean => auth !== undefined && SIGN_IN_TABLES.has(name);

/** Whether an operation that obeys rules may do that to rows of a table. */
export function isOffered(verb: string, { name, rules }: Table, app: App): boolean {
  if (!isSignIn(name, app)) return true;
  if (verb === "insert" || verb === "upsert") return false;
  return (verb !== "update" && verb !== "delete") || rules === undefined || rules[verb].grants.length > 0;
}
