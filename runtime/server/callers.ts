import type { SqlValue } from "../wire/toSql.ts";
import type { Caller } from "./caller.ts";
import type { Origins } from "./cors.ts";
import { type Credential, credentialOf, tokenOf } from "./credential.ts";
import type { Database } from "./database.ts";
import { builtIn, Refusal } from "./errors.ts";
import { isTrustedOrigin, untrustedOrigin } from "./origin.ts";
import type { Audience, IdentityPlan } from "./plan.ts";
import { Outdated, proving, type Remembered } from "./proof.ts";

/** Who calls, as the database last said it. */
export interface Known extends Remembered {
  readonly caller: Caller;
  readonly credential: Credential;
  /** null: for good, where there is a ban */
  readonly ban: { readonly until: number | null } | undefined;
}

/** Tokens that an isolate remembers; each has about a kilobyte. */
const MOST_KNOWN = 5000;

/** What a request wants to do, and who may. */
export interface CallerRequest {
  readonly request: Request;
  readonly database: Database;
  readonly audience: Audience;
  /** what it does is not one statement or batch that could prove who calls */
  readonly isHandler: boolean;
  /** whose pages may write with a cookie */
  readonly origins: Origins;
  /** reads the secret of the sessions' signatures */
  readonly secret: () => string;
}

/** Does what was asked, as somebody or nobody; it is called again where who it was is no longer so, and then nothing was done. */
export type AsCaller<T> = (known: Known | undefined, database: Database) => Promise<T>;

/**
 * Refuses who does not belong to an operation's audience.
 *
 * @throws Refusal: 401 where nobody is signed in, 403 where a role is missing
 */
export function admit(audience: Audience, caller: Caller | undefined): void {
  if (audience === "public") return;
  if (caller === undefined) throw unauthorized("Sign in to do that.");
  if (!isOf(audience, caller)) throw builtIn("forbidden", undefined, { rule: "auth" });
}

function isOf(audience: Audience, { user }: Caller): boolean {
  return typeof audience === "string" || audience.includes(String(user["role"]));
}

function unauthorized(message: string): Refusal {
  return new Refusal(401, "unauthorized", message, { headers: { "www-authenticate": "Bearer" } });
}

/**
 * Finds out who calls. What the database said of a token is remembered, and each use of it is proved by the very statement that it is
 * used for: a session that was revoked, a ban and a new role hold from the next request on, and a token that is known costs no round trip.
 */
export class Callers {
  readonly #identity: string;
  readonly #shapes: IdentityPlan["shapes"];
  readonly #known = new Map<string, Known>();

  constructor({ sql, shapes }: IdentityPlan) {
    this.#shapes = shapes;
    this.#identity = typeof sql === "string" ? sql : sql.join("");
  }

  /**
   * Does something as whoever a request is from.
   *
   * @throws Refusal: 401 for a token of nobody, also where the public may call; 403 for a write with a cookie from another's page; what
   * `admit` throws, and what `use` throws
   */
  async as<T>(call: CallerRequest, use: AsCaller<T>): Promise<T> {
    const { request, database, audience, isHandler, origins, secret } = call;
    const credential = credentialOf(request);
    if (credential === undefined) {
      admit(audience, undefined);
      return use(undefined, database);
    }
    if (credential.isCookie && request.method === "POST" && !isTrustedOrigin(request, origins)) throw untrustedOrigin();
    const known = isHandler ? undefined : this.#known.get(keyOf(credential));
    let refused: unknown;
    if (known !== undefined && isGood(known) && (audience === "public" || isOf(audience, known.caller))) {
      const proof = proving(database, this.#identity, known);
      try {
        return await use(known, proof);
      } catch (error) {
        if (proof.proved && !(error instanceof Outdated)) throw error;
        refused = error;
      }
    }
    const found = await this.find(credential, database, secret);
    if (found === undefined) throw unauthorized("The session is over, or it never was: sign in.");
    admit(audience, found.caller);
    // what was refused before the database was asked is for the ears of who is signed in
    if (refused !== undefined && !(refused instanceof Outdated) && found.text === known?.text) throw refused;
    return use(found, database);
  }

  /** Asks the database whose a credential is; what it says is remembered. Undefined where it is nobody's. */
  async find(credential: Credential, database: Database, secret: () => string): Promise<Known | undefined> {
    const key = keyOf(credential);
    const token = this.#known.get(key)?.token ?? (await tokenOf(credential, secret));
    const [found] =
      token === undefined ? [] : await database.run({ sql: `SELECT (${this.#identity}) AS "row"`, params: [token] });
    this.#known.delete(key);
    if (token === undefined || !found?.row) return undefined;
    const known = { token, text: found.row, credential, ...read(found.row, this.#shapes) };
    if (!isGood(known)) return undefined;
    if (this.#known.size >= MOST_KNOWN) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(key, known);
    return known;
  }
}

/** Whether a session lasts and its user is not banned, as the database last said. */
function isGood({ caller, ban }: Known): boolean {
  const now = Date.now();
  if (ban && (ban.until === null || ban.until > now)) return false;
  return Number(caller.session["expiresAt"]) > now;
}

/** What the database says of a token. */
function read(text: string, shapes: IdentityPlan["shapes"]): Pick<Known, "caller" | "ban"> {
  const [user, session, [banned, until]] = JSON.parse(text) as readonly [
    SqlValue[][],
    SqlValue[][],
    readonly [number, number | null],
  ];
  const caller = { user: named(user.flat(), shapes.user), session: named(session.flat(), shapes.session) };
  return { caller, ban: banned ? { until } : undefined };
}

function named(values: readonly SqlValue[], shapes: { readonly [name: string]: unknown }): Caller["user"] {
  return Object.fromEntries(Object.keys(shapes).map((name, index) => [name, values[index]!]));
}

/** A cookie has to be signed, so what is known of a token alone is not known of it. */
function keyOf({ text, isCookie }: Credential): string {
  return `${isCookie ? "cookie" : "bearer"} ${text}`;
}
