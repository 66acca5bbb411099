/** Somebody of a test file: rows in wire form, and the token that calls as them. */
export interface SignedIn {
  readonly user: { readonly [column: string]: unknown };
  readonly session: { readonly [column: string]: unknown };
  readonly token: string;
}

const DAY = 86_400_000;

/**
 * Somebody with a session that lasts for the day, straight into the tables: no password is hashed, no mail is sent.
 *
 * @param name is the id as well, unless the fields say another
 * @param fields of the row of `users`
 */
export function signedIn(name: string, fields: { readonly [column: string]: unknown }): SignedIn {
  const user = { id: name, name, email: `${name.toLowerCase()}@example.com`, emailVerified: true, ...fields };
  const token = crypto.randomUUID().replaceAll("-", "");
  const session = {
    id: `session-${name}`,
    userId: user.id,
    token,
    expiresAt: new Date(Date.now() + DAY).toISOString(),
  };
  return { user, session, token };
}
