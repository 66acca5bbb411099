/**
 * What a change does to those who rely on the old manifest.
 *
 * - SAFE: nobody notices who does not ask for it
 * - WARNING: nothing breaks by itself, but answers, speed or refusals may differ
 * - BREAKING: clients that are shipped already get errors, or answers that they cannot read
 * - INSECURE: more is let through than before
 * - DESTRUCTIVE: the migration cannot keep all the data
 */
export type Level = "SAFE" | "WARNING" | "BREAKING" | "INSECURE" | "DESTRUCTIVE";

/** A kind of change: one line of the table in docs/changes.md. */
export interface ChangeKind {
  readonly level: Level;
  /** what happened, in general */
  readonly what: string;
  /** why the level is what it is; printed under each change */
  readonly reason: string;
  /** what happened, with the names it needs */
  say(...parameters: readonly never[]): string;
}
