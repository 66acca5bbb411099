import type { Lowering, Unfinished } from "./draft.ts";
import type { Column, Table } from "./table.ts";

/**
 * Finds the sets of columns that hold no two equal rows, and marks the columns that are unique alone. Needs columns and keys only, so
 * that relations and conditions can rely on it. Names that are wrong are passed over: who lowers them says so.
 */
export function findUniqueKeys(lowering: Lowering): void {
  for (const unfinished of lowering.unfinished.values()) {
    const { table } = unfinished;
    const declared = uniqueNames(unfinished).map((names) => columnsNamed(unfinished, names));
    const isUniqueItself = (key: readonly Column[]) =>
      sameColumns(key, table.primaryKey) || (key.length === 1 && leadsToTenant(lowering, unfinished, key[0]!.name));
    const keys = [table.primaryKey, ...declared.map((key) => (isUniqueItself(key) ? key : withinTenant(key, table)))];
    for (const key of keys) {
      if (key.length === 0 || table.uniqueKeys.some((known) => sameColumns(known, key))) continue;
      table.uniqueKeys.push(key);
    }
    for (const column of table.columns.values())
      column.unique = table.uniqueKeys.some((key) => key.length === 1 && key[0] === column);
  }
}

/** What is declared unique, by names: columns, relations over several columns, whole indexes over plain columns. */
function uniqueNames({ table, manifest }: Unfinished): readonly (readonly string[])[] {
  const columns = [...table.columns.values()].filter((column) => column.unique).map(({ name }) => [name]);
  const relations = Object.values(manifest.relations ?? {}).flatMap(({ unique, columns }) =>
    unique && columns ? [columns] : [],
  );
  const indexes = (manifest.indexes ?? []).flatMap((index) => {
    if (
      !("columns" in index) ||
      !index.columns ||
      !index.unique ||
      index.where !== undefined ||
      index.expr !== undefined
    )
      return [];
    return [index.columns.map((name) => name.replace(/^-/, ""))];
  });
  return [...columns, ...relations, ...indexes];
}

/** Whether a column is that of a relation to a row which belongs to a tenant itself: equal values are of the same one. */
function leadsToTenant({ unfinished }: Lowering, { sources }: Unfinished, name: string): boolean {
  const source = sources.get(name);
  return source?.kind === "relation" && unfinished.get(source.manifest.one!)?.manifest.tenant !== undefined;
}

/** What is unique in a tenant's table is so among the rows of one tenant. */
export function withinTenant(key: readonly Column[], { tenant }: Pick<Table, "tenant">): readonly Column[] {
  return tenant && key.length > 0 && !key.includes(tenant.column) ? [tenant.column, ...key] : key;
}

/** The columns of these names, none where one of them is not there. */
function columnsNamed({ table }: Unfinished, names: readonly string[]): readonly Column[] {
  const columns = names.map((name) => table.columns.get(name));
  return columns.includes(undefined) ? [] : (columns as Column[]);
}

/** Whether two lists hold the same columns, in whatever order. */
export function sameColumns(left: readonly Column[], right: readonly Column[]): boolean {
  return left.length === right.length && left.every((column) => right.includes(column));
}
