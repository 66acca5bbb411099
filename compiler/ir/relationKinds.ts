import type { InverseRelation, ManyToManyRelation, OneRelation, Relation, Table } from "./table.ts";

/** A relation to any number of rows. */
export type ToMany = (InverseRelation & { readonly kind: "many" }) | ManyToManyRelation;

/** Whether a relation leads to any number of rows; else to one at most. */
export function isToMany(relation: Relation): relation is ToMany {
  return relation.kind === "many" || relation.kind === "manyToMany";
}

/** The foreign keys of a table: the relations that stand on columns of its own. */
export function foreignKeysOf({ relations }: Pick<Table, "relations">): readonly OneRelation[] {
  return [...relations.values()].filter((relation) => relation.kind === "one");
}

/** All foreign keys of tables, by the table that they lead to. */
export function foreignKeysByTarget(tables: Iterable<Table>): ReadonlyMap<Table, readonly OneRelation[]> {
  const keys = new Map<Table, OneRelation[]>();
  for (const key of [...tables].flatMap(foreignKeysOf)) {
    const known = keys.get(key.to);
    if (known) known.push(key);
    else keys.set(key.to, [key]);
  }
  return keys;
}
