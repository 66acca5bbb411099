import type { ColumnManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { lowerBackfill } from "./backfills.ts";
import { hasUse } from "./computed.ts";
import { lowerConstant, show } from "./constants.ts";
import type { ColumnDraft, ColumnSource, Lowering, TableDraft, TypeUse, Unfinished } from "./draft.ts";
import { formerColumns } from "./formerNames.ts";
import { keyNames } from "./keys.ts";
import { asksForTime, asksForUuid } from "./likelyLiteral.ts";
import { sqlNameOf } from "./sqlNames.ts";
import type { Default } from "./table.ts";
import { lowerType } from "./types.ts";
import { typeText } from "./typeText.ts";
import { unknownColumn, unknownTable } from "./unknown.ts";

/** Lowers every column of every declared table. */
export function lowerColumns(lowering: Lowering): void {
  for (const unfinished of lowering.unfinished.values()) {
    for (const name of unfinished.sources.keys()) {
      const column = lowerColumn(lowering, unfinished, name, []);
      if (column) unfinished.table.columns.set(name, column);
      else lowering.failed.add(`${unfinished.table.name}.${name}`);
    }
  }
}

/** A column of a table, lowered once. A type may be a column, so this may be asked before its turn. */
export function lowerColumn(
  lowering: Lowering,
  unfinished: Unfinished,
  name: string,
  trail: readonly string[],
): ColumnDraft | undefined {
  const { lowered, sources, table } = unfinished;
  const source = sources.get(name)!;
  const own = `${table.name}.${name}`;
  if (trail.includes(own))
    return lowering.report("type/ring", source.place, [[...trail.slice(trail.indexOf(own)), own]], { at: "key" });
  if (!lowered.has(name)) lowered.set(name, makeColumn(lowering, table, name, source, [...trail, own]));
  return lowered.get(name);
}

function makeColumn(
  lowering: Lowering,
  table: TableDraft,
  name: string,
  source: ColumnSource,
  trail: readonly string[],
): ColumnDraft | undefined {
  return source.kind === "declared"
    ? declaredColumn(lowering, table, name, source.manifest, source.place, trail)
    : addedColumn(lowering, table, name, source, trail);
}

function declaredColumn(
  lowering: Lowering,
  table: TableDraft,
  name: string,
  written: ColumnManifest | string,
  place: Place,
  trail: readonly string[],
): ColumnDraft | undefined {
  const manifest: ColumnManifest = typeof written === "string" ? { type: written } : written;
  if (!hasUse(lowering, manifest, place)) return;
  const typed = typeof written === "string" ? written : { ...written, type: written.type ?? "integer" };
  const use = lowerType(lowering, typed, place, trail);
  if (!use) return;
  if (manifest.input !== undefined) lowering.report("auth/input", place.at("input"), [name], { at: "key" });
  const version = lowerVersion(lowering, manifest, use, place);
  const fallback = version ? firstVersion : columnDefault(lowering, manifest, use, place);
  const { type, nullable, description } = use;
  if (manifest.onUpdate && type.kind !== "timestamp" && type.kind !== "date") {
    return lowering.report("type/not-a-time", place.at("onUpdate"), ["onUpdate", typeText(type)]);
  }
  return {
    name,
    sqlName: manifest.count === undefined ? sqlNameOf(lowering, "column", name, manifest.sqlName, place) : `$${name}`,
    type,
    nullable,
    ...(description !== undefined && { description }),
    ...(fallback && { default: fallback }),
    ...(manifest.onUpdate && { onUpdate: manifest.onUpdate }),
    ...(version && { version }),
    unique: manifest.unique ?? false,
    ...(manifest.renamedFrom !== undefined && { renamedFrom: [manifest.renamedFrom] }),
    ...lowerBackfill(lowering, manifest.backfill, use, table, place),
    ...(manifest.secret && { secret: true }),
    place,
  };
}

const firstVersion: Default = { kind: "constant", value: 1 };

/** `version: true`: of an integer that is always there and gets its value by itself. */
function lowerVersion({ report }: Lowering, manifest: ColumnManifest, { type, nullable }: TypeUse, place: Place) {
  if (!manifest.version) return undefined;
  const at = place.at("version");
  if (type.kind !== "integer" || nullable) {
    const found = typeText(type);
    return report("type/version", at, [nullable ? `${found}?` : found]);
  }
  const other = (["default", "generate", "onUpdate"] as const).find((option) => manifest[option] !== undefined);
  return other ? report("type/version-and", at, [other]) : (true as const);
}

/** What an insert that leaves the column out gives it: `generate`, or `default`. Keys get theirs elsewhere. */
function columnDefault(lowering: Lowering, manifest: ColumnManifest, use: TypeUse, place: Place): Default | undefined {
  const { generate } = manifest;
  if (generate === undefined || generate === "none") return use.default && lowerDefault(lowering, use);
  const at = place.at("generate");
  if (use.default) return lowering.report("type/generate-and-default", at, []);
  const fits = use.type.kind === "string" || (use.type.kind === "uuid" && generate === "uuid");
  return fits ? { kind: generate } : lowering.report("type/generate", at, [generate, typeText(use.type)]);
}

/** The default of a type: `now` for times, null for none, else a constant. */
function lowerDefault(lowering: Lowering, { type, nullable, default: written }: TypeUse): Default | undefined {
  const { value, place } = written!;
  if (value === "now" && (type.kind === "timestamp" || type.kind === "date")) return { kind: "now" };
  if (asksForTime(value, type))
    return lowering.report("type/mismatch", place, [show(value), typeText(type)], {
      hint: "Write now.",
      rewrite: "now",
    });
  if (type.kind === "uuid" && asksForUuid(value))
    return lowering.report("type/mismatch", place, [show(value), typeText(type)], {
      hint: 'Say "generate: uuid" instead of a default; a key is generated by itself.',
    });
  const constant = lowerConstant(value, { type, nullable }, place, lowering);
  return constant === undefined || constant === null ? undefined : { kind: "constant", value: constant };
}

/** The column that a `one` relation adds: of the type of what it refers to. */
function addedColumn(
  lowering: Lowering,
  table: TableDraft,
  name: string,
  { relation, manifest, place }: Extract<ColumnSource, { kind: "relation" }>,
  trail: readonly string[],
): ColumnDraft | undefined {
  const target = lowering.unfinished.get(manifest.one!);
  if (!target) return unknownTable(lowering, manifest.one!, place.at("one"));
  const names = manifest.references ?? keyNames(target);
  const [referenced, ...others] = names;
  if (referenced === undefined) return;
  if (others.length > 0) {
    return lowering.report("relation/needs-columns", place, [relation, target.table.name, names], { at: "key" });
  }
  if (!target.sources.has(referenced)) {
    return unknownColumn(
      lowering.report,
      target.table.name,
      referenced,
      target.sources.keys(),
      place.at("references").at(0),
    );
  }
  const type = lowerColumn(lowering, target, referenced, trail)?.type;
  if (!type) return;
  const of = { type, nullable: manifest.optional ?? false };
  return {
    name,
    sqlName: sqlNameOf(lowering, "column", name, manifest.sqlName, place),
    ...of,
    unique: manifest.unique ?? false,
    madeBy: relation,
    ...formerColumns(manifest.renamedFrom),
    ...lowerBackfill(lowering, manifest.backfill, of, table, place),
    place,
  };
}
