import { lowerAssignments } from "./assignments.ts";
import type { Condition } from "./condition.ts";
import { writeScope } from "./context.ts";
import { lowerExpectation } from "./expectations.ts";
import type { Assignment, Selection } from "./operation.ts";
import { type BodyOf, lowerWhere, present, type Told } from "./options.ts";
import { lowerColumnList } from "./selection.ts";
import type { Column } from "./table.ts";

/** `insert`: one row. What has no default and may not be null must be given. */
export function lowerInsert(told: Told): BodyOf<"insert"> | undefined {
  const { table } = told;
  const assignments = lowerWritten("values", told);
  const returns = lowerReturns(told);
  if (!assignments || !returns) return;
  return nothingMissing(told, assignments, "insert") ? { kind: "insert", table, assignments, returns } : undefined;
}

/** Whether a new row has all that it needs. Says what is missing. */
export function nothingMissing(told: Told, assignments: readonly Assignment[], verb: "insert" | "upsert"): boolean {
  const { table, context } = told;
  if (table.primaryKey.length === 0) return false;
  const missing = [...table.columns.values()].filter((column) => isMissing(column, assignments));
  if (missing.length === 0) return true;
  const optional = missing.filter((column) => assignments.some((assignment) => assignment.column === column));
  const names = missing.map(({ name }) => name);
  const hint = optional.length > 0 ? "An argument that may be absent is not enough." : undefined;
  context.report("write/missing-column", partPlace(told, "values", verb), [names, table.name], { at: "key", hint });
  return false;
}

/** Whether an insert may leave a column without a value that it must have. */
function isMissing(column: Column, assignments: readonly Assignment[]): boolean {
  if (column.nullable || column.default !== undefined) return false;
  const value = assignments.find((assignment) => assignment.column === column)?.value;
  return value === undefined || (value.kind === "argument" && value.optional);
}

/** `update`: the rows that meet `where`, or `all: true`. */
export function lowerUpdate(told: Told): BodyOf<"update"> | undefined {
  const { table, options, context } = told;
  const assignments = lowerWritten("set", told);
  const meant = lowerMeant(told, "update");
  if (!assignments || !meant) return;
  if (assignments.length > 0) return { kind: "update", table, ...meant, assignments };
  if (options["set"] !== undefined && context.references === "none")
    return { kind: "update", table, ...meant, assignments };
  return context.report("write/nothing-set", partPlace(told, "set", "update"), [table.name], { at: "key" });
}

/** `delete`: the rows that meet `where`, or `all: true`. */
export function lowerDelete(told: Told): BodyOf<"delete"> | undefined {
  const meant = lowerMeant(told, "delete");
  return meant && { kind: "delete", table: told.table, ...meant };
}

/** Where something is missing in a part of the options: the part's key, or the verb's. */
function partPlace({ options, place }: Told, part: string, verb: string) {
  return place.at(options[part] === undefined ? verb : part);
}

/** What is written by `values` or `set`, and by `input`: no column twice. */
export function lowerWritten(
  key: "values" | "set",
  { table, options, place, context, input }: Told,
): readonly Assignment[] | undefined {
  const own = lowerAssignments(key, options[key], table, place.at(key), context);
  if (!own || !input) return;
  for (const { column, place: at } of own) {
    const other = input.find((assignment) => assignment.column === column);
    const related = other && [{ message: `"input" takes it from the caller.`, place: other.place }];
    if (related) context.report("write/twice", at, [column.name], { at: "key", related });
  }
  return [...input, ...own];
}

interface Meant {
  readonly where?: Condition;
  readonly expect?: BodyOf<"update">["expect"] & {};
  readonly single: boolean;
  readonly returns: Selection;
}

/** Which rows a write means, how many they must be, and what it returns of them. */
function lowerMeant(told: Told, verb: "update" | "delete"): Meant | undefined {
  const { table, options, place, context } = told;
  const where = lowerWhere(told, writeScope(context));
  const expect = lowerExpectation(options["expect"], place.at("expect"), context);
  const returns = lowerReturns(told);
  if (!where || !expect || !returns) return;
  const everything = where === "absent" || (where.kind === "all" && where.of.length === 0);
  const all = options["all"] === true;
  if (everything && !all) {
    return context.report("write/no-where", partPlace(told, "where", verb), [verb, table.name], {
      at: "key",
      hint: 'Say "all: true" where every row is meant.',
    });
  }
  if (!everything && all) return context.report("write/all-and-where", place.at("all"), [], { at: "key" });
  const single = expect !== "absent" && expect.minimum === 1 && expect.maximum === 1;
  return { ...present(everything ? "absent" : where), ...(expect !== "absent" && { expect }), single, returns };
}

export function lowerReturns({ table, options, place, context }: Told): Selection | undefined {
  const columns = lowerColumnList(options["returns"], table, place.at("returns"), context);
  return columns && { table, columns, with: [] };
}
