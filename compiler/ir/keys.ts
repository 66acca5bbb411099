import type { Place } from "../manifest/place.ts";
import type { ColumnDraft, Lowering, Unfinished } from "./draft.ts";
import type { Default } from "./table.ts";
import type { TypeKind } from "./type.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn } from "./unknown.ts";

const keyKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["uuid", "integer", "bigint", "string", "date", "enum"]);

/** The names of a table's key: what `primaryKey` says, or `id` where there is such a column. None: the table has no key. */
export function keyNames({ manifest, sources }: Unfinished): readonly string[] {
  if (manifest.primaryKey !== undefined) return [manifest.primaryKey].flat();
  return sources.has("id") ? ["id"] : [];
}

/** Gives every table its primary key, and a key of one column what makes its values. */
export function lowerKeys(lowering: Lowering): void {
  for (const unfinished of lowering.unfinished.values()) {
    lowerKey(lowering, unfinished);
    checkGenerate(lowering, unfinished);
  }
}

function lowerKey(lowering: Lowering, unfinished: Unfinished): void {
  const { table, manifest, sources } = unfinished;
  const names = keyNames(unfinished);
  if (names.length === 0) {
    lowering.report("table/no-key", table.place, [table.name], { at: "key" });
    return;
  }
  const listed = Array.isArray(manifest.primaryKey);
  const key = names.map((name, index) => {
    const at = manifest.primaryKey === undefined ? sources.get(name)!.place : keyPlace(table.place, listed, index);
    return keyColumn(lowering, unfinished, name, at);
  });
  if (key.includes(undefined)) return;
  table.primaryKey = key as ColumnDraft[];
  const [first] = table.primaryKey;
  if (table.primaryKey.length > 1 || !first) return;
  first.unique = true;
  const made = first.default ? undefined : generated(unfinished, first);
  if (made) first.default = made;
}

const keyPlace = (table: Place, listed: boolean, index: number) => {
  const place = table.at("primaryKey");
  return listed ? place.at(index) : place;
};

function keyColumn(
  lowering: Lowering,
  { table, sources }: Unfinished,
  name: string,
  place: Place,
): ColumnDraft | undefined {
  if (!sources.has(name)) return unknownColumn(lowering.report, table.name, name, sources.keys(), place);
  const column = table.columns.get(name);
  if (!column) return;
  if (column.computed) return lowering.report("table/computed-key", place, [name]);
  if (!keyKinds.has(column.type.kind)) return lowering.report("table/key-type", place, [name, typeText(column.type)]);
  if (column.nullable) return lowering.report("table/nullable-key", place, [name]);
  return column;
}

/** A key that refers to another table takes its values from there; others are made unless `generate: none`. */
function generated({ manifest, sources }: Unfinished, { name, type }: ColumnDraft): Default | undefined {
  const source = sources.get(name)!;
  const refers = Object.values(manifest.relations ?? {}).some(({ columns }) => columns?.includes(name));
  if (source.kind === "relation" || refers) return;
  if (typeof source.manifest !== "string" && source.manifest.generate === "none") return;
  if (type.kind === "uuid") return { kind: "uuid" };
  return type.kind === "integer" || type.kind === "bigint" ? { kind: "count" } : undefined;
}

function checkGenerate({ report }: Lowering, { table, sources }: Unfinished): void {
  for (const [name, source] of sources) {
    if (source.kind === "relation" || typeof source.manifest === "string" || source.manifest.generate !== "none")
      continue;
    const [key, ...others] = table.primaryKey;
    if (key && (key.name !== name || others.length > 0))
      report("type/nothing-generated", source.place.at("generate"), [name]);
  }
}
