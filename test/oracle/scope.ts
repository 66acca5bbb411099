import { columnsOf, type Json, type Manifest, type Type } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";

/** Results of measures, and what they are. */
export interface Measured {
  readonly values: Row;
  readonly types: { readonly [name: string]: Type };
}

/** Who asks. */
export interface Caller {
  /** the caller's row; null where nobody is signed in */
  readonly user: Row | null;
  /** all rows, by which rules judge */
  readonly all: Tables;
  /** whether the caller may not read a column of a row that may be read; of a rule's own scope nothing is hidden */
  readonly hides?: (table: string, column: string, row: Row) => boolean;
}

/** What a condition is read in: where its row is from, and what was sent. */
export interface Scope {
  readonly manifest: Manifest;
  /** the rows that there are for who asks */
  readonly tables: Tables;
  /** what was sent, and what was declared */
  readonly args: { readonly [name: string]: unknown };
  readonly declared: { readonly [name: string]: Type };
  /** the table of the row; of the results of an aggregate there is none */
  readonly table?: string;
  readonly columns: { readonly [name: string]: Type };
  /** by `<relation>Aggregate`: what the operation's `with` measures for a row, and what is written there */
  readonly aggregates?: {
    readonly [name: string]: { readonly of: (row: Row) => Measured; readonly written: Json };
  };
  /** absent: there is no sign-in */
  readonly caller?: Caller;
  /** in the `then` of a rule: the row before the write */
  readonly before?: Row;
}

/** The scope of the rows of a table, with the arguments and the caller of another scope. */
export function scopeOf(
  outer: Pick<Scope, "manifest" | "tables" | "args" | "declared" | "caller">,
  table: string,
): Scope {
  const { manifest, tables, args, declared, caller } = outer;
  const columns = columnsOf(manifest, table);
  return { manifest, tables, args, declared, table, columns, ...(caller && { caller }) };
}
