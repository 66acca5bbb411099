import type { D1Database } from "@cloudflare/workers-types";
import { send } from "./http.ts";

/*
 * A Worker that runs statements on the same D1, and a D1Database on this side that sends it batches whole: a call of Miniflare's own
 * stand-in costs a round trip for each `prepare` and `bind`.
 */

/** The Worker's text; `binding` is what it calls the database. */
export function databaseWorker(binding: string): string {
  return `
const revive = (value) => (typeof value === "object" && value !== null ? Uint8Array.from(atob(value.bytes), (c) => c.charCodeAt(0)) : value);
export default {
  async fetch(request, env) {
    const db = env[${JSON.stringify(binding)}];
    const statements = (await request.json()).map(({ sql, params }) => db.prepare(sql).bind(...params.map(revive)));
    try {
      return Response.json(await db.batch(statements));
    } catch (error) {
      return new Response(error.message, { status: 500 });
    }
  },
};`;
}

interface Prepared {
  readonly sql: string;
  readonly params: readonly unknown[];
}

function encodeParam(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  return value;
}

/** The D1 behind a `databaseWorker`, as far as migrating and seeding go. */
export function databaseAt(url: URL): D1Database {
  const batch = async (statements: readonly Prepared[]) => {
    const body = JSON.stringify(statements.map(({ sql, params }) => ({ sql, params: params.map(encodeParam) })));
    const answer = await send(url, { method: "POST", path: "/", body });
    if (answer.status !== 200) throw new Error(answer.text);
    return JSON.parse(answer.text) as { results: unknown[] }[];
  };
  const prepare = (sql: string, params: readonly unknown[] = []): object => ({
    sql,
    params,
    bind: (...bound: unknown[]) => prepare(sql, bound),
    run: async () => (await batch([{ sql, params }]))[0],
    all: async () => (await batch([{ sql, params }]))[0],
  });
  return { prepare, batch } as unknown as D1Database;
}
