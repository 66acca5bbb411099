import { holds, scopeOf } from "./condition.ts";
import { evaluate } from "./expression.ts";
import {
  columnsOf,
  isComputed,
  type Json,
  type Manifest,
  mapEntries,
  type Relation,
  relationOf,
  tablesOf,
} from "./manifest.ts";
import { fromWire, same, type Value } from "./value.ts";

export type Row = { readonly [column: string]: Value };
export interface Tables {
  readonly [table: string]: readonly Row[];
}

/** Rows as JSON has them, by table. */
export interface WireRows {
  readonly [table: string]: readonly { readonly [column: string]: Json }[];
}

/** The rows of a database, with what is counted for each of them. */
export function readTables(manifest: Manifest, rows: WireRows): Tables {
  const plain = Object.fromEntries(
    tablesOf(manifest).map((table) => {
      const columns = columnsOf(manifest, table);
      const read = (wire: { readonly [column: string]: Json }): Row => {
        const row = mapEntries(columns, (type, name) => (isComputed(type) ? null : fromWire(wire[name], type)));
        return mapEntries(columns, ({ expr }, name) => (expr === undefined ? row[name]! : evaluate(expr, row)));
      };
      return [table, (rows[table] ?? []).map(read)];
    }),
  );
  return Object.fromEntries(
    Object.keys(plain).map((table) => [table, plain[table]!.map((row) => counted(table, row))]),
  );

  function counted(table: string, row: Row): Row {
    return mapEntries(columnsOf(manifest, table), ({ count }, name) => {
      if (!count) return row[name]!;
      const relation = relationOf(manifest, table, count.relation)!;
      const scope = scopeOf({ manifest, tables: plain, args: {}, declared: {} }, relation.to);
      const found = related(plain, relation, row);
      return found.filter((other) => holds(count.where ?? {}, other, scope) === true).length;
    });
  }
}

/** The rows that a relation leads to from a row; a key with a null in it leads nowhere. */
export function related(tables: Tables, { to, links, through }: Relation, row: Row): readonly Row[] {
  const [near, far] = links;
  const meets = (one: Row, other: Row, { from, to }: (typeof links)[0]): boolean =>
    from.every((name, index) => {
      const value = one[name] ?? null;
      return value !== null && same(value, other[to[index]!] ?? null);
    });
  if (!far) return tables[to]!.filter((other) => meets(row, other, near));
  const links_ = tables[through!]!.filter((link) => meets(row, link, near));
  return tables[to]!.filter((other) => links_.some((link) => meets(link, other, far)));
}
