import type { AlteredTable, Changes } from "./changes.ts";
import { equal } from "./changes.ts";
import type { Pair, TablePair } from "./match.ts";
import type { ColumnSchema, IndexSchema, TableSchema } from "./schema.ts";

/** What has changed, line by line, in the manifest's words. */
export function describeChanges({ added, dropped, pairs, rebuilt, altered, internal }: Changes): string[] {
  const lines = [
    ...added.map(({ label }) => `table ${label} is new`),
    ...dropped.map(({ label }) => `table ${label} is gone`),
    ...pairs.flatMap(describeTable),
    ...altered.flatMap(describeIndexes),
    ...pairs.flatMap(describeSearch),
    ...internal.map((table) => `table ${table} is new: the Worker needs it`),
  ];
  const silent = rebuilt.filter(({ after }) => !lines.some((line) => mentions(line, after)));
  return [...lines, ...silent.map(({ after }) => `table ${after.label} has other keys, relations or checks`)];
}

function mentions(line: string, { label }: TableSchema): boolean {
  return line.startsWith(`table ${label} `) || line.startsWith(`column ${label}.`);
}

function describeTable({ before, after, columns }: TablePair): string[] {
  const column = ({ label }: ColumnSchema): string => `column ${after.label}.${label}`;
  return [
    ...(before.label === after.label ? [] : [`table ${after.label} was ${before.label}`]),
    ...columns.added.map((added) => `${column(added)} is new`),
    ...columns.dropped.map((dropped) => `${column(dropped)} is gone`),
    ...columns.pairs.flatMap((pair) => {
      const { before, after } = pair;
      return [
        ...(before.label === after.label ? [] : [`${column(after)} was ${before.label}`]),
        ...(isChanged(pair) ? [`${column(after)} has changed`] : []),
      ];
    }),
  ];
}

/** Apart from its names. */
function isChanged({ before, after }: Pair<ColumnSchema>): boolean {
  const texts = ({ name, checks }: ColumnSchema) => checks.map(({ sql }) => sql.replaceAll(`"${name}"`, ""));
  const said = ({ kind, scale, members, nullable, computed, default: value }: ColumnSchema) => [
    computed,
    kind,
    scale,
    members,
    nullable,
    value,
  ];
  return !equal([said(before), texts(before)], [said(after), texts(after)]);
}

function describeSearch({ before, after }: TablePair): string[] {
  const labels = ({ search, columns }: TableSchema): string[] =>
    (search?.columns ?? []).map((column) => columns.find(({ name }) => name === column)!.label);
  const [had, has] = [labels(before), labels(after)];
  if (equal(had, has)) return [];
  return [`table ${after.label} ${has.length > 0 ? `is searched in ${has.join(", ")}` : "is not searched any more"}`];
}

function describeIndexes({ table, createIndexes, dropIndexes }: AlteredTable): string[] {
  const names = (list: readonly IndexSchema[]): ReadonlySet<string> => new Set(list.map(({ name }) => name));
  const [created, dropped] = [names(createIndexes), names(dropIndexes)];
  const all = [...new Set([...created, ...dropped])];
  return all.map((name) => {
    const what = !dropped.has(name) ? "is new" : created.has(name) ? "has changed" : "is gone";
    return `index ${name} of ${table.label} ${what}`;
  });
}
