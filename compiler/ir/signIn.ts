import type { AuthManifest, ColumnManifest, Declared, Manifest, TableManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { Report } from "./report.ts";
import { signInTables, USER_COLUMNS } from "./signInTables.ts";

/** The enum of `auth.roles`. */
export const ROLE_ENUM = "UserRole";
const ROLES: readonly string[] = ["user", "admin"];

export const rolesOf = ({ roles = ROLES }: AuthManifest): readonly string[] => roles;

/**
 * Writes into a manifest that has an `auth` section what its author would have to: the tables of sign-in, and the enum of roles. Says which
 * of these names are taken.
 */
export function withSignIn(manifest: Manifest, report: Report): Manifest {
  const { auth } = manifest;
  if (!auth) return manifest;
  const { value, place } = auth;
  checkRoles(rolesOf(value), place.at("roles"), report);
  checkFields(value, place.at("user").at("fields"), report);
  const made = new Map(
    Object.entries(signInTables(value, rolesOf(value))).map(([name, table]): [string, Declared<TableManifest>] => [
      name,
      { value: table, place: name === "users" ? place.at("user") : place },
    ]),
  );
  const related = [{ message: "Sign-in is said here.", place }];
  for (const [name, { place: taken }] of manifest.tables)
    if (made.has(name)) report("auth/table", taken, [name], { at: "key", related, hint: tableHint(name) });
  const taken = manifest.enums.get(ROLE_ENUM);
  if (taken) report("auth/enum", taken.place, [ROLE_ENUM], { at: "key", related });
  return {
    ...manifest,
    tables: new Map([...made, ...[...manifest.tables].filter(([name]) => !made.has(name))]),
    enums: new Map([...manifest.enums, [ROLE_ENUM, { value: rolesOf(value), place: place.at("roles") }]]),
  };
}

/** Whether a column of a table of sign-in is one that nobody may name. */
export function isSecret({ tables }: Manifest, table: string, column: string): boolean {
  const written = tables.get(table)?.value.columns?.[column];
  return typeof written === "object" && written.secret === true;
}

const tableHint = (name: string): string =>
  name === "users"
    ? 'Say what it has besides under "auth.user": fields, relations, conditions, rules, indexes.'
    : "Give the table another name.";

function checkRoles(roles: readonly string[], place: Place, report: Report): void {
  const index = roles.indexOf("public");
  if (index >= 0) report("auth/role", place.at(index), ["public"]);
}

/** Fields beside the columns that every user has, each with a value at sign-up. */
function checkFields(auth: AuthManifest, place: Place, report: Report): void {
  for (const [name, written] of Object.entries(auth.user?.fields ?? {})) {
    const field: ColumnManifest = typeof written === "string" ? { type: written } : written;
    if (USER_COLUMNS.has(name)) report("auth/field", place.at(name), [name], { at: "key" });
    else if (isRequired(field)) checkValue(name, field, auth, place, report);
  }
}

const isRequired = ({ type = "", nullable, default: value, generate, version, expr, count }: ColumnManifest): boolean =>
  !type.endsWith("?") && !nullable && [value, generate, version, expr, count].every((given) => given === undefined);

function checkValue(name: string, field: ColumnManifest, auth: AuthManifest, place: Place, report: Report): void {
  const ways = [
    ...(["emailCode", "magicLink"] as const).filter((way) => auth[way]),
    ...(auth.social ? ["social"] : []),
  ];
  const [way] = ways;
  if (field.input && way === undefined) return;
  report("auth/field-value", place.at(name), [name, field.input ? way : undefined], {
    at: "key",
    hint: field.input
      ? `Give it a default, or write its type with "?".`
      : 'Give it a default, say "input: true", or write its type with "?".',
  });
}
