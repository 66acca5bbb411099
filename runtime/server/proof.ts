import type { Database, Statement } from "./database.ts";

/** A session's token and what the database last said of it. */
export interface Remembered {
  readonly token: string;
  readonly text: string;
}

/** The database says something else of a token than what is remembered. What came with the proof was not done. */
export class Outdated extends Error {
  constructor() {
    super("What is remembered of the caller is no longer so.");
  }
}

/** What a guard aborts a batch with. */
const WORD = "_af:caller";
/** What D1 takes of one statement: values, and bytes. */
const MOST_VALUES = 100;
const MOST_BYTES = 100_000;
/** A letter of UTF-16 has three bytes at most. */
const MOST_LETTERS = MOST_BYTES / 3;

/** `proved`: the database has said that what is remembered is so. */
export interface ProvingDatabase extends Database {
  readonly proved: boolean;
}

/**
 * A Database whose first statements prove who calls: a read brings what it says of the token as one row more, a write stands in a batch
 * behind a guard. So what is remembered is never trusted, and costs no round trip. Later statements run as they are.
 *
 * @param identity the statement that looks a token up: one value, one parameter
 */
export function proving(database: Database, identity: string, { token, text }: Remembered): ProvingDatabase {
  let isFirst = true;
  let proved = false;

  async function batch(statements: readonly Statement[]) {
    if (!isFirst) return database.batch(statements);
    isFirst = false;
    const guard = {
      sql: `INSERT INTO "_af_guard" ("code") SELECT '${WORD}' WHERE (${identity}) IS NOT ?`,
      params: [token, text],
    };
    try {
      const [, ...rows] = await database.batch([guard, ...statements]);
      return rows;
    } catch (error) {
      if (error instanceof Error && error.message.includes(WORD)) throw new Outdated();
      throw error;
    } finally {
      // whatever else went wrong did so behind the guard
      proved = true;
    }
  }

  async function read({ sql, params, cursor }: Statement) {
    isFirst = false;
    const both = `SELECT (${identity}) AS "row"${cursor ? ', NULL AS "cursor"' : ""} UNION ALL SELECT * FROM (${sql})`;
    const [proof, ...rows] = await database.run({ sql: both, params: [token, ...params] });
    if (proof!.row !== text) throw new Outdated();
    proved = true;
    return rows;
  }

  /** What starts with another word may write. */
  const isRead = ({ sql, params }: Statement): boolean =>
    sql.startsWith("SELECT ") && params.length < MOST_VALUES && sql.length + identity.length < MOST_LETTERS;

  return {
    get proved() {
      return proved;
    },
    batch,
    run: async (statement) => {
      if (!isFirst) return database.run(statement);
      return isRead(statement) ? read(statement) : (await batch([statement]))[0]!;
    },
  };
}
