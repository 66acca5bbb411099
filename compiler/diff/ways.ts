import type { Column, OneRelation, Relation, Table } from "../ir/table.ts";

/** Whether a thing of the new App is what became of one of the old App. */
export type IsSame = (before: Table | Column, after: Table | Column) => boolean;

/** Whether two relations stand on the same data, whatever everything is called. */
export function isSameData(before: Relation, after: Relation, isSame: IsSame): boolean {
  const [old, now] = [before, after].map((relation) => keysOf(relation).flatMap(({ columns }) => columns));
  return isSame(before.to, after.to) && isSameList(old!, now!, isSame);
}

/** Whether they lead to the same rows. What holds the key tells of the columns that it refers to. */
export function isSameWay(before: Relation, after: Relation, isSame: IsSame): boolean {
  if (!isSameData(before, after, isSame)) return false;
  return before.kind !== "one" || after.kind !== "one" || isSameList(before.references, after.references, isSame);
}

/** The keys that a relation goes by: its own, another table's, or both of a junction. */
function keysOf(relation: Relation): readonly OneRelation[] {
  if (relation.kind === "one") return [relation];
  return relation.kind === "manyToMany" ? [relation.near, relation.far] : [relation.inverse];
}

const isSameList = (before: readonly Column[], after: readonly Column[], isSame: IsSame): boolean =>
  before.length === after.length && before.every((column, index) => isSame(column, after[index]!));
