import type { AuthManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { AuthSettings } from "./auth.ts";
import type { Lowering, TableDraft } from "./draft.ts";
import type { Setting } from "./setting.ts";
import { lowerOrigin, lowerSetting } from "./settings.ts";
import { rolesOf } from "./signIn.ts";
import { CALLER_COLUMNS, SESSION_COLUMNS } from "./signInTables.ts";
import type { Column } from "./table.ts";
import type { SignedIn } from "./texts.ts";

const SIGN_IN_LIMIT = { requests: 10, seconds: 60 };

/** What `$user` and `$session` have, once the columns of the tables of sign-in are known; undefined without an `auth` section. */
export function signedIn({ manifest, unfinished }: Lowering): SignedIn | undefined {
  if (!manifest.auth) return undefined;
  const { fields = {} } = manifest.auth.value.user ?? {};
  const columns = (table: string, names: readonly string[]): ReadonlyMap<string, Column> => {
    const of = unfinished.get(table)!.table.columns;
    return new Map(names.flatMap((name) => (isStored(of.get(name)) ? [[name, of.get(name)!]] : [])));
  };
  return {
    user: columns("users", [...CALLER_COLUMNS, ...Object.keys(fields)]),
    session: columns("sessions", SESSION_COLUMNS),
  };
}

/** A column that counts rows is no part of a user's row. */
const isStored = (column: Column | undefined): boolean => column !== undefined && column.computed?.kind !== "count";

/** `auth`, with every default filled; undefined where nobody signs in. */
export function lowerAuth(lowering: Lowering): AuthSettings | undefined {
  const { manifest, report, signIn } = lowering;
  if (!manifest.auth || !signIn) return undefined;
  const { value, place } = manifest.auth;
  if (!value.emailPassword && !value.emailCode && !value.magicLink && !value.social)
    report("auth/no-way", place, [], { at: "key", severity: "warning" });
  const days = value.session?.days ?? 30;
  const refreshDays = value.session?.refreshDays ?? Math.min(1, days);
  if (refreshDays > days) report("auth/refresh", place.at("session").at("refreshDays"), [refreshDays, days]);
  const setting = (written: string, at: Place): Setting[] => {
    const lowered = lowerSetting(lowering, written, at);
    return lowered ? [lowered] : [];
  };
  const [secret = AUTH_SECRET] = value.secret === undefined ? [] : setting(value.secret, place.at("secret"));
  const trusted = place.at("trustedOrigins");
  const { signIn: limit = SIGN_IN_LIMIT } = value.limits ?? {};
  return {
    tables: signInTablesOf(lowering),
    roles: rolesOf(value),
    ...signIn,
    fields: fieldsOf(lowering, value),
    ...waysOf(lowering, value, place),
    social: socialOf(value, place.at("social"), setting),
    ...(value.mail !== undefined && { mail: exported(value.mail) }),
    sessionDays: days,
    refreshDays,
    secret,
    trustedOrigins: (value.trustedOrigins ?? []).flatMap(
      (written, index) => lowerOrigin(lowering, written, trusted.at(index)) ?? [],
    ),
    ...(limit !== false && { signInLimit: limit }),
    place,
  };
}

const AUTH_SECRET: Setting = { kind: "env", name: "AUTH_SECRET" };

function signInTablesOf({ tables }: Lowering): AuthSettings["tables"] {
  const of = (name: string): TableDraft => tables.get(name)!;
  return { users: of("users"), sessions: of("sessions"), accounts: of("accounts"), verifications: of("verifications") };
}

function fieldsOf({ tables }: Lowering, { user = {} }: AuthManifest): AuthSettings["fields"] {
  const { columns } = tables.get("users")!;
  return new Map(
    Object.entries(user.fields ?? {}).flatMap(([name, written]) => {
      const column = columns.get(name);
      if (!column || column.computed) return [];
      return [[name, { column, input: typeof written !== "string" && written.input === true }]];
    }),
  );
}

/** The ways to sign in without another service. */
function waysOf(
  { report }: Lowering,
  { emailPassword, emailCode, magicLink }: AuthManifest,
  place: Place,
): Pick<AuthSettings, "emailPassword" | "emailCode" | "magicLink"> {
  const password = optionsOf(emailPassword);
  const { minLength = Math.min(8, password?.maxLength ?? 8), maxLength = Math.max(128, minLength) } = password ?? {};
  if (minLength > maxLength) report("auth/lengths", place.at("emailPassword").at("minLength"), [minLength, maxLength]);
  const code = optionsOf(emailCode);
  const link = optionsOf(magicLink);
  return {
    ...(password && { emailPassword: { minLength, maxLength, verify: password.verify ?? false } }),
    ...(code && { emailCode: { length: code.length ?? 6, minutes: code.minutes ?? 5 } }),
    ...(link && { magicLink: { minutes: link.minutes ?? 5 } }),
  };
}

/** A way to sign in that is `true` has no options of its own. */
function optionsOf<T extends object>(way: true | T | undefined): Partial<T> | undefined {
  return way === true ? {} : way;
}

function socialOf(
  { social = {} }: AuthManifest,
  place: Place,
  setting: (written: string, at: Place) => Setting[],
): AuthSettings["social"] {
  const settings = (service: string, written: { readonly [name: string]: string }) =>
    Object.entries(written).flatMap(([name, text]) =>
      setting(text, place.at(service).at(name)).map((lowered) => [name, lowered] as const),
    );
  return new Map(Object.entries(social).map(([service, written]) => [service, new Map(settings(service, written))]));
}

/** `./handlers/mail.ts#send`. */
function exported(written: string): { readonly module: string; readonly export: string } {
  const hash = written.lastIndexOf("#");
  return { module: written.slice(0, hash), export: written.slice(hash + 1) };
}
