import type { TypeKind } from "../ir/type.ts";
import type { InternalTable } from "./internal.ts";

/*
 * The database of an App as plain data. Names are SQL names without quotes, expressions are SQL text; labels are what the manifest
 * calls things, by which they are known again in the next version of the manifest. It is what migrations are written from, and what
 * `snapshot.json` keeps. `renamedFrom` and `backfill` speak of the way here, and no snapshot keeps them.
 */

export interface ColumnSchema {
  readonly name: string;
  readonly label: string;
  readonly kind: TypeKind;
  /** digits after the point, of a decimal */
  readonly scale?: number;
  /** of an enum */
  readonly members?: readonly string[];
  readonly type: "TEXT" | "INTEGER" | "REAL" | "BLOB";
  readonly nullable: boolean;
  /** an SQL expression over other columns that makes the values: a VIRTUAL generated column, which nothing writes */
  readonly computed?: string;
  /** an SQL expression; `constant` ones may be given to a column that is added later */
  readonly default?: { readonly sql: string; readonly constant: boolean };
  /** the Worker makes its values: rows that are there when the column comes get theirs in SQL */
  readonly generated?: "uuid" | "nanoid";
  /** an integer key that SQLite counts up */
  readonly counts?: true;
  /** what the column's own type and constraints ask of a value */
  readonly checks: readonly CheckSchema[];
  /** former labels, the likelier first */
  readonly renamedFrom?: readonly string[];
  readonly backfill?: BackfillSchema;
}

/** A literal, or an expression whose quoted names are labels of the row as it was, or is. */
export interface BackfillSchema {
  readonly sql: string;
  readonly names: "none" | "labels";
}

export interface CheckSchema {
  readonly name: string;
  readonly sql: string;
}

export interface ForeignKeySchema {
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: "restrict" | "cascade" | "set null";
  readonly onUpdate: "restrict" | "cascade" | "set null";
}

export interface IndexSchema {
  readonly name: string;
  readonly unique: boolean;
  /** what is indexed: a quoted name or an expression, with its direction */
  readonly parts: readonly string[];
  readonly where?: string;
}

export interface TableSchema {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly ColumnSchema[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKeySchema[];
  readonly checks: readonly CheckSchema[];
  readonly indexes: readonly IndexSchema[];
  readonly search?: SearchSchema;
  /** former labels, the likelier first */
  readonly renamedFrom?: readonly string[];
}

/** The full-text index of a table. */
export interface SearchSchema {
  readonly columns: readonly string[];
  /** what the number of a row is called, by which the index knows it */
  readonly rowid: string;
}

export interface DatabaseSchema {
  /** tables that Workers need beside those of the manifest; see `internalTablesOf` */
  readonly internal?: readonly InternalTable[];
  readonly tables: readonly TableSchema[];
}
