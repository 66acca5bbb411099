import type { Declared, TableManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { type ColumnSource, type Lowering, tableDraft } from "./draft.ts";
import { conditionWords } from "./names.ts";
import { declareRules } from "./rules.ts";
import { sqlNameOf } from "./sqlNames.ts";
import { described } from "./texts.ts";

/** Makes an empty draft of every declared table, with what will make its columns, so that tables can speak of one another. */
export function declareTables(lowering: Lowering): void {
  for (const [name, declared] of lowering.manifest.tables) declareTable(lowering, name, declared);
}

function declareTable(lowering: Lowering, name: string, { value, place }: Declared<TableManifest>): void {
  const table = tableDraft(name, sqlNameOf(lowering, "table", name, value.sqlName, place), place);
  Object.assign(table, described(value, place, lowering));
  if (value.renamedFrom !== undefined) table.renamedFrom = [value.renamedFrom];
  if (value.rules) table.rules = declareRules(value.rules, place.at("rules"));
  lowering.tables.set(name, table);
  lowering.unfinished.set(name, {
    table,
    manifest: value,
    sources: columnSources(lowering, value, place),
    lowered: new Map(),
  });
}

/** What makes each column: declarations first, then the `one` relations that add one. Says which names are taken. */
function columnSources(lowering: Lowering, manifest: TableManifest, place: Place): ReadonlyMap<string, ColumnSource> {
  const sources = new Map<string, ColumnSource>();
  for (const [name, column] of Object.entries(manifest.columns ?? {})) {
    sources.set(name, {
      kind: "declared",
      manifest: column,
      place: place.at(manifest.columnsAt ?? "columns").at(name),
    });
  }
  for (const [relation, value] of Object.entries(manifest.relations ?? {})) {
    const at = place.at("relations").at(relation);
    if (value.one === undefined || value.columns) continue;
    const name = value.column ?? `${relation}Id`;
    const other = sources.get(name);
    if (!other) sources.set(name, { kind: "relation", relation, manifest: value, place: at });
    else {
      const message =
        other.kind === "declared" ? "The column is declared here." : "This relation adds the column first.";
      const hint =
        other.kind === "declared"
          ? `Leave the column out, or let the relation stand on it with "columns: [${name}]".`
          : undefined;
      lowering.report("relation/column-taken", at, [relation, name], {
        at: "key",
        related: [{ message, place: other.place }],
        hint,
      });
    }
  }
  checkNames(lowering, manifest, place, sources);
  return sources;
}

/** Columns and relations stand side by side in conditions: no two of one name, and none that is a word of conditions. */
function checkNames(
  { report }: Lowering,
  manifest: TableManifest,
  place: Place,
  sources: ReadonlyMap<string, ColumnSource>,
): void {
  const relations = Object.keys(manifest.relations ?? {});
  for (const relation of relations) {
    const at = place.at("relations").at(relation);
    const column = sources.get(relation);
    if (column) {
      const related = [{ message: `The column "${relation}" comes from here.`, place: column.place }];
      report("relation/name-taken", at, [relation], { at: "key", related });
    }
    if (conditionWords.has(relation)) report("name/condition-word", at, [relation], { at: "key" });
  }
  for (const [name, { place }] of sources) {
    if (conditionWords.has(name)) report("name/condition-word", place, [name], { at: "key" });
  }
}
