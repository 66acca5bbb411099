import type { App } from "../ir/app.ts";
import type { Column, Relation, Table } from "../ir/table.ts";
import { type Pairs, pair } from "./pairs.ts";
import { type IsSame, isSameData } from "./ways.ts";

/** What of the old App lives on as what of the new one. */
export interface Matching {
  readonly tables: Pairs<Table>;
  /** by the old table */
  readonly columns: ReadonlyMap<Table, Pairs<Column>>;
  /** by the old table */
  readonly relations: ReadonlyMap<Table, Pairs<Relation>>;
  readonly isSame: IsSame;
  /** what a thing is called in the new App; its own name where it is not there, or is of the new App already */
  nameOf(thing: Table | Column | Relation): string;
}

/** Tables and columns are what they were by name, else by `renamedFrom`, else by their name in SQL: as migrations see it. */
export function match(before: App, after: App): Matching {
  const tables = pair(before.tables, after.tables, byFormerName, bySqlName);
  const columns = inTables(tables, (old, now) => pair(old.columns, now.columns, byFormerName, bySqlName));
  const successors = new Map<object, Table | Column | Relation>([...tables.kept, ...keptOf(columns)]);
  const isSame: IsSame = (old, now) => successors.get(old) === now;
  const relations = inTables(tables, (old, now) =>
    pair(old.relations, now.relations, (relation, left) => left.find((other) => isSameData(other, relation, isSame))),
  );
  for (const [old, now] of keptOf(relations)) successors.set(old, now);
  return { tables, columns, relations, isSame, nameOf: (thing) => successors.get(thing)?.name ?? thing.name };
}

function inTables<T>({ kept }: Pairs<Table>, of: (old: Table, now: Table) => Pairs<T>): ReadonlyMap<Table, Pairs<T>> {
  return new Map(kept.map(([old, now]) => [old, of(old, now)]));
}

const keptOf = <T>(pairs: ReadonlyMap<Table, Pairs<T>>) => [...pairs.values()].flatMap(({ kept }) => kept);

/** Former names stand with the likelier first. */
function byFormerName<T extends Table | Column>({ renamedFrom = [] }: T, left: readonly T[]): T | undefined {
  return renamedFrom.map((name) => left.find((old) => old.name === name)).find((old) => old !== undefined);
}

/** SQL does not tell names apart by case. */
function bySqlName<T extends Table | Column>({ sqlName }: T, left: readonly T[]): T | undefined {
  return left.find((old) => old.sqlName.toLowerCase() === sqlName.toLowerCase());
}
