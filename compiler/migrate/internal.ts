/*
 * Tables that Workers need beside those of the manifest. Every database has all of them; one that was made before a table was thought of
 * gets it with its next migration, so a snapshot names those that are there.
 */

/** Upper-case BEGIN and END and one statement in a trigger's body, so that everything that splits SQL keeps the trigger in one piece. */
const statements = {
  /** The guard of a batch: a row with a code aborts it, and the code is the error's message. */
  _af_guard: [
    'CREATE TABLE "_af_guard" ("code" TEXT)',
    'CREATE TRIGGER "_af_guard_abort" BEFORE INSERT ON "_af_guard" WHEN NEW."code" IS NOT NULL BEGIN SELECT RAISE(ABORT, NEW."code"); END',
  ],
  /** Mutations that were called with an `Idempotency-Key`: what was asked, as a digest, and what was answered; null while it is not known. */
  _af_idempotency: [
    'CREATE TABLE "_af_idempotency" (\n  "caller" TEXT NOT NULL,\n  "operation" TEXT NOT NULL,\n  "key" TEXT NOT NULL,\n  "arguments" TEXT NOT NULL,\n  "answer" TEXT,\n  "expires_at" INTEGER NOT NULL,\n  PRIMARY KEY ("caller", "operation", "key")\n)',
    'CREATE INDEX "_af_idempotency_expires_at" ON "_af_idempotency" ("expires_at")',
  ],
  /** What a batch keeps of rows that it writes or reads, while it runs: for its later statements. Empty between batches. */
  _af_steps: ['CREATE TABLE "_af_steps" ("step" TEXT NOT NULL, "column" TEXT NOT NULL, "value")'],
} as const;

export type InternalTable = keyof typeof statements;

/** All of them, in the order in which they are made. */
export const internalTables = Object.keys(statements) as readonly InternalTable[];

/** Those of a database; the first versions knew the guard alone, and their snapshots name none. */
export function internalTablesOf({
  internal = ["_af_guard"],
}: {
  readonly internal?: readonly InternalTable[];
}): readonly InternalTable[] {
  return internal;
}

/** The statements that make tables. */
export function createInternal(tables: readonly InternalTable[]): string[] {
  return tables.flatMap((table) => statements[table]);
}
