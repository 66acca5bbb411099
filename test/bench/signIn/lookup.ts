/*
 * What a person might write by hand for the list of `appflare.yaml`: nobody is asked who they are, a session is looked up in a round trip of
 * its own, or in the batch of the query.
 */
interface Prepared {
  bind(...values: unknown[]): Prepared;
  all(): Promise<{ results: { row: string }[] }>;
}

interface Env {
  readonly DB: {
    prepare(sql: string): Prepared;
    batch(statements: Prepared[]): Promise<{ results: { row: string }[] }[]>;
  };
}

const LIST = `SELECT json_object('id', "id", 'title', "title", 'done', json(iif("done", 'true', 'false')), 'createdAt',
  replace(datetime("created_at" / 1000.0, 'unixepoch', 'subsec'), ' ', 'T') || 'Z', 'ownerId', "owner_id") AS "row"
  FROM "notes" WHERE "owner_id" = ? ORDER BY "id" DESC LIMIT 20`;
const LIST_OF_SESSION = LIST.replace("= ?", `= (SELECT "user_id" FROM "sessions" WHERE "token" = ?)`);
const SESSION = `SELECT json_array(s."expires_at", u."id", u."role") AS "row"
  FROM "sessions" AS s JOIN "users" AS u ON u."id" = s."user_id" WHERE s."token" = ?`;

const answer = (rows: readonly { row: string }[]): Response =>
  new Response(`[${rows.map(({ row }) => row).join(",")}]`, { headers: { "content-type": "application/json" } });

/** @returns whose session it is; undefined where it is over */
function ownerOf(rows: readonly { row: string }[]): string | undefined {
  const [expiresAt, id] = JSON.parse(rows[0]?.row ?? "[0]") as [number, string];
  return expiresAt > Date.now() ? id : undefined;
}

export default {
  async fetch(request: Request, { DB }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const token = request.headers.get("authorization")?.slice("Bearer ".length) ?? "";
    switch (pathname) {
      case "/nobody":
        return answer((await DB.prepare(LIST).bind(searchParams.get("owner")).all()).results);
      case "/roundTrip": {
        const owner = ownerOf((await DB.prepare(SESSION).bind(token).all()).results);
        if (owner === undefined) return new Response(null, { status: 401 });
        return answer((await DB.prepare(LIST).bind(owner).all()).results);
      }
      default: {
        const statements = [DB.prepare(SESSION).bind(token), DB.prepare(LIST_OF_SESSION).bind(token)];
        const [session, rows] = await DB.batch(statements);
        return ownerOf(session!.results) === undefined ? new Response(null, { status: 401 }) : answer(rows!.results);
      }
    }
  },
};
