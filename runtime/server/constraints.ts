import type { Refusal } from "./errors.ts";
import { guardOf, guardRefusal } from "./guard.ts";
import { lookup } from "./lookup.ts";
import type { Constraints } from "./plan.ts";
import { subject } from "./subject.ts";
import { checkViolation, foreignKeyViolation, type KeyColumns, uniqueViolation } from "./violations.ts";

/** The manifest's names of `table.column`; both parts may hold any letter, so known tables are tried and nothing is split. */
function columnOf(text: string, constraints: Constraints): { table: string; column: string } | undefined {
  for (const [sqlName, { name, columns }] of Object.entries(constraints.tables)) {
    if (!text.startsWith(`${sqlName}.`)) continue;
    const column = lookup(columns, text.slice(sqlName.length + 1));
    if (column !== undefined) return { table: name, column };
  }
  return undefined;
}

function uniqueKeyOf(text: string, constraints: Constraints): KeyColumns | undefined {
  if (text.startsWith("index '") && text.endsWith("'")) {
    const sqlName = text.slice("index '".length, -1).replaceAll("''", "'");
    return lookup(constraints.uniqueIndexes, sqlName);
  }
  const found = text.split(", ").map((part) => columnOf(part, constraints));
  const [first] = found;
  if (!first || found.includes(undefined)) return undefined;
  return { table: first.table, columns: found.map((each) => each!.column) };
}

/** Whether the database refused because of a foreign key. SQLite does not say which. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && error.message.includes("FOREIGN KEY constraint failed");
}

/**
 * What a database's error is to the caller, in the manifest's names: a guard's word, or the violated constraint.
 *
 * @returns undefined where the error is neither, or concerns names that the manifest does not have
 */
export function toRefusal(error: unknown, constraints: Constraints): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  const guard = guardOf(error);
  if (guard) return guardRefusal(guard, constraints);

  const unique = subject(message, "UNIQUE constraint failed: ");
  if (unique !== undefined) {
    const key = uniqueKeyOf(unique, constraints);
    return key && uniqueViolation(key);
  }
  const check = subject(message, "CHECK constraint failed: ");
  if (check !== undefined) {
    const found = lookup(constraints.checks, check);
    return found && checkViolation(found.table, found.check);
  }
  const notNull = subject(message, "NOT NULL constraint failed: ");
  if (notNull !== undefined) {
    const found = columnOf(notNull, constraints);
    return found && checkViolation(found.table, found.column, `${found.table}.${found.column} must have a value.`);
  }
  return isForeignKeyViolation(error) ? foreignKeyViolation() : undefined;
}
