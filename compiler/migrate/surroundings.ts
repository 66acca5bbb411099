/**
 * What a database holds that no manifest knows of: hand-written SQL put it there. It is read after tables and columns have their new
 * names, and what goes with a table that is built anew is made again.
 */
export interface Surroundings {
  readonly triggers: readonly Attached[];
  readonly indexes: readonly Attached[];
  /** every foreign key, of tables that the manifest knows and of others */
  readonly references: readonly Reference[];
}

/** Something that SQLite drops with its table. */
export interface Attached {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

export interface Reference {
  readonly from: string;
  readonly to: string;
  readonly columns: readonly string[];
  /** an index begins with the columns, or they are the rowid */
  readonly isIndexed: boolean;
  readonly onDelete: "CASCADE" | "SET NULL" | "SET DEFAULT" | "RESTRICT" | "NO ACTION";
}
