import type { Database, Statement } from "./database.ts";

/** A use of a key, as `_af_idempotency` keeps it. */
export interface Claim {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  /** their digest */
  readonly arguments: string;
  /** milliseconds */
  readonly expiresAt: number;
}

/** Expired keys that one claim removes at most, found through their index. */
const CLEARED = 100;

const IDENTITY = '"caller" = ? AND "operation" = ? AND "key" = ?';

const REMOVE_EXPIRED = `DELETE FROM "_af_idempotency" WHERE "rowid" IN (SELECT "rowid" FROM "_af_idempotency" WHERE "expires_at" <= ? ORDER BY "expires_at" LIMIT ${CLEARED}) OR (${IDENTITY} AND "expires_at" <= ?)`;
const INSERT =
  'INSERT INTO "_af_idempotency" ("caller", "operation", "key", "arguments", "expires_at") VALUES (?, ?, ?, ?, ?)';
const READ = `SELECT "arguments", "answer" FROM "_af_idempotency" WHERE ${IDENTITY}`;
const STORE = `UPDATE "_af_idempotency" SET "answer" = ? WHERE ${IDENTITY}`;
const RELEASE = `DELETE FROM "_af_idempotency" WHERE ${IDENTITY} AND "answer" IS NULL`;

function identity({ caller, operation, key }: Claim): readonly string[] {
  return [caller, operation, key];
}

function claimStatements(claim: Claim, now: number): readonly Statement[] {
  return [
    { sql: REMOVE_EXPIRED, params: [now, ...identity(claim), now] },
    { sql: INSERT, params: [...identity(claim), claim.arguments, claim.expiresAt] },
  ];
}

/** `free`: not claimed, or rolled back with the batch; `taken`: another call has the key; `held`: it was claimed and committed. */
export interface ClaimingDatabase extends Database {
  readonly state: "free" | "taken" | "held";
}

/** A Database whose first statements run in one batch with a claim: all of it is done, or nothing. Later ones run as they are. */
export function claiming(database: Database, claim: Claim, now: number): ClaimingDatabase {
  let state: ClaimingDatabase["state"] = "free";
  let isFirst = true;

  async function batch(statements: readonly Statement[]) {
    if (!isFirst) return database.batch(statements);
    isFirst = false;
    const before = claimStatements(claim, now);
    try {
      const rows = await database.batch([...before, ...statements]);
      state = "held";
      return rows.slice(before.length);
    } catch (error) {
      if (error instanceof Error && error.message.includes("UNIQUE constraint failed: _af_idempotency."))
        state = "taken";
      throw error;
    }
  }

  return {
    get state() {
      return state;
    },
    batch,
    run: async (statement) => (isFirst ? (await batch([statement]))[0]! : database.run(statement)),
  };
}

export interface KeptAnswer {
  readonly arguments: string;
  /** null while there is none */
  readonly answer: string | null;
}

/** What is kept under a key; undefined where nothing is. */
export async function readAnswer(database: Database, claim: Claim): Promise<KeptAnswer | undefined> {
  const [found] = await database.run({ sql: READ, params: identity(claim) });
  return found as unknown as KeptAnswer | undefined;
}

/** Keeps the answer of a call that has committed. */
export async function storeAnswer(database: Database, claim: Claim, answer: string): Promise<void> {
  await database.run({ sql: STORE, params: [answer, ...identity(claim)] });
}

/** Frees the key of a call that has failed. */
export async function release(database: Database, claim: Claim): Promise<void> {
  await database.run({ sql: RELEASE, params: identity(claim) });
}
