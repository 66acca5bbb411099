import type { Assignment } from "./assignment.ts";
import { lowerAssignments } from "./assignments.ts";
import type { Condition } from "./condition.ts";
import { show } from "./constants.ts";
import { writeScope } from "./context.ts";
import { lowerExpectation } from "./expectations.ts";
import { lowerLinkChanges, splitRelations, steadyKey } from "./linkChanges.ts";
import { missesColumns } from "./missingColumns.ts";
import type { LinkChange } from "./nestedWrite.ts";
import { filledBy, lowerNestedWrites, writtenTwice } from "./nestedWrites.ts";
import type { Selection } from "./operation.ts";
import { type BodyOf, lowerWhere, present, type Told } from "./options.ts";
import { lowerColumnList } from "./selection.ts";
import type { Column } from "./table.ts";
import { tenantOf, withTenant } from "./tenants.ts";

/** `insert`: one row. What has no default and may not be null must be given. */
export function lowerInsert(told: Told): BodyOf<"insert"> | undefined {
  const { table, options, place, context } = told;
  const takes = (name: string) => context.references === "manifest" && table.relations.has(name);
  const { columns, relations } = splitRelations(options["values"], table, takes);
  const assignments = lowerWritten("values", { ...told, options: { ...options, values: columns } });
  const nested = lowerNestedWrites(relations, table, place.at("values"), context);
  const returns = lowerReturns(told);
  if (!assignments || !nested || !returns) return;
  if (nested.length > 0 && isOverRows(told, "values")) return;
  const filled = filledBy(nested);
  const all = withTenant(assignments, filled, table, place, context);
  if (writtenTwice(all, filled, context) || !nothingMissing(told, all, "insert", filled)) return;
  return { kind: "insert", table, assignments: all, ...(nested.length > 0 && { nested }), returns };
}

/** Whether a new row has all that it needs. Says what is missing. */
export function nothingMissing(
  told: Told,
  assignments: readonly Assignment[],
  verb: "insert" | "upsert",
  filled: readonly Column[] = [],
): boolean {
  if (told.table.primaryKey.length === 0) return false;
  return !missesColumns(told.table, assignments, filled, partPlace(told, "values", verb), told.context);
}

/** `update`: the rows that meet `where`, or `all: true`. */
export function lowerUpdate(told: Told): BodyOf<"update"> | undefined {
  const { table, options, place, context } = told;
  const takes = (name: string) => context.references === "manifest" && table.relations.get(name)?.kind === "manyToMany";
  const { columns, relations } = splitRelations(options["set"], table, takes);
  const assignments = lowerWritten("set", { ...told, options: { ...options, set: columns } });
  const links = lowerLinkChanges(relations, table, place.at("set"), context);
  const meant = lowerMeant(told, "update");
  if (!assignments || !links || !meant) return;
  if (links.length > 0) {
    if (isOverRows(told, "set")) return;
    const tenant = context.caller && tenantOf(table, context.caller);
    if (meant.single && steadyKey(meant.where, assignments, table, tenant))
      return { kind: "update", table, ...meant, assignments, links };
    const [{ relation }] = links as [LinkChange];
    return context.report("write/links-of-one", place.at("set").at(relation.name), [relation.name], { at: "key" });
  }
  if (assignments.length > 0) return { kind: "update", table, ...meant, assignments };
  if (options["set"] !== undefined && context.references === "none")
    return { kind: "update", table, ...meant, assignments };
  return context.report("write/nothing-set", partPlace(told, "set", "update"), [table.name], { at: "key" });
}

/** Whether a write goes through rows of a table in one statement, which writes nothing beside. Says so. */
function isOverRows({ place, context }: Told, part: "values" | "set"): boolean {
  if (context.item?.kind !== "row") return false;
  context.report("write/over-rows", place.at(part), [], { at: "key" });
  return true;
}

/** `delete`: the rows that meet `where`, or `all: true`. */
export function lowerDelete(told: Told): BodyOf<"delete"> | undefined {
  const meant = lowerMeant(told, "delete");
  const cascades = told.options["cascades"];
  if (cascades !== undefined && !isListOfNames(cascades))
    return told.context.report("operation/option", told.place.at("cascades"), [show(cascades), "a list of tables"]);
  return meant && { kind: "delete", table: told.table, ...(cascades && { cascades }), ...meant };
}

const isListOfNames = (written: unknown): written is readonly string[] =>
  Array.isArray(written) && written.every((name) => typeof name === "string");

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
