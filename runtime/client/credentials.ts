/** Where the caller's token is kept between requests. Without `store` and `clear` it comes from elsewhere, and the client only reads it. */
export interface TokenStore {
  /** asked for before every request */
  load(): string | undefined | null | Promise<string | undefined | null>;
  /** called with a token when somebody signs in */
  store?(token: string): void | Promise<void>;
  /** called when somebody signs out, or the server no longer takes the token */
  clear?(): void | Promise<void>;
}

export interface CredentialOptions {
  /** where the token of who is signed in is kept; in memory unless given */
  readonly tokens?: TokenStore;
  /** the browser's cookies say who calls: they go with every request, also to another origin, and no token is kept */
  readonly cookies?: boolean;
  /** called when the server no longer knows the caller: the session has expired or was revoked */
  readonly onSignedOut?: () => void;
}

/** What a client says of its caller. */
export interface Credentials {
  /** the token to send; undefined where cookies say it, or nobody is signed in */
  token(): Promise<string | undefined>;
  keep(token: string): Promise<void>;
  clear(): Promise<void>;
  /**
   * The server does not take what was sent. A token that is still the stored one is thrown away.
   *
   * @param sent undefined where no token was sent
   * @returns whether another token is stored by now, so that another try may do
   */
  refused(sent: string | undefined): Promise<boolean>;
}

/** A store that forgets with the page. */
function inMemory(): TokenStore {
  let kept: string | undefined;
  return {
    load: () => kept,
    store(token) {
      kept = token;
    },
    clear() {
      kept = undefined;
    },
  };
}

/** Makes what says of each request who calls. */
export function createCredentials({ tokens = inMemory(), cookies, onSignedOut }: CredentialOptions): Credentials {
  /** the last one that was refused: of many requests with it the first one tells */
  let lost: string | undefined;
  const token = async () => (cookies ? undefined : ((await tokens.load()) ?? undefined));
  return {
    token,
    async keep(token) {
      if (!cookies) await tokens.store?.(token);
    },
    async clear() {
      if (!cookies) await tokens.clear?.();
    },
    async refused(sent) {
      if (sent === undefined) {
        if (cookies) onSignedOut?.();
        return false;
      }
      const now = await token();
      if (now !== sent) return now !== undefined;
      if (lost === sent) return false;
      lost = sent;
      await tokens.clear?.();
      onSignedOut?.();
      return false;
    },
  };
}
