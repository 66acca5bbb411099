import type { Lowering, Unfinished } from "./draft.ts";
import { nameFormerJunction } from "./formerNames.ts";
import { findOne, type RelationUse } from "./inverses.ts";
import { makeJunction } from "./junctions.ts";
import type { ManyToManyRelation, OneRelation, Table } from "./table.ts";
import { described } from "./texts.ts";
import { unknownTable } from "./unknown.ts";

/** The two relations of a junction table that a many-to-many goes along. */
interface Crossing {
  readonly junction: Table;
  readonly near: OneRelation;
  readonly far: OneRelation;
}

/** `manyToMany`: over a table that `through` names, over the junction of the relation that `inverse` names, or over one made for it. */
export function lowerManyToMany(lowering: Lowering, use: RelationUse): ManyToManyRelation | undefined {
  const { table, name, manifest, place } = use;
  const target = lowering.unfinished.get(manifest.manyToMany!);
  if (!target) return unknownTable(lowering, manifest.manyToMany!, place.at("manyToMany"));
  const { through, inverse } = manifest;
  const isMirror = through === undefined && inverse !== undefined;
  const crossing = isMirror
    ? mirrored(lowering, use, inverse, target)
    : through === undefined
      ? makeJunction(lowering, use, target.table)
      : throughTable(lowering, use, through, target);
  if (crossing && !isMirror) nameFormerJunction(lowering, use, crossing);
  return (
    crossing && {
      kind: "manyToMany",
      name,
      from: table,
      to: target.table,
      ...crossing,
      ...described(use.manifest, use.place, lowering),
      place,
    }
  );
}

/** Where the junction has several relations to this table, `inverse` names the one that leads back here. */
function throughTable(lowering: Lowering, use: RelationUse, through: string, target: Unfinished): Crossing | undefined {
  const junction = lowering.unfinished.get(through);
  if (!junction) return unknownTable(lowering, through, use.place.at("through"));
  const near = findOne(lowering, use, junction, use.table);
  const far = near && findOne(lowering, use, junction, target.table, near);
  return near && far && { junction: junction.table, near, far };
}

/** The junction of the other side, seen from here. */
function mirrored(
  { report, failed }: Lowering,
  { table, place }: RelationUse,
  inverse: string,
  { table: to, manifest }: Unfinished,
): Crossing | undefined {
  const other = to.relations.get(inverse);
  if (other?.kind === "manyToMany" && other.to === table)
    return { junction: other.junction, near: other.far, far: other.near };
  if (failed.has(`${to.name}.${inverse}`)) return;
  const at = place.at("inverse");
  const relations = manifest.relations ?? {};
  const written = Object.hasOwn(relations, inverse) ? relations[inverse] : undefined;
  if (!written)
    return report("reference/unknown-relation", at, [to.name, inverse], { suggest: [inverse, Object.keys(relations)] });
  const hint =
    written.manyToMany === table.name
      ? 'One of the two sides owns the junction: leave "inverse" out there.'
      : undefined;
  return report("relation/not-inverse", at, [inverse, to.name, table.name], { hint });
}
