/** The folder around the manifest: handlers, migrations, generated files. */
export const projectMessages = {
  "handler/missing-module": (path: string) => `There is no file "${path}" for this handler.`,
  "output/foreign-file": (path: string) =>
    `"${path}" was not written by appflare, so it is not overwritten. Move it away, or delete it.`,
  "migration/not-additive": (what: string) =>
    `${what}. That is more than a migration can do yet: they add tables, columns and indexes.`,
  "migration/no-snapshot": (path: string) =>
    `There are migrations, and "${path}" that tells what they lead to is missing or unreadable.`,
  "seed/rows": (table: string) => `The rows of "${table}" are a list of maps, from column to value.`,
  "seed/no-key": (table: string, column: string) =>
    `A row of "${table}" needs its key, "${column}": seeding twice would make a second row.`,
  "seed/no-value": (table: string, column: string) =>
    `A row of "${table}" needs a value for "${column}", which has no default and is not nullable.`,
} as const;
