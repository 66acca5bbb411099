/** The folder around the manifest: handlers, migrations, generated files. */
export const projectMessages = {
  "handler/missing-module": (path: string) => `There is no file "${path}" for this handler.`,
  "output/foreign-file": (path: string) =>
    `"${path}" was not written by appflare, so it is not overwritten. Move it away, or delete it.`,
  "migration/not-additive": (what: string) =>
    `${what} since the last migration. Migrations can add tables, columns and indexes, and no more yet.`,
  "migration/no-snapshot": (path: string) =>
    `There are migrations, and "${path}" that tells what they lead to is missing or unreadable.`,
} as const;
