import { type CredentialOptions, type Credentials, createCredentials } from "./credentials.ts";
import { deadline } from "./deadline.ts";
import { AppflareError, errorOf } from "./error.ts";
import { delayBefore, isTransient, wait } from "./retry.ts";

export interface ClientOptions extends CredentialOptions {
  /** where the Worker answers, `https://api.example.com`; a path is kept */
  readonly baseUrl: string;
  /** what sends requests; the platform's `fetch` unless given */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** sent with every request */
  readonly headers?: { readonly [name: string]: string };
  /** further tries of a call that got no answer or a passing refusal; 2 unless given. A mutation without a key is never sent twice */
  readonly retries?: number;
  /** milliseconds that a call may take with all its tries; 30,000 unless given, 0 for any time */
  readonly timeout?: number;
}

export interface CallOptions {
  /** aborts the call: it then throws the signal's reason */
  readonly signal?: AbortSignal;
}

export interface MutationOptions extends CallOptions {
  /** one for each thing that shall happen once: the server runs no mutation twice with it, so that the client may send it again */
  readonly idempotencyKey?: string;
}

/** One HTTP request of a call. */
export interface Outgoing {
  readonly method: "GET" | "POST";
  /** below the base URL */
  readonly path: string;
  readonly body?: string;
  /** what it does to the caller's session. One that begins it says nothing of an earlier one */
  readonly session?: "begins" | "changes" | "ends";
}

/** Sends requests and gives back the JSON of good answers. */
export interface Transport {
  readonly credentials: Credentials;
  /**
   * @throws AppflareError for a refusal and where no proper answer came
   * @throws the signal's reason when the caller aborts
   */
  send(request: Outgoing, options?: MutationOptions): Promise<unknown>;
}

const DEFAULT_RETRIES = 2;
const DEFAULT_TIMEOUT = 30_000;
/** Cloudflare takes URLs of 16 KB; some proxies less, and they say so themselves. */
const LONGEST_URL = 16_000;
/** Of an answer that is no JSON, as much as helps to recognise it. */
const EXCERPT = 200;

const platformFetch: NonNullable<ClientOptions["fetch"]> = (url, init) => globalThis.fetch(url, init);

async function readAnswer(response: Response): Promise<unknown> {
  const { status } = response;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    const message = `The answer (${status}) is not JSON: ${text.slice(0, EXCERPT) || "it is empty"}`;
    throw new AppflareError(message, { code: "invalid_response", status, requestId, cause });
  }
  if (response.ok) return body;
  const error = errorOf(body, status);
  if (error) throw error;
  throw new AppflareError(`The answer (${status}) is not this API's: ${text.slice(0, EXCERPT)}`, {
    code: "invalid_response",
    status,
    requestId,
  });
}

/** Makes what sends a client's requests. */
export function createTransport(options: ClientOptions): Transport {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? platformFetch;
  const retries = options.retries ?? DEFAULT_RETRIES;
  const timeout = options.timeout ?? DEFAULT_TIMEOUT;

  const credentials = createCredentials(options);

  function headersFor(body: string | undefined, key: string | undefined, token: string | undefined) {
    return {
      accept: "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...options.headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { "idempotency-key": key }),
    };
  }

  /** One try. Where another may do, `again` is what to wait for. */
  async function attempt(url: string, request: Outgoing, key: string | undefined, signal: AbortSignal) {
    const { method, body, session } = request;
    const token = session === "begins" ? undefined : await credentials.token();
    const headers = headersFor(body, key, token);
    signal.throwIfAborted();
    try {
      const response = await send(url, {
        method,
        headers,
        signal,
        ...(body !== undefined && { body }),
        ...(options.cookies && { credentials: "include" }),
      });
      const again = isTransient(response.status) ? { header: response.headers.get("retry-after") } : undefined;
      return { response, token, again };
    } catch (cause) {
      signal.throwIfAborted();
      const error = new AppflareError("The server cannot be reached.", { code: "network_error", status: 0, cause });
      return { error, again: { header: null } };
    }
  }

  async function sendAll(
    url: string,
    request: Outgoing,
    key: string | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    const tries = request.method === "GET" || key !== undefined ? retries : 0;
    let fresh = false;
    for (let number = 0; ; number += 1) {
      const { response, error, token, again } = await attempt(url, request, key, signal);
      // who is not known was refused before anything was done, so that even a mutation may be sent again
      if (response?.status === 401 && request.session !== "begins" && (await credentials.refused(token)) && !fresh) {
        fresh = true;
        await response.body?.cancel();
        continue;
      }
      const delay = again && number < tries ? delayBefore(number, again.header) : undefined;
      if (delay === undefined) {
        if (error) throw error;
        const answer = await readAnswer(response);
        if (request.session) await follow(request.session, response, answer);
        return answer;
      }
      await response?.body?.cancel();
      await wait(delay, signal);
    }
  }

  /** Keeps the token of who signed in; the body tells it also where a browser hides the header. */
  async function follow(session: NonNullable<Outgoing["session"]>, response: Response, answer: unknown): Promise<void> {
    if (session === "ends") return credentials.clear();
    const { token } = (answer ?? {}) as { readonly token?: unknown };
    const kept = typeof token === "string" ? token : response.headers.get("set-auth-token");
    if (kept !== null) await credentials.keep(kept);
  }

  return {
    credentials,
    async send(request, { signal: outer, idempotencyKey } = {}) {
      const url = baseUrl + request.path;
      if (url.length > LONGEST_URL) {
        const message = `The arguments make a URL of ${url.length} characters; at most ${LONGEST_URL} are sent.`;
        throw new AppflareError(message, { code: "url_too_long", status: 0 });
      }
      const { signal, release } = deadline(timeout, outer);
      try {
        return await sendAll(url, request, idempotencyKey, signal);
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        release();
      }
    },
  };
}
