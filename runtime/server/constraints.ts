import { builtIn, Refusal, staleVersion } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { Constraints } from "./plan.ts";

/**
 * What a guard aborts with: `_af:` and a guard's word; in a batch the step behind it, and the item's index. A trigger raises it, or it
 * stands in quotes as a path of JSON that is none: see `countGuard` of the planner.
 */
const GUARD = "_af:";

/** A guard's word: a built-in code, or that the row is there with another version. */
export interface Guard {
  readonly code: "not_found" | "conflict" | "stale";
  readonly step?: string;
  readonly item?: number;
}

/** The text between `start` and SQLite's own name of the error, which D1 appends; undefined where `start` does not occur. */
function subject(message: string, start: string): string | undefined {
  const at = message.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  const end = message.indexOf(": SQLITE_", from);
  return end < 0 ? message.slice(from) : message.slice(from, end);
}

/** The manifest's names of `table.column`; both parts may hold any letter, so known tables are tried and nothing is split. */
function columnOf(text: string, constraints: Constraints): { table: string; column: string } | undefined {
  for (const [sqlName, { name, columns }] of Object.entries(constraints.tables)) {
    if (!text.startsWith(`${sqlName}.`)) continue;
    const column = lookup(columns, text.slice(sqlName.length + 1));
    if (column !== undefined) return { table: name, column };
  }
  return undefined;
}

function uniqueKeyOf(
  text: string,
  constraints: Constraints,
): { table: string; columns: readonly string[] } | undefined {
  if (text.startsWith("index '") && text.endsWith("'")) {
    const sqlName = text.slice("index '".length, -1).replaceAll("''", "'");
    return lookup(constraints.uniqueIndexes, sqlName);
  }
  const found = text.split(", ").map((part) => columnOf(part, constraints));
  const [first] = found;
  if (!first || found.includes(undefined)) return undefined;
  return { table: first.table, columns: found.map((each) => each!.column) };
}

function uniqueViolation({ table, columns }: { table: string; columns: readonly string[] }): Refusal {
  const message = `Another row of ${table} has the same ${columns.join(", ")}.`;
  return new Refusal(409, "unique_violation", message, { details: { table, columns } });
}

/** A check of the manifest's goes by its name; one that the compiler made of a column is `<column>.<word>`. */
function checkMessage(table: string, check: string): string {
  const [column, word] = check.split(".");
  if (word === undefined) return `${table}: the check ${check} does not hold.`;
  const broken = word === "type" ? "does not fit its type" : `breaks its ${word}`;
  return `${table}.${column}: the value ${broken}.`;
}

function checkViolation(table: string, check: string, message = checkMessage(table, check)): Refusal {
  return new Refusal(400, "check_violation", message, { details: { table, check } });
}

/** The refusal for a broken foreign key; without `key` where none of the plan's probes found it. */
export function foreignKeyViolation(key?: { readonly table: string; readonly columns: readonly string[] }): Refusal {
  if (key === undefined)
    return new Refusal(409, "foreign_key_violation", "A row would refer to one that is not there.");
  const { table, columns } = key;
  const message = `${table}.${columns.join(", ")} would refer to a row that is not there.`;
  return new Refusal(409, "foreign_key_violation", message, { details: { table, columns } });
}

/** Whether the database refused because of a foreign key. SQLite does not say which. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && error.message.includes("FOREIGN KEY constraint failed");
}

/** What a guard stopped a batch with; undefined where none did. */
export function guardOf(error: unknown): Guard | undefined {
  if (!(error instanceof Error)) return undefined;
  const [code, step, item] = subject(error.message, GUARD)?.replace(/'$/, "").split(":") ?? [];
  if (code !== "not_found" && code !== "conflict" && code !== "stale") return undefined;
  return { code, ...(step && { step }), ...(item && { item: Number(item) }) };
}

/** What the caller is told of a guard's word. */
export function guardRefusal({ code }: Guard): Refusal {
  return code === "stale" ? staleVersion() : builtIn(code);
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
  if (guard) return guardRefusal(guard);

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
