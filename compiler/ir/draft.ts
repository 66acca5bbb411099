import type { ColumnManifest, Manifest, RelationManifest, TableManifest } from "../manifest/manifest.ts";
import type { Place } from "../manifest/place.ts";
import type { Condition } from "./condition.ts";
import type { RateLimit } from "./rateLimit.ts";
import type { Report } from "./report.ts";
import type { Check, Column, Index, Relation, Table } from "./table.ts";
import type { SignedIn } from "./texts.ts";
import type { Constant, Enum, Value } from "./type.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A table while it is made: the very object of the App, not yet frozen. */
export interface TableDraft extends Mutable<Table> {
  readonly columns: Map<string, ColumnDraft>;
  primaryKey: ColumnDraft[];
  readonly relations: Map<string, Relation>;
  readonly indexes: Index[];
  readonly checks: Check[];
  readonly conditions: Map<string, Condition>;
  readonly searchable: Column[];
  readonly uniqueKeys: (readonly Column[])[];
}

export type ColumnDraft = Mutable<Column>;

/** What will make a column: its own declaration, or a `one` relation that adds it. */
export type ColumnSource =
  | { readonly kind: "declared"; readonly manifest: ColumnManifest | string; readonly place: Place }
  | {
      readonly kind: "relation";
      readonly relation: string;
      readonly manifest: RelationManifest;
      readonly place: Place;
    };

/** A declared table on its way into the App. */
export interface Unfinished {
  readonly table: TableDraft;
  readonly manifest: TableManifest;
  readonly sources: ReadonlyMap<string, ColumnSource>;
  /** columns that were lowered, in the order of that; undefined where one is wrong */
  readonly lowered: Map<string, ColumnDraft | undefined>;
}

/** A type as it was asked for; the default is not yet read. */
export interface TypeUse extends Value {
  /** written with `optional: true` */
  readonly optional: boolean;
  readonly description?: string;
  readonly default?: { readonly value: Constant; readonly place: Place };
}

/** What the parts of `lower` share. */
export interface Lowering {
  readonly manifest: Manifest;
  readonly report: Report;
  /** a manifest's strings may be references */
  readonly references: "manifest";
  readonly enums: Map<string, Enum>;
  /** entries of `types`; undefined where one is wrong, which was said */
  readonly types: Map<string, TypeUse | undefined>;
  /** declared tables, by name */
  readonly unfinished: Map<string, Unfinished>;
  /** all tables, made junctions too */
  readonly tables: Map<string, TableDraft>;
  /** `limits`, by name */
  readonly rateLimits: Map<string, RateLimit>;
  /** what `$user` and `$session` have, when columns are lowered; absent: nobody signs in */
  signIn?: SignedIn | undefined;
  /** what was declared and could not be lowered: `table.column`, `table.relation`, `table:condition`. Nobody complains of it again */
  readonly failed: Set<string>;
  /** a column of a table, lowered at its first use; undefined where it is wrong, which was said */
  column(table: Unfinished, name: string, trail: readonly string[]): ColumnDraft | undefined;
  readonly limits: { readonly defaultLimit: number; readonly maxLimit: number };
}

/** An empty table. */
export function tableDraft(name: string, sqlName: string, place: Place): TableDraft {
  return {
    name,
    sqlName,
    columns: new Map(),
    primaryKey: [],
    relations: new Map(),
    indexes: [],
    checks: [],
    conditions: new Map(),
    searchable: [],
    uniqueKeys: [],
    place,
  };
}
