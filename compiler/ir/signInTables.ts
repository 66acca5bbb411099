import type { AuthManifest, ColumnManifest, RelationManifest, TableManifest } from "../manifest/manifest.ts";

/*
 * The tables that better-auth reads and writes, as an author would have declared them: names and columns are those of its Drizzle adapter
 * with its plugins for administrators, one-time codes, magic links and bearer tokens.
 */

type Columns = { readonly [name: string]: ColumnManifest | string };

const key: ColumnManifest = { type: "string", generate: "nanoid" };
const times: Columns = {
  createdAt: { type: "timestamp", default: "now" },
  updatedAt: { type: "timestamp", default: "now", onUpdate: "now" },
};
const hidden = (type: string): ColumnManifest => ({ type, secret: true });
const ofUser: { readonly [name: string]: RelationManifest } = {
  user: { one: "users", onDelete: "cascade", index: true },
};
const own = { own: { userId: "$user.id" } };

const userColumns = (roles: readonly string[]): Columns => ({
  id: key,
  name: "string",
  email: { type: "string", unique: true },
  emailVerified: { type: "boolean", default: false },
  image: "string?",
  role: { type: "UserRole", default: roles[0]! },
  ...times,
  banned: { type: "boolean", default: false },
  banReason: "string?",
  banExpires: "timestamp?",
});

/** What every user has, whatever the manifest says besides. */
export const USER_COLUMNS: ReadonlySet<string> = new Set(Object.keys(userColumns([""])));

/** What anybody may read of anybody. */
export const OPEN_USER_COLUMNS: ReadonlySet<string> = new Set(["id", "name", "image"]);

/** What an operation may write of a user that every user has. */
export const WRITABLE_USER_COLUMNS: ReadonlySet<string> = new Set(["name", "image"]);

/** What of a user `$user` has, beside the fields. */
export const CALLER_COLUMNS: readonly string[] = ["id", "name", "email", "emailVerified", "image", "role", "createdAt"];

/** What of a session `$session` has. */
export const SESSION_COLUMNS: readonly string[] = ["id", "createdAt", "expiresAt"];

/** The rule by which everybody sees of every user what is open. */
export const EVERYBODY = "everybody";

/** The names of the tables of sign-in. */
export const SIGN_IN_TABLES: ReadonlySet<string> = new Set(["users", "sessions", "accounts", "verifications"]);

/** The tables of sign-in, by name. */
export function signInTables(
  { user = {} }: AuthManifest,
  roles: readonly string[],
): { readonly [name: string]: TableManifest } {
  return {
    users: usersTable(user, roles),
    sessions: {
      columns: {
        id: key,
        token: { type: "string", unique: true, secret: true },
        expiresAt: "timestamp",
        ipAddress: "string?",
        userAgent: "string?",
        impersonatedBy: "string?",
        ...times,
      },
      relations: ofUser,
      rules: { read: own, delete: own },
    },
    accounts: {
      columns: {
        id: key,
        accountId: "string",
        providerId: "string",
        accessToken: hidden("string?"),
        refreshToken: hidden("string?"),
        idToken: hidden("string?"),
        accessTokenExpiresAt: "timestamp?",
        refreshTokenExpiresAt: "timestamp?",
        scope: "string?",
        password: hidden("string?"),
        ...times,
      },
      relations: ofUser,
      rules: { read: own },
    },
    verifications: {
      columns: {
        id: key,
        identifier: { type: "string", index: true },
        value: hidden("string"),
        expiresAt: "timestamp",
        ...times,
      },
      rules: {},
    },
  };
}

function usersTable(
  { fields = {}, rules = {}, ...rest }: AuthManifest["user"] & {},
  roles: readonly string[],
): TableManifest {
  const own = Object.entries(fields).flatMap(([name, field]) =>
    USER_COLUMNS.has(name) ? [] : [[name, withoutInput(field)] as const],
  );
  const written = own.filter(([, field]) => isWritten(field)).map(([name]) => name);
  return {
    ...rest,
    columnsAt: "fields",
    columns: { ...userColumns(roles), ...Object.fromEntries(own) },
    rules: {
      update: { self: { when: { id: "$user.id" }, columns: ["name", "image", ...written] } },
      ...rules,
      read: { [EVERYBODY]: {}, ...rules.read },
    },
  };
}

const isWritten = (field: ColumnManifest | string): boolean =>
  typeof field === "string" || (field.expr === undefined && field.count === undefined && !field.version);

function withoutInput(field: ColumnManifest | string): ColumnManifest | string {
  if (typeof field === "string") return field;
  const { input: _, ...column } = field;
  return column;
}
