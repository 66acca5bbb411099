/** `createdAt` as SQL says it: `created_at`. Digits stay with their letters: `address1`, `line2_text`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** The first letter made large: `projectId` as the end of another name. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** An operation or a table as the start of a type's name: `tasks/list` is `TasksList`. */
export function pascalCase(name: string): string {
  return name.split(/[/_]/).map(capitalized).join("");
}

/** The type of a table's rows. */
export const rowsTypeName = (table: string): string => `${pascalCase(table)}Row`;

/** The type of an operation's arguments. */
export const argumentsTypeName = (operation: string): string => `${pascalCase(operation)}Args`;

/** The type of what an operation answers. */
export const resultTypeName = (operation: string): string => `${pascalCase(operation)}Result`;

/** The type of one row of what an operation answers, where the answer holds several. */
export const resultRowTypeName = (operation: string): string => `${pascalCase(operation)}Row`;

/** The name of the junction table that is made for a many-to-many relation. */
export const junctionName = (table: string, relation: string): string => `${table}${capitalized(relation)}`;

/** How SQL texts of ours name things: in double quotes, always. */
export const quoted = (sqlName: string): string => `"${sqlName.replaceAll('"', '""')}"`;

/** How names start that appflare keeps for itself, and for tables and indexes SQLite and D1 too. */
export const reservedInSql = { column: /^_af_/i, table: /^(_af_|_cf_|sqlite_|d1_migrations)/i };

/** Codes of errors that every Worker may answer with. */
export const builtInErrors: ReadonlySet<string> = new Set([
  "invalid_arguments",
  "unauthorized",
  "forbidden",
  "not_found",
  "unknown_operation",
  "method_not_allowed",
  "unique_violation",
  "foreign_key_violation",
  "check_violation",
  "conflict",
  "too_large",
  "rate_limited",
  "internal",
]);

/** Arguments that a `page` has by itself. */
export const pageArguments: ReadonlySet<string> = new Set(["cursor", "size"]);

/** Words of conditions that no column or relation may be called. */
export const conditionWords: ReadonlySet<string> = new Set(["all", "any", "not", "near", "search"]);
