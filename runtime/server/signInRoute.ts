import type { Callers } from "./callers.ts";
import { credentialOf } from "./credential.ts";
import type { Database } from "./database.ts";
import type { Limiter } from "./limiter.ts";
import { bodyText } from "./readBody.ts";
import { renewalOf } from "./renewal.ts";
import { authPath, type SignInOptions, type SignInRequest, sentBy } from "./signIn.ts";
import { whoIs } from "./whoIs.ts";

/** What a server shares with sign-in. */
export interface SignInParts {
  readonly callers: Callers;
  readonly database: Database;
  readonly limiter: Limiter;
  readonly maxBodyBytes: number;
}

type Asked<Env extends object> = Pick<SignInRequest<Env>, "request" | "env" | "origins" | "secret" | "defer">;

/**
 * Answers a request to `/auth/*`. Who is signed in is known here; all else is better-auth's, which is loaded for it.
 *
 * @param path as the routes see it
 * @throws Refusal
 */
export async function answerSignIn<Env extends object>(
  options: SignInOptions<Env>,
  path: string,
  asked: Asked<Env>,
  parts: SignInParts,
): Promise<Response> {
  const { request, env, secret } = asked;
  const { callers, database, limiter, maxBodyBytes } = parts;
  const credential = credentialOf(request);
  const known = credential && (await callers.find(credential, database, () => secret));
  if (request.method === "GET" && path.endsWith("/auth/get-session")) {
    const renewal = known && renewalOf(options.identity, known, request, Date.now());
    if (renewal) asked.defer(database.run(renewal.statement));
    return Response.json(known ? whoIs(known.caller, options.identity) : null, { headers: { ...renewal?.headers } });
  }
  const { auth } = await options.load();
  return auth({
    ...asked,
    basePath: authPath(path),
    // who is banned is nobody to better-auth, too
    request: sentBy(request, known?.credential),
    body: () => bodyText(request, maxBodyBytes),
    limit: async () => {
      if (options.limit !== undefined) await limiter(options.limit, { request, env, user: undefined });
    },
    userOf: async (token) => {
      const found = await callers.find({ text: token, isCookie: false }, database, () => secret);
      return found ? whoIs(found.caller, options.identity).user : null;
    },
  });
}
