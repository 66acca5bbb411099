/**
 * What a migration has to tell before it runs. A `loss` takes values away and runs only when that was allowed. An `unfit` refuses to run
 * while there are rows that do not fit what the manifest says now. A `lack` is a value that rows need and nobody gave. A `wrong` one
 * cannot run at all.
 */
export interface Finding {
  readonly kind: "loss" | "unfit" | "lack" | "wrong";
  /** labels of the table and the column that it speaks of, of the new version where they are still there */
  readonly table: string;
  readonly column?: string;
  /** the end of a sentence that begins with the table's or column's name */
  readonly what: string;
  /** SQL with one row and column: how many rows of the last version it concerns; over names of the last version */
  readonly count: string;
  /** the migration itself says so and stops; where it does not, a constraint does */
  readonly guarded?: true;
}
