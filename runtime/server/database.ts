import type { SqlValue } from "../wire/toSql.ts";

export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** its rows have a `cursor` beside `row` */
  readonly cursor?: true;
}

/** A row of a planned statement. `cursor` stands beside it in pages only. */
export interface Row {
  readonly row: string;
  readonly cursor?: string;
}

/**
 * The store, as far as the runtime needs one. D1 sits behind it today; nothing above may know which. What the store refuses, it
 * throws as an Error whose message holds SQLite's own (`constraints.ts` reads it).
 */
export interface Database {
  /** Runs one statement and returns its rows. */
  run(statement: Statement): Promise<readonly Row[]>;
  /** Runs statements as one transaction: all of them or none. Rows of each, in order; of no statements none. */
  batch(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
}
