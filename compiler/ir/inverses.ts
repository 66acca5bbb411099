import type { RelationManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { Lowering, TableDraft, Unfinished } from "./draft.ts";
import { foreignKeysOf } from "./relationKinds.ts";
import type { InverseRelation, OneRelation } from "./table.ts";
import { described } from "./texts.ts";
import { unknownTable } from "./unknown.ts";

/** A relation that is being lowered: where it stands and what is written there. */
export interface RelationUse {
  readonly table: TableDraft;
  readonly name: string;
  readonly manifest: RelationManifest;
  readonly place: Place;
}

/** `hasOne` and `many`: the other end of a `one` there. */
export function lowerInverse(lowering: Lowering, use: RelationUse): InverseRelation | undefined {
  const kind = use.manifest.hasOne === undefined ? "many" : "hasOne";
  const to = lowering.unfinished.get(use.manifest[kind]!);
  if (!to) return unknownTable(lowering, use.manifest[kind]!, use.place.at(kind));
  const inverse = findOne(lowering, use, to, use.table);
  if (!inverse) return;
  if (kind === "hasOne" && !isUnique(inverse)) {
    return lowering.report("relation/not-unique-end", use.place, [use.name, to.table.name, inverse.name], {
      at: "key",
    });
  }
  return {
    kind,
    name: use.name,
    from: use.table,
    to: to.table,
    inverse,
    ...described(use.manifest, use.place, lowering),
    place: use.place,
  };
}

const isUnique = ({ from, columns }: OneRelation) =>
  from.uniqueKeys.some((key) => key.every((column) => columns.includes(column)));

/**
 * The `one` of a table that leads to another: the one that `inverse` names, or the only one.
 *
 * @param without a relation that is not meant
 */
export function findOne(
  { report, failed }: Lowering,
  { name, manifest, place }: RelationUse,
  { table: holder, manifest: written }: Unfinished,
  to: TableDraft,
  without?: OneRelation,
): OneRelation | undefined {
  const named = without ? undefined : manifest.inverse;
  if (named !== undefined) {
    const at = place.at("inverse");
    const found = holder.relations.get(named);
    if (found?.kind === "one" && found.to === to) return found;
    if (failed.has(`${holder.name}.${named}`)) return;
    const known = Object.keys(written.relations ?? {});
    if (!known.includes(named))
      return report("reference/unknown-relation", at, [holder.name, named], { suggest: [named, known] });
    return report("relation/not-inverse", at, [named, holder.name, to.name]);
  }
  const found = foreignKeysOf(holder).filter((other) => other.to === to && other !== without);
  if (found.length === 1) return found[0];
  const failing = Object.entries(written.relations ?? {}).some(
    ([other, { one }]) => one === to.name && failed.has(`${holder.name}.${other}`),
  );
  if (failing) return;
  if (found.length === 0) return report("relation/no-inverse", place, [name, holder.name, to.name], { at: "key" });
  const related = found.map((other) => ({ message: `"${other.name}" is one of them.`, place: other.place }));
  return report("relation/ambiguous", place, [name, holder.name, to.name], { at: "key", related });
}
