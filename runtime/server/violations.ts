import { Refusal } from "./errors.ts";

/*
 * What a caller is told of a row that the database would not take, in the manifest's names. A guard that refuses for such a reason says the
 * same, so that nobody can tell what was found: that a row is not there, or that it may not be read.
 */

/** A set of columns that must be unique, or that refers to another row. */
export interface KeyColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

/** 409: another row has the same values. */
export function uniqueViolation({ table, columns }: KeyColumns): Refusal {
  const message = `Another row of ${table} has the same ${columns.join(", ")}.`;
  return new Refusal(409, "unique_violation", message, { details: { table, columns } });
}

/** 409: a broken foreign key; without `key` where none of the plan's probes found it. */
export function foreignKeyViolation(key?: KeyColumns): Refusal {
  if (key === undefined)
    return new Refusal(409, "foreign_key_violation", "A row would refer to one that is not there.");
  const { table, columns } = key;
  const message = `${table}.${columns.join(", ")} would refer to a row that is not there.`;
  return new Refusal(409, "foreign_key_violation", message, { details: { table, columns } });
}

/** 400. A check of the manifest's goes by its name; one that the compiler made of a column is `<column>.<word>`. */
export function checkViolation(table: string, check: string, message: string = checkMessage(table, check)): Refusal {
  return new Refusal(400, "check_violation", message, { details: { table, check } });
}

function checkMessage(table: string, check: string): string {
  const [column, word] = check.split(".");
  if (word === undefined) return `${table}: the check ${check} does not hold.`;
  const broken = word === "type" ? "does not fit its type" : `breaks its ${word}`;
  return `${table}.${column}: the value ${broken}.`;
}
