import type { Place } from "../manifest/place.ts";
import { comparable } from "./assignable.ts";
import type { Lowering, Unfinished } from "./draft.ts";
import type { RelationUse } from "./inverses.ts";
import type { Column, ForeignKeyAction, OneRelation } from "./table.ts";
import { described } from "./texts.ts";
import { typeText } from "./typeText.ts";
import { sameColumns } from "./uniqueKeys.ts";
import { unknownColumn, unknownTable } from "./unknown.ts";

/** `one`: over the column that it adds, or over declared columns. */
export function lowerOne(lowering: Lowering, use: RelationUse): OneRelation | undefined {
  const { table, name, manifest, place } = use;
  const target = lowering.unfinished.get(manifest.one!);
  if (!target) return manifest.columns && unknownTable(lowering, manifest.one!, place.at("one"));
  const from = lowering.unfinished.get(table.name)!;
  const columns = manifest.columns
    ? columnsNamed(lowering, from, manifest.columns, place.at("columns"))
    : columnsNamed(lowering, from, [manifest.column ?? `${name}Id`], place);
  const references = manifest.references
    ? columnsNamed(lowering, target, manifest.references, place.at("references"))
    : target.table.primaryKey;
  if (!columns || !references || references.length === 0) return;
  const optional = columns.some((column) => column.nullable);
  const actions = { onDelete: manifest.onDelete ?? "restrict", onUpdate: manifest.onUpdate ?? "restrict" } as const;
  const relation: OneRelation = {
    kind: "one",
    name,
    from: table,
    to: target.table,
    columns,
    references,
    optional,
    ...actions,
    ...(manifest.scan !== undefined && { scan: manifest.scan }),
    ...described(use.manifest, use.place, lowering),
    place,
  };
  return fits(lowering, use, relation) ? relation : undefined;
}

/** Columns by name. Silent about those that failed, and about an added column that another declaration took. */
function columnsNamed(
  lowering: Lowering,
  { table, sources }: Unfinished,
  names: readonly string[],
  place: Place,
): readonly Column[] | undefined {
  const columns = names.map((name, index) => {
    if (!sources.has(name)) unknownColumn(lowering.report, table.name, name, sources.keys(), place.at(index));
    return table.columns.get(name);
  });
  return columns.includes(undefined) ? undefined : (columns as Column[]);
}

function fits(
  { report }: Lowering,
  { name, manifest, place }: RelationUse,
  { from, to, columns, references, optional, ...relation }: OneRelation,
): boolean {
  if (columns.length !== references.length) {
    report("relation/column-count", place.at(manifest.columns ? "columns" : "references"), [
      columns.length,
      to.name,
      references.length,
    ]);
    return false;
  }
  for (const [index, column] of columns.entries()) {
    const other = references[index]!;
    const computed = column.computed ? "columns" : other.computed ? "references" : undefined;
    if (computed) {
      report("relation/computed", place.at(computed).at(index), [(column.computed ? column : other).name]);
      return false;
    }
    if (comparable(column.type, other.type)) continue;
    const types = [typeText(column.type), typeText(other.type)] as const;
    report("relation/column-type", place.at("columns").at(index), [
      column.name,
      types[0],
      `${to.name}.${other.name}`,
      types[1],
    ]);
    return false;
  }
  if (!to.uniqueKeys.some((key) => sameColumns(key, references))) {
    const at = manifest.references ? place.at("references") : place.at("one");
    report("relation/not-unique", at, [to.name, references.map((column) => column.name)]);
    return false;
  }
  if (manifest.columns && manifest.optional && !optional)
    report("relation/optional-columns", place.at("optional"), [name]);
  if (to === from && !optional) {
    const hint = manifest.columns ? "Let its columns be null." : 'Say "optional: true".';
    report("relation/self-required", place, [name, from.name], { at: "key", hint });
  }
  for (const action of ["onDelete", "onUpdate"] as const)
    checkSetNull(report, action, relation[action], columns, place);
  return true;
}

function checkSetNull(
  report: Lowering["report"],
  key: "onDelete" | "onUpdate",
  action: ForeignKeyAction,
  columns: readonly Column[],
  place: Place,
): void {
  const never = columns.find((column) => !column.nullable);
  if (action !== "set null" || !never) return;
  const hint = never.madeBy === undefined ? `Write its type with "?".` : 'Say "optional: true".';
  report("relation/set-null", place.at(key), [never.name], { hint });
}
