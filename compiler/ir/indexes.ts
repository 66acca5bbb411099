import type { IndexManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerCondition } from "./conditions.ts";
import { type BodyContext, literalScope } from "./context.ts";
import type { Lowering, TableDraft, Unfinished } from "./draft.ts";
import { holdsLiteralsOnly } from "./literalConditions.ts";
import { isStored, lowerSql } from "./sqlExpressions.ts";
import { sqlNameOf } from "./sqlNames.ts";
import type { Column, Index, IndexPart } from "./table.ts";
import { withinTenant } from "./uniqueKeys.ts";
import { unknownColumn } from "./unknown.ts";

/** Gives every table its indexes: those that columns and relations ask for, then the listed ones. */
export function lowerIndexes(lowering: Lowering, context: BodyContext): void {
  for (const unfinished of lowering.unfinished.values()) {
    const { table, manifest } = unfinished;
    table.indexes.push(...columnIndexes(unfinished), ...relationIndexes(unfinished));
    for (const [index, written] of (manifest.indexes ?? []).entries()) {
      const lowered = lowerIndex(lowering, table, written, table.place.at("indexes").at(index), context);
      if (lowered) table.indexes.push(lowered);
    }
    nameApart(table);
  }
}

/** `index: true` of a column or of a relation's own column, and `unique: true` where that holds within a tenant. */
function columnIndexes({ table, sources }: Unfinished): readonly Index[] {
  return [...table.columns.values()].flatMap((column) => {
    const { manifest, place } = sources.get(column.name)!;
    if (typeof manifest === "string") return [];
    const isShared = manifest.unique && !column.unique;
    return [
      ...(manifest.index ? [plainIndex(table, [column], false, place)] : []),
      ...(isShared ? [plainIndex(table, withinTenant([column], table), true, place)] : []),
    ];
  });
}

/** `index: true` and `unique: true` of a relation over declared columns; a single unique column is one by itself. */
function relationIndexes({ table, manifest }: Unfinished): readonly Index[] {
  return [...table.relations.values()].flatMap((relation) => {
    const written = manifest.relations?.[relation.name];
    if (relation.kind !== "one" || !written?.columns || !(written.index || written.unique)) return [];
    const columns = written.unique ? withinTenant(relation.columns, table) : relation.columns;
    return [plainIndex(table, columns, written.unique ?? false, relation.place)];
  });
}

function plainIndex(table: TableDraft, columns: readonly Column[], unique: boolean, place: Place): Index {
  const parts = columns.map((on) => ({ on, descending: false }));
  return { sqlName: nameOf(table, parts, unique), parts, unique, place };
}

function lowerIndex(
  lowering: Lowering,
  table: TableDraft,
  written: IndexManifest,
  place: Place,
  context: BodyContext,
): Index | undefined {
  const long = "length" in written ? { columns: written } : written;
  const columnsAt = "length" in written ? place : place.at("columns");
  const columns = (long.columns ?? []).map((name, index) => columnPart(lowering, table, name, columnsAt.at(index)));
  const expressions = [long.expr ?? []].flat().map((sql, index) => {
    const at = typeof long.expr === "string" ? place.at("expr") : place.at("expr").at(index);
    const lowered = lowerSql(sql, table, at, lowering.report, lowering.failed);
    return lowered === undefined ? undefined : { on: { sql: lowered }, descending: false };
  });
  const where =
    long.where === undefined ? "absent" : lowerCondition(long.where, table, place.at("where"), literalScope, context);
  const unique = long.unique ?? false;
  const parts = [...(unique ? tenantPart(columns, table) : []), ...columns, ...expressions];
  if (parts.includes(undefined) || !where) return;
  if (where !== "absent" && !holdsLiteralsOnly(where))
    return lowering.report("index/not-literal", place.at("where"), []);
  const known = parts as IndexPart[];
  const sqlName =
    long.sqlName === undefined ? nameOf(table, known, unique) : sqlNameOf(lowering, "table", "", long.sqlName, place);
  return { sqlName, parts: known, unique, ...(where !== "absent" && { where }), place };
}

/** A unique index of a tenant's table begins with the column that says whose a row is. */
function tenantPart(columns: readonly (IndexPart | undefined)[], { tenant }: TableDraft): readonly IndexPart[] {
  return tenant && columns.every((part) => part?.on !== tenant.column)
    ? [{ on: tenant.column, descending: false }]
    : [];
}

function columnPart(
  { report, failed }: Lowering,
  table: TableDraft,
  written: string,
  place: Place,
): IndexPart | undefined {
  const name = written.replace(/^-/, "");
  const column = table.columns.get(name);
  if (column && !isStored(column)) return report("sql/computed", place, [name]);
  if (column) return { on: column, descending: written.startsWith("-") };
  if (failed.has(`${table.name}.${name}`)) return;
  return unknownColumn(report, table.name, name, table.columns.keys(), place, {
    written: (known) => written.replace(name, known),
  });
}

/** `tasks_status_created_at_index`, `_unique` for a unique one. */
function nameOf(table: TableDraft, parts: readonly IndexPart[], unique: boolean): string {
  const names = parts.map(({ on }) => ("sql" in on ? "expr" : on.sqlName));
  return [table.sqlName, ...names, unique ? "unique" : "index"].join("_");
}

/** Indexes over the same columns (partial ones, expressions) are counted, in manifest order. */
function nameApart(table: TableDraft): void {
  const seen = new Map<string, number>();
  for (const [index, { sqlName, place }] of table.indexes.entries()) {
    const count = (seen.get(sqlName) ?? 0) + 1;
    seen.set(sqlName, count);
    if (count > 1) table.indexes[index] = { ...table.indexes[index]!, sqlName: `${sqlName}_${count}`, place };
  }
}
