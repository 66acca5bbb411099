/** What of a Durable Object's storage is used: the types of Cloudflare's own package fit, and nobody who imports this needs that package. */
interface Storage {
  readonly sql: {
    exec(query: string, ...bindings: number[]): { toArray(): readonly Record<string, unknown>[] };
  };
  getAlarm(): Promise<number | null>;
  setAlarm(time: number): Promise<void>;
  deleteAll(): Promise<void>;
}

/**
 * Counts exactly what one caller does under one limit: a Durable Object, of which there is one in the world. Never more than so many
 * requests are let through in any span of so many seconds, wherever it begins: of each one the time is kept at which it counts no
 * longer, and the next one has to wait for that of the one so many before it. That is one row read, one written and one removed,
 * however many requests the limit allows. What is refused counts for nothing.
 *
 * No request is looked at while another one is, since nothing between reading and writing waits.
 */
export class LimitCounter {
  readonly #storage: Storage;
  /** the number of the last request that was let through; undefined until the rows were looked at */
  #last: number | undefined;
  #hasAlarm = false;

  constructor(state: { readonly storage: Storage }) {
    this.#storage = state.storage;
  }

  /** Answers the milliseconds that the caller has to wait, 0 where it need not: then the request is counted. */
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const [requests, seconds] = [Number(searchParams.get("requests")), Number(searchParams.get("seconds"))];
    const now = Date.now();
    const wait = this.#take(requests, now, now + seconds * 1000);
    if (wait === 0 && !this.#hasAlarm) {
      this.#hasAlarm = true;
      if ((await this.#storage.getAlarm()) === null) await this.#storage.setAlarm(now + seconds * 1000);
    }
    return Response.json(wait);
  }

  /** Forgets everything when nothing counts any more: addresses come and go, and none keeps storage for ever. */
  async alarm(): Promise<void> {
    this.#open();
    const [row] = this.#storage.sql.exec("SELECT max(until) AS until FROM counted").toArray();
    const until = row!.until as number | null;
    if (until !== null && until > Date.now()) {
      await this.#storage.setAlarm(until);
      return;
    }
    this.#last = undefined;
    this.#hasAlarm = false;
    await this.#storage.deleteAll();
  }

  #open(): number {
    if (this.#last !== undefined) return this.#last;
    const { sql } = this.#storage;
    sql.exec("CREATE TABLE IF NOT EXISTS counted (number INTEGER PRIMARY KEY, until INTEGER NOT NULL)");
    const [row] = sql.exec("SELECT ifnull(max(number), 0) AS number FROM counted").toArray();
    this.#last = row!.number as number;
    return this.#last;
  }

  #take(requests: number, now: number, until: number): number {
    const { sql } = this.#storage;
    const number = this.#open() + 1;
    const [before] = sql.exec("SELECT until FROM counted WHERE number = ?", number - requests).toArray();
    if (before !== undefined && (before.until as number) > now) return (before.until as number) - now;
    sql.exec("INSERT INTO counted VALUES (?, ?)", number, until);
    sql.exec("DELETE FROM counted WHERE number <= ?", number - requests);
    this.#last = number;
    return 0;
  }
}
