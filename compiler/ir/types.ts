import { nativeType } from "../manifest/foreignTypes.ts";
import type { Declared, TypeManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import { type Constraints, emptyRange, lowerConstraints } from "./constraints.ts";
import type { Lowering, TypeUse } from "./draft.ts";
import { described } from "./texts.ts";
import type { Property, Type, TypeKind, Value } from "./type.ts";

export const builtInTypes: ReadonlySet<string> = new Set<TypeKind>([
  "string",
  "integer",
  "number",
  "bigint",
  "decimal",
  "boolean",
  "uuid",
  "timestamp",
  "date",
  "json",
  "bytes",
  "array",
  "object",
]);

/**
 * Lowers a type, short or long. Says what is wrong with it and returns undefined.
 *
 * @param trail names of the reusable types and columns that led here, so that a ring is found
 */
export function lowerType(
  lowering: Lowering,
  written: TypeManifest | string,
  place: Place,
  trail: readonly string[] = [],
): TypeUse | undefined {
  const manifest = typeof written === "string" ? { type: written } : written;
  const nameAt = typeof written === "string" ? place : place.at("type");
  const name = manifest.type.replace(/\?$/, "");
  const base = builtInTypes.has(name) ? { kind: name as TypeKind } : namedType(lowering, manifest.type, nameAt, trail);
  if (!base) return;

  const type = refined(
    lowering,
    "kind" in base ? { kind: base.kind } : base.type,
    manifest,
    place,
    trail,
    "kind" in base,
  );
  if (!type) return;
  const inherited = "kind" in base ? undefined : base;
  return {
    type,
    nullable: manifest.nullable ?? (manifest.type.endsWith("?") || inherited?.nullable === true),
    optional: manifest.optional ?? false,
    ...(inherited?.description !== undefined && { description: inherited.description }),
    ...described(manifest, place, lowering),
    ...(manifest.default !== undefined && { default: { value: manifest.default, place: place.at("default") } }),
  };
}

/** A type by the name of an enum, of an entry of `types`, or of a column; `?` may stand behind it. */
function namedType(lowering: Lowering, written: string, place: Place, trail: readonly string[]): TypeUse | undefined {
  const { manifest, report } = lowering;
  const name = written.replace(/\?$/, "");
  if (trail.includes(name)) return report("type/ring", place, [[...trail.slice(trail.indexOf(name)), name]]);
  if (manifest.enums.has(name)) {
    const found = lowering.enums.get(name);
    return found && { type: { kind: "enum", enum: found }, nullable: false, optional: false };
  }
  const reusable = manifest.types.get(name);
  if (reusable) return reusableType(lowering, name, reusable, trail);
  if (name.includes(".")) return columnAsType(lowering, written, place, trail);
  const native = nativeType(name);
  if (native)
    return report("type/unknown", place, [name], {
      hint: `It is called "${native}" here.`,
      replace: written.replace(name, native),
    });
  const names = [...builtInTypes, ...manifest.enums.keys(), ...manifest.types.keys()];
  return report("type/unknown", place, [name], { suggest: [name, names, (known) => written.replace(name, known)] });
}

/** An entry of `types`, lowered once. */
export function reusableType(
  lowering: Lowering,
  name: string,
  { value, place }: Declared<TypeManifest | string>,
  trail: readonly string[] = [],
): TypeUse | undefined {
  const known = lowering.types;
  if (!known.has(name)) known.set(name, lowerType(lowering, value, place, [...trail, name]));
  return known.get(name);
}

/** `tasks.title`: the type and the constraints of a column, but neither its `?` nor its default. */
function columnAsType(
  lowering: Lowering,
  written: string,
  place: Place,
  trail: readonly string[],
): TypeUse | undefined {
  const [tableName = "", columnName = ""] = written.replace(/\?$/, "").split(".");
  const table = lowering.unfinished.get(tableName);
  const { report, unfinished } = lowering;
  if (!table) {
    const suggest = [tableName, unfinished.keys(), (known: string) => written.replace(tableName, known)] as const;
    return report("reference/unknown-table", place, [tableName], { suggest });
  }
  if (!table.sources.has(columnName)) {
    const suggest = [
      columnName,
      table.sources.keys(),
      (known: string) => written.replace(`.${columnName}`, `.${known}`),
    ] as const;
    return report("reference/unknown-column", place, [tableName, columnName], { suggest });
  }
  const column = lowering.column(table, columnName, trail);
  if (column?.secret) return report("reference/unknown-column", place, [tableName, columnName]);
  return column && { type: column.type, nullable: false, optional: false };
}

/** A type with the constraints that its long form adds to it; these win over its own. */
function refined(
  lowering: Lowering,
  base: Type | { readonly kind: TypeKind },
  manifest: TypeManifest,
  place: Place,
  trail: readonly string[],
  builtIn: boolean,
): Type | undefined {
  const scale = base.kind === "decimal" ? (manifest.scale ?? ("scale" in base ? base.scale : 2)) : 0;
  const own = lowerConstraints(manifest, base.kind, scale, place, lowering.report);
  const items =
    manifest.items === undefined ? undefined : lowerItems(lowering, manifest.items, place.at("items"), trail);
  const properties =
    manifest.properties && lowerProperties(lowering, manifest.properties, place.at("properties"), trail);
  if (!own || (manifest.items !== undefined && !items) || (manifest.properties && !properties)) return;
  const missing =
    builtIn && (base.kind === "array" ? !items && "items" : base.kind === "object" && !properties && "properties");
  if (missing)
    return lowering.report("type/incomplete", place, [base.kind, missing], {
      at: "key",
      hint: `Write it like \`${base.kind === "array" ? "{ type: array, items: string }" : "{ type: object, properties: { name: string } }"}\`.`,
    });

  const type = {
    ...base,
    ...own,
    ...(base.kind === "decimal" && { scale }),
    ...(items && { items }),
    ...(properties && { properties }),
  };
  const range = emptyRange(type as unknown as Constraints);
  return range ? lowering.report("type/empty-range", place, [...range]) : (type as Type);
}

function lowerItems(
  lowering: Lowering,
  written: TypeManifest | string,
  place: Place,
  trail: readonly string[],
): Value | undefined {
  const item = lowerType(lowering, written, place, trail);
  return item && { type: item.type, nullable: item.nullable };
}

function lowerProperties(
  lowering: Lowering,
  written: NonNullable<TypeManifest["properties"]>,
  place: Place,
  trail: readonly string[],
): ReadonlyMap<string, Property> | undefined {
  const properties = new Map<string, Property>();
  for (const [name, manifest] of Object.entries(written)) {
    const property = lowerType(lowering, manifest, place.at(name), trail);
    if (!property) continue;
    const { type, nullable, optional, description } = property;
    properties.set(name, {
      type,
      nullable,
      optional: nullable || optional,
      ...(description !== undefined && { description }),
    });
  }
  return properties.size === Object.keys(written).length ? properties : undefined;
}
