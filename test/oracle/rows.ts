import type { Json, Relation } from "./manifest.ts";
import { same, type Value } from "./value.ts";

export type Row = { readonly [column: string]: Value };
export interface Tables {
  readonly [table: string]: readonly Row[];
}

/** Rows as JSON has them, by table. */
export interface WireRows {
  readonly [table: string]: readonly { readonly [column: string]: Json }[];
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
