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

/** What a statement fails with where somebody else calls than was remembered: it stands where a path of JSON has to. */
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
 * A Database whose first statements prove who calls: a read is united with rows of which there are none, a batch begins with a statement
 * more, and both fail where the database says something else of the token. So what is remembered is never trusted, and costs no round
 * trip. Later statements run as they are.
 *
 * @param identity the statement that looks a token up: one value, one parameter
 */
export function proving(database: Database, identity: string, { token, text }: Remembered): ProvingDatabase {
  const proof = `json_extract('{}', iif((${identity}) IS ?, '$', '${WORD}')) IS NULL`;
  let isFirst = true;
  let proved = false;

  async function proveBy<T>(run: () => Promise<T>): Promise<T> {
    isFirst = false;
    try {
      return await run();
    } catch (error) {
      if (error instanceof Error && error.message.includes(WORD)) throw new Outdated();
      throw error;
    } finally {
      proved = true;
    }
  }

  async function batch(statements: readonly Statement[]) {
    if (!isFirst) return database.batch(statements);
    const guard = { sql: `SELECT 1 WHERE ${proof}`, params: [token, text] };
    const rows = await proveBy(() => database.batch([guard, ...statements]));
    return rows.slice(1);
  }

  function read({ sql, params, cursor }: Statement) {
    const none = `SELECT NULL AS "row"${cursor ? ', NULL AS "cursor"' : ""} WHERE ${proof}`;
    const both = { sql: `${none} UNION ALL SELECT * FROM (${sql})`, params: [token, text, ...params] };
    return proveBy(() => database.run(both));
  }

  /** What starts with another word may write. */
  const isRead = ({ sql, params }: Statement): boolean =>
    sql.startsWith("SELECT ") && params.length + 2 <= MOST_VALUES && sql.length + proof.length < MOST_LETTERS;

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
