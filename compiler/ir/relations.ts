import type { Lowering, Unfinished } from "./draft.ts";
import { lowerInverse, type RelationUse } from "./inverses.ts";
import { lowerManyToMany } from "./manyToMany.ts";
import { lowerOne } from "./oneRelations.ts";
import type { Relation } from "./table.ts";

type Kind = "one" | "hasOne" | "many" | "manyToMany";

/** Gives every table its relations: those that hold a key first, for the others are seen from their far end. */
export function lowerRelations(lowering: Lowering): void {
  const uses = [...lowering.unfinished.values()].flatMap(relationUses);
  const ofKind = (...kinds: Kind[]) =>
    uses.filter(({ manifest }) => kinds.some((kind) => manifest[kind] !== undefined));
  const lowerAll = (
    some: readonly RelationUse[],
    lowerRelation: (lowering: Lowering, use: RelationUse) => Relation | undefined,
  ) => {
    for (const use of some) {
      const relation = lowerRelation(lowering, use);
      if (relation) use.table.relations.set(use.name, relation);
      else lowering.failed.add(`${use.table.name}.${use.name}`);
    }
  };
  lowerAll(ofKind("one"), lowerOne);
  lowerAll(ofKind("hasOne", "many"), lowerInverse);
  const [mirrored, owning] = partition(
    ofKind("manyToMany"),
    ({ manifest }) => manifest.inverse !== undefined && manifest.through === undefined,
  );
  lowerAll(owning, lowerManyToMany);
  lowerAll(mirrored, lowerManyToMany);
  for (const { table, manifest } of lowering.unfinished.values())
    inOrder(table.relations, Object.keys(manifest.relations ?? {}));
}

function relationUses({ table, manifest }: Unfinished): readonly RelationUse[] {
  const place = table.place.at("relations");
  return Object.entries(manifest.relations ?? {}).map(([name, manifest]) => ({
    table,
    name,
    manifest,
    place: place.at(name),
  }));
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function inOrder<V>(map: Map<string, V>, names: readonly string[]): void {
  for (const name of names) {
    const value = map.get(name);
    if (value !== undefined && map.delete(name)) map.set(name, value);
  }
}
