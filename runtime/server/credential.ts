import { lookup } from "./lookup.ts";

/** What a request brings to say who it is from. */
export interface Credential {
  /** as it was sent: a session's token, and behind a dot its signature */
  readonly text: string;
  /** a browser sends it along by itself, whatever page asks; it must be signed */
  readonly isCookie: boolean;
}

const BEARER = /^bearer(?:\s+|$)/i;

/** The cookie of a session. A browser takes the prefix only over HTTPS, and then no page without it can set the cookie. */
export function sessionCookieName(url: string): string {
  return url.startsWith("https:") ? "__Secure-appflare.session_token" : "appflare.session_token";
}

/** What `Authorization: Bearer` says, else the session's cookie; undefined where neither is there. */
export function credentialOf(request: Request): Credential | undefined {
  const authorization = request.headers.get("authorization");
  if (authorization !== null && BEARER.test(authorization))
    return { text: decoded(authorization.replace(BEARER, "").trim()), isCookie: false };
  const cookies = request.headers.get("cookie");
  const value = cookies === null ? undefined : lookup(cookiesOf(cookies), sessionCookieName(request.url));
  return value === undefined ? undefined : { text: decoded(value), isCookie: true };
}

/** Cookies by name; of one that comes twice the first, which has the longer path. */
function cookiesOf(header: string): { readonly [name: string]: string } {
  const cookies: { [name: string]: string } = Object.create(null);
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    cookies[pair.slice(0, equals).trim()] ??= pair.slice(equals + 1).trim();
  }
  return cookies;
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The token of a credential; undefined where its signature is not this secret's, or where it lacks one and has to have it.
 *
 * @param secret reads the secret, which only a signature needs
 */
export async function tokenOf({ text, isCookie }: Credential, secret: () => string): Promise<string | undefined> {
  const dot = text.lastIndexOf(".");
  if (dot < 0) return isCookie || text === "" ? undefined : text;
  const token = text.slice(0, dot);
  const signature = bytesOf(text.slice(dot + 1));
  if (signature === undefined) return undefined;
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret()), algorithm, false, ["verify"]);
  const isOurs = await crypto.subtle.verify("HMAC", key, signature, encoder.encode(token));
  return isOurs ? token : undefined;
}

/** The bytes of a text in base64; undefined where it is none, or not the one way to write them. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const text = atob(base64);
    return btoa(text) === base64 ? Uint8Array.from(text, (letter) => letter.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}
