import type { Assignment } from "./assignment.ts";
import { lowerAssignments } from "./assignments.ts";
import type { Operand } from "./condition.ts";
import { isOpen } from "./guarded.ts";
import type { UniqueKey } from "./operation.ts";
import type { BodyOf, Told } from "./options.ts";
import { lowerColumnNames } from "./selection.ts";
import type { Column, Table } from "./table.ts";
import { withTenant } from "./tenants.ts";
import { sameColumns } from "./uniqueKeys.ts";
import { tenantColumns } from "./uniqueWhere.ts";
import { lowerReturns, lowerWritten, nothingMissing } from "./writes.ts";

/** `upsert`: a row as an insert writes it, or the row with the same `conflict` columns, changed. */
export function lowerUpsert(told: Told): BodyOf<"upsert"> | undefined {
  const { table, options, place, context } = told;
  const written = lowerWritten("values", told);
  const assignments = written && withTenant(written, [], table, place, context);
  const set = lowerAssignments("set", options["set"], table, place.at("set"), context);
  const returns = lowerReturns(told);
  const conflict = lowerConflict(told);
  if (!assignments || !set || !returns || !conflict) return;
  if (!nothingMissing(told, assignments, "upsert") || !isGiven(told, conflict, assignments)) return;
  if (saysItem(set, told)) return;
  const changed = options["set"] === undefined ? {} : { set };
  return { kind: "upsert", table, conflict, assignments, ...changed, returns };
}

/** Whether a change speaks of the row of a table that it is done for, which SQLite knows of in a new row only. Says so. */
function saysItem(set: readonly Assignment[], { context }: Told): boolean {
  if (context.item?.kind !== "row") return false;
  const found = set.find(({ value }) => isOfItem("by" in value ? value.by : value));
  if (found)
    context.report("write/item-in-set", found.place, [], { hint: 'Without a "set" it is changed to "values".' });
  return found !== undefined;
}

function isOfItem(operand: Operand): boolean {
  if (operand.kind === "property") return isOfItem(operand.below);
  if (operand.kind === "expression") return operand.sql.some((part) => typeof part !== "string" && isOfItem(part));
  return operand.kind === "item";
}

function lowerConflict({ table, options, place, context }: Told): UniqueKey | undefined {
  const at = place.at("conflict");
  if (options["conflict"] === undefined)
    return context.report("operation/option", at, ["nothing", "a list of columns"]);
  const columns = lowerColumnNames(options["conflict"], table, at, context);
  if (!columns) return;
  // which row is met would tell what it has there
  if (columns.some((column, index) => !isOpen(column, "looked up by", at.at(index), context))) return;
  const found = keyOver([...columns, ...tenantColumns(table, context.caller)], table) ?? keyOver(columns, table);
  if (found) return found;
  const keys = keysOf(table).map((key) => `[${key.columns.map(({ name }) => name).join(", ")}]`);
  const names = columns.map(({ name }) => name);
  return context.report("write/conflict", at, [names, table.name], {
    hint: keys.length === 0 ? undefined : `Unique are ${keys.join(", ")}.`,
  });
}

/** A key over all rows before one over some of them. */
function keyOver(columns: readonly Column[], table: Table): UniqueKey | undefined {
  return keysOf(table).find((key) => sameColumns(key.columns, columns));
}

function keysOf({ uniqueKeys, indexes }: Table): readonly UniqueKey[] {
  const partial = indexes.flatMap(({ unique, where, parts }): UniqueKey[] => {
    const columns = parts.flatMap(({ on }) => ("sql" in on ? [] : [on]));
    return unique && where && columns.length === parts.length ? [{ columns, where }] : [];
  });
  return [...uniqueKeys.map((columns) => ({ columns })), ...partial];
}

/** What is made afresh for each row, or left to a default, would meet no row, or always the same one. */
function isGiven(told: Told, { columns }: UniqueKey, assignments: readonly Assignment[]): boolean {
  const missing = columns.filter((column) => !assignments.some((assignment) => assignment.column === column));
  if (missing.length === 0) return true;
  const names = missing.map(({ name }) => name);
  told.context.report("write/conflict-not-given", told.place.at("conflict"), [names]);
  return false;
}
