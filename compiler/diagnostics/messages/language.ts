/** What a well-shaped manifest means: names, types, references, operations. */
export const languageMessages = {
  "reference/unknown-table": (name: string) => `There is no table "${name}".`,
  "reference/unknown-column": (table: string, name: string) => `Table "${table}" has no column "${name}".`,
} as const;
