import { type ColumnManifest, type Json, type Manifest, mapEntries } from "./manifest.ts";

const open = ["id", "name", "image"];

/** What every user has. */
const builtIn: { readonly [name: string]: string | ColumnManifest } = {
  id: "string",
  name: "string",
  email: "string",
  emailVerified: { type: "boolean", default: false },
  image: "string?",
  role: "UserRole",
  createdAt: "timestamp",
  updatedAt: "timestamp",
  banned: { type: "boolean", default: false },
  banReason: "string?",
  banExpires: "timestamp?",
};

/**
 * A manifest with the table of users that sign-in makes: "rows of `users`: others may be selected as `id name image` unless
 * `auth.user.rules` says more".
 */
export function withUsers(manifest: Manifest): Manifest {
  if (!manifest.auth) return manifest;
  const { fields = {}, rules = {}, ...rest } = manifest.auth.user ?? {};
  const more = Object.values((rules.read ?? {}) as { readonly [name: string]: Json });
  const own = [{ id: "$user.id" }, ...more];
  const columns = mapEntries({ ...builtIn, ...fields } as { [name: string]: Json }, (written, name) => {
    if (open.includes(name)) return written;
    return { ...(typeof written === "string" ? { type: written } : written), read: own };
  });
  const written = Object.keys(fields).filter(
    (name) => fields[name].expr === undefined && fields[name].count === undefined,
  );
  const self = { when: { id: "$user.id" }, columns: ["name", "image", ...written] };
  const users = { ...rest, columns, rules: { update: { self }, ...rules, read: { everybody: {}, ...rules.read } } };
  return { ...manifest, tables: { users, ...manifest.tables } };
}

/** The other way: what of it an author writes. */
export function withoutUsers({ tables: { users, ...tables }, ...manifest }: Manifest): Manifest {
  if (!users) return { ...manifest, tables };
  const { columns, rules, ...rest } = users;
  const fields = Object.fromEntries(Object.entries(columns).filter(([name]) => !Object.hasOwn(builtIn, name)));
  const bare = mapEntries(fields as { [name: string]: Json }, ({ read: _, ...column }) => column);
  return { ...manifest, tables, auth: { ...manifest.auth, user: { ...manifest.auth.user, ...rest, fields: bare } } };
}
