import type { D1Database } from "../host.ts";
import type { Call } from "../load.ts";
import { insert, rows } from "../requests/backend.ts";

/** How many are signed in; the one whose turn it is calls. */
export const USERS = 50;

export const userOf = (index: number): string => `user-${index % USERS}`;

/** A call as who it is the turn of. */
export const signedIn =
  (call: (index: number) => Call) =>
  (index: number): Call => ({
    ...call(index),
    headers: { authorization: `Bearer token-${index % USERS}` },
  });

/** Users who are signed in. */
export async function fillUsers(database: D1Database): Promise<void> {
  const now = Date.now();
  await insert(
    database,
    "users",
    ["id", "name", "email", "created_at", "updated_at"],
    rows(USERS, (at) => [userOf(at), `User ${at}`, `${userOf(at)}@example.com`, now, now]),
  );
  await insert(
    database,
    "sessions",
    ["id", "token", "expires_at", "created_at", "updated_at", "user_id"],
    rows(USERS, (at) => [`session-${at}`, `token-${at}`, now + 30 * 86_400_000, now, now, userOf(at)]),
  );
}
