import type { OneRelation, Relation, Table } from "../ir/table.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import type { Naming } from "./conditionText.ts";
import type { Matching } from "./matching.ts";
import { isSameWay } from "./ways.ts";

/** The relations of a table. One whose columns or junction come or go with it is told by them. */
export function relationChanges(before: Table, after: Table, matching: Matching): readonly Change[] {
  const { removed, added, kept } = matching.relations.get(before)!;
  const columns = matching.columns.get(before)!;
  const isOnNew = (relation: OneRelation): boolean => relation.columns.some((column) => columns.added.includes(column));
  const isOnGone = (relation: OneRelation): boolean =>
    relation.columns.some((column) => columns.removed.includes(column));
  return [
    ...removed.flatMap((old) => (old.kind === "one" && isOnGone(old) ? [] : goneRelation(old, after, matching))),
    ...added.flatMap((now) => (now.kind === "one" && isOnNew(now) ? [] : newRelation(now, after, matching))),
    ...kept.flatMap(([old, now]) => [
      ...nameChange(old, now, after),
      ...(now.kind === "one" && isOnNew(now) ? [] : targetChange(old, now, after, matching)),
      ...(old.kind === "one" && now.kind === "one" ? actionChanges(old, now, after) : []),
    ]),
  ];
}

const subjectOf = (table: Table, { name }: Relation): string => `${table.name}.${name}`;

function goneRelation(relation: Relation, table: Table, { tables, nameOf }: Matching): Change[] {
  const subject = subjectOf(table, relation);
  if (relation.kind === "manyToMany" && tables.removed.includes(relation.junction)) return [];
  if (relation.kind !== "one") return [change("relation/removed", subject, inOld(relation), [subject])];
  const columns = relation.columns.map(nameOf);
  return [change("relation/released", subject, inOld(relation), [subject, columns, relation.to.name])];
}

function newRelation(relation: Relation, table: Table, { tables, nameOf }: Matching): Change[] {
  const subject = subjectOf(table, relation);
  if (relation.kind === "manyToMany" && tables.added.includes(relation.junction)) return [];
  if (relation.kind !== "one") return [change("relation/added", subject, inNew(relation), [subject])];
  const columns = relation.columns.map(nameOf);
  return [change("relation/enforced", subject, inNew(relation), [subject, columns, relation.to.name])];
}

function nameChange(before: Relation, after: Relation, table: Table): Change[] {
  if (before.name === after.name) return [];
  const subject = subjectOf(table, after);
  return [change("relation/renamed", subject, inNew(after), [before.name, subject])];
}

function targetChange(before: Relation, after: Relation, table: Table, matching: Matching): Change[] {
  if (isSameWay(before, after, matching.isSame)) return [];
  const subject = subjectOf(table, after);
  const [old, now] = [wayOf(before, matching.nameOf), wayOf(after, matching.nameOf)];
  const words = [`"${before.to.name}" by ${old}`, `"${after.to.name}" by ${now}`] as const;
  return [change("relation/target", subject, inNew(after), [subject, ...words])];
}

function wayOf(relation: Relation, name: Naming): string {
  switch (relation.kind) {
    case "one":
      return relation.columns
        .map((column, index) => `${name(column)} = ${name(relation.references[index]!)}`)
        .join(", ");
    case "hasOne":
    case "many":
      return `its relation "${relation.inverse.name}"`;
    case "manyToMany":
      return `"${relation.near.name}" and "${relation.far.name}" of "${relation.junction.name}"`;
  }
}

function actionChanges(before: OneRelation, after: OneRelation, table: Table): readonly Change[] {
  const subject = subjectOf(table, after);
  return (["onDelete", "onUpdate"] as const).flatMap((event) => {
    const [old, now] = [before[event], after[event]];
    return old === now ? [] : [change("relation/action", subject, inNew(after), [subject, event, old, now])];
  });
}
