import { columnsOf, type Manifest, type Type } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";

/** Results of measures, and what they are. */
export interface Measured {
  readonly values: Row;
  readonly types: { readonly [name: string]: Type };
}

/** What a condition is read in: where its row is from, and what was sent. */
export interface Scope {
  readonly manifest: Manifest;
  readonly tables: Tables;
  /** what was sent, and what was declared */
  readonly args: { readonly [name: string]: unknown };
  readonly declared: { readonly [name: string]: Type };
  /** the table of the row; of the results of an aggregate there is none */
  readonly table?: string;
  readonly columns: { readonly [name: string]: Type };
  /** by `<relation>Aggregate`: what the operation's `with` measures for a row */
  readonly aggregates?: { readonly [name: string]: (row: Row) => Measured };
}

/** The scope of the rows of a table, with the arguments of another scope. */
export function scopeOf(outer: Pick<Scope, "manifest" | "tables" | "args" | "declared">, table: string): Scope {
  const { manifest, tables, args, declared } = outer;
  return { manifest, tables, args, declared, table, columns: columnsOf(manifest, table) };
}
