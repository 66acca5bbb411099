import type { Place } from "../manifest/place.ts";
import type { ColumnDraft, Lowering, TableDraft, Unfinished } from "./draft.ts";
import type { RelationUse } from "./inverses.ts";
import { capitalized, junctionName } from "./names.ts";
import type { ManyToManyRelation, OneRelation } from "./table.ts";

/*
 * What things were called before. It is not asked whether a former name was ever there: that is known when a migration is written,
 * and `renamedFrom` may stay behind when it is done.
 */

/** Something that may say `renamedFrom`. */
interface Entry {
  readonly name: string;
  readonly former: string | undefined;
  readonly place: Place;
}

/** Names that the column of a relation may have had when the relation had another one. */
export function formerColumns(relation: string | undefined): { readonly renamedFrom?: readonly string[] } {
  return relation === undefined ? {} : { renamedFrom: [`${relation}Id`, relation] };
}

/** Says which former names something still has, which are claimed twice, and which relations have no column to rename. */
export function checkFormerNames({ manifest, unfinished, report }: Lowering): void {
  const tables = [...manifest.tables].map(([name, { value, place }]) => ({ name, former: value.renamedFrom, place }));
  checkAmong(tables, report);
  for (const table of unfinished.values()) {
    checkAmong([...columnEntries(table), ...relationEntries(table)], report);
    for (const { name, place } of relationEntries(table)) {
      const { columns, renamedFrom, backfill } = table.manifest.relations![name]!;
      const useless = Object.entries({ renamedFrom, backfill }).filter(([, written]) => written !== undefined);
      for (const [key] of columns ? useless : [])
        report("relation/no-own-column", place.at(key), [key, name], { at: "key" });
    }
  }
}

function columnEntries({ table, manifest }: Unfinished): readonly Entry[] {
  return Object.entries(manifest.columns ?? {}).map(([name, column]) => {
    const former = typeof column === "string" ? undefined : column.renamedFrom;
    return { name, former, place: table.place.at("columns").at(name) };
  });
}

function relationEntries({ table, manifest }: Unfinished): readonly Entry[] {
  return Object.entries(manifest.relations ?? {}).map(([name, relation]) => {
    return { name, former: relation.renamedFrom, place: table.place.at("relations").at(name) };
  });
}

function checkAmong(entries: readonly Entry[], report: Lowering["report"]): void {
  const claimed = new Map<string, Place>();
  for (const { name, former, place } of entries) {
    if (former === undefined) continue;
    const at = place.at("renamedFrom");
    const still = entries.find((entry) => entry.name === former)?.place;
    const other = claimed.get(former);
    if (still) {
      const related = [{ message: `"${former}" stands here.`, place: still }];
      report("rename/still-there", at, [former, name], { related });
    } else if (other) {
      report("rename/twice", at, [former], { related: [{ message: "It is claimed here first.", place: other }] });
    } else claimed.set(former, place);
  }
}

/**
 * Tells a junction and its columns what they may have been called: before the table or the relation got another name, and before
 * `through` named a table for links that were kept in one made by the compiler.
 */
export function nameFormerJunction(
  { unfinished }: Lowering,
  { table, name, manifest }: RelationUse,
  { junction, near, far }: Pick<ManyToManyRelation, "junction" | "near" | "far">,
): void {
  const tables = [table.name, unfinished.get(table.name)?.manifest.renamedFrom ?? table.name];
  const relations = [name, manifest.renamedFrom ?? name];
  const made = tables.flatMap((one) => relations.map((two) => junctionName(one, two)));
  addFormer(junction as TableDraft, made);
  addFormerColumns(near, tables);
  addFormerColumns(far, [...relations, ...relations.map((relation) => `other${capitalized(relation)}`)]);
}

function addFormerColumns({ columns, references }: OneRelation, sides: readonly string[]): void {
  for (const [index, column] of columns.entries()) {
    const end = columns.length === 1 ? "Id" : capitalized(references[index]!.name);
    addFormer(
      column as ColumnDraft,
      sides.map((side) => side + end),
    );
  }
}

function addFormer(of: TableDraft | ColumnDraft, names: readonly string[]): void {
  const all = new Set([...(of.renamedFrom ?? []), ...names]);
  all.delete(of.name);
  if (all.size > 0) of.renamedFrom = [...all];
}
