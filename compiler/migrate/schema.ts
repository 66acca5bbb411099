/*
 * The database of an App as plain data: what SQLite knows of it, and nothing more. Names are SQL names without quotes, expressions
 * are SQL text. It is what migrations are written from, and what `snapshot.json` keeps to compare the next manifest with.
 */

export interface ColumnSchema {
  readonly name: string;
  readonly type: "TEXT" | "INTEGER" | "REAL" | "BLOB";
  readonly nullable: boolean;
  /** an SQL expression; `constant` ones may be given to a column that is added later */
  readonly default?: { readonly sql: string; readonly constant: boolean };
  /** an integer key that SQLite counts up */
  readonly counts?: true;
  /** unique by itself, and not by being the key or by an index of its own */
  readonly unique?: true;
  /** what the column's own type and constraints ask of a value */
  readonly checks: readonly CheckSchema[];
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
  readonly columns: readonly ColumnSchema[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKeySchema[];
  readonly checks: readonly CheckSchema[];
  readonly indexes: readonly IndexSchema[];
}

export interface DatabaseSchema {
  readonly tables: readonly TableSchema[];
}
