const inRows = (rows: number | undefined): string =>
  rows === undefined ? "" : ` (${rows} ${rows === 1 ? "row" : "rows"})`;

/** The folder around the manifest: handlers, migrations, generated files. */
export const projectMessages = {
  "handler/missing-module": (path: string) => `There is no file "${path}" for this handler.`,
  "output/foreign-file": (path: string) =>
    `"${path}" was not written by appflare, so it is not overwritten. Move it away, or delete it.`,
  "migration/behind": (changes: readonly string[]) =>
    `The migrations do not lead here yet (${changes.slice(0, 3).join(", ")}${changes.length > 3 ? ", …" : ""}): \`appflare migrate\` writes the next one.`,
  "migration/no-snapshot": (path: string) =>
    `There are migrations, and "${path}" that tells what they lead to is missing or of another version.`,
  "migration/loss": (what: string, rows: number | undefined) =>
    `${what}${inRows(rows)}. Only --allow-destructive does that.`,
  "migration/unfit": (what: string, rows: number | undefined) =>
    `${what}${inRows(rows)}. Change these rows first, or give the column a "backfill".`,
  "migration/lack": (what: string, rows: number | undefined) =>
    `${what}${inRows(rows)}. Give it a "default" or a "backfill", or let it be null.`,
  "migration/wrong": (what: string) => `${what}.`,
  "seed/rows": (table: string) => `The rows of "${table}" are a list of maps, from column to value.`,
  "seed/no-key": (table: string, column: string) =>
    `A row of "${table}" needs its key, "${column}": seeding twice would make a second row.`,
  "seed/no-value": (table: string, column: string) =>
    `A row of "${table}" needs a value for "${column}", which has no default and is not nullable.`,
  "test/unknown-operation": (name: string) => `There is no operation "${name}".`,
  "test/unknown-user": (name: string) => `There is no user "${name}": \`users\` says who is there.`,
  "test/nobody": () => `"nobody" is who calls without signing in; a user has another name.`,
  "test/no-auth": () => "Nobody signs in: the manifest has no `auth` section.",
  "test/expectation": (found: string) =>
    `A call says what comes of it by one of "expect" and "error"; here are ${found}.`,
} as const;
