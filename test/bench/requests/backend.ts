import type { D1Database } from "../host.ts";
import type { Call } from "../load.ts";

/** A backend that stands beside handwritten ones: a folder here with `limit.ts` and `usual.ts`, and a spec of the same name. */
export interface Backend {
  readonly name: string;
  /** Fills tables that the generated migrations made: the same rows for every Worker. */
  fill(database: D1Database): Promise<void>;
  /** The requests that are measured, for the Worker at `url`: what pages follow is in each one's own form. */
  cases(url: string): Promise<readonly Case[]>;
  /** What a Worker has to refuse, leaving nothing behind. */
  readonly refused: readonly Refused[];
  /** Statements whose answers say what was written: the same on every side, however each one wrote it. */
  readonly written: readonly string[];
}

export interface Case {
  readonly name: string;
  call(index: number): Call;
  /** properties of the answer that each Worker makes by itself: ids, times, cursors */
  readonly own?: readonly string[];
}

export interface Refused {
  readonly call: Call;
  readonly status: number;
}

export const get = (path: string): Call => ({ method: "GET", path });

export const post = (path: string, body: unknown): Call => ({ method: "POST", path, body: JSON.stringify(body) });

/** A row for each index. */
export function rows(count: number, make: (index: number) => readonly unknown[]): readonly (readonly unknown[])[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Inserts rows, some thousand with a statement. */
export async function insert(
  database: D1Database,
  table: string,
  columns: readonly string[],
  all: readonly (readonly unknown[])[],
): Promise<void> {
  const values = columns.map((_, index) => `value ->> ${index}`).join(", ");
  for (let at = 0; at < all.length; at += 2000)
    await database
      .prepare(`INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values} FROM json_each(?)`)
      .bind(JSON.stringify(all.slice(at, at + 2000)))
      .run();
}
