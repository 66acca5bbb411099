import type { Validator } from "../server/call.ts";
import { Refusal } from "../server/errors.ts";
import type { SignInAnswerer, SignInRequest } from "../server/signIn.ts";
import { deferring, makeBetterAuth, type Place } from "./betterAuth.ts";
import { endpointOf, endpointsOf, isLimited } from "./endpoints.ts";
import { readAnswer } from "./readAnswer.ts";
import type { AuthOptions } from "./settings.ts";
import { checkSignUp } from "./signUp.ts";

type BetterAuth = ReturnType<typeof makeBetterAuth>;

/**
 * Makes what answers `/auth/*`.
 *
 * @returns a function that throws a Refusal for what is refused, in the words of the one envelope
 */
export function createAuth<Env extends object>(options: AuthOptions<Env>): SignInAnswerer<Env> {
  const endpoints = endpointsOf(options.settings, options.social !== undefined);
  let made: { readonly env: Env; readonly base: string; readonly auth: BetterAuth } | undefined;

  /** The environment is one object for all requests, and nearly all of them come to one address. */
  function authAt(place: Place<Env>): BetterAuth {
    const base = place.origin + place.basePath;
    if (made?.env !== place.env || made.base !== base)
      made = { env: place.env, base, auth: makeBetterAuth(options, place) };
    return made.auth;
  }

  return async (asked) => {
    const { request, basePath } = asked;
    const { origin, pathname, searchParams } = new URL(request.url);
    const path = pathname.slice(pathname.indexOf(basePath) + basePath.length);
    // where a provider, or a link, leads back to when something went wrong and the app named no page for that
    if (request.method === "GET" && path === "/error") throw failed(searchParams.get("error"));
    const endpoint = endpointOf(endpoints, request.method, path);
    if (endpoint === undefined) throw new Refusal(404, "unknown_operation", `There is nothing at ${pathname}.`);
    if (isLimited(endpoint)) await asked.limit();
    const sent = await withBody(path, asked, options.signUp);
    const response = await deferring.run(asked.defer, () => authAt({ ...asked, origin }).handler(sent));
    return readAnswer(response, asked);
  };
}

/** better-auth takes no POST without a body, where there is nothing to say either. */
async function withBody<Env extends object>(
  path: string,
  { request, body }: SignInRequest<Env>,
  fields: Validator | undefined,
): Promise<Request> {
  if (request.method !== "POST") return request;
  const headers = new Headers(request.headers);
  // a provider posts a form where it leads back to; all else is JSON, whatever it says it is
  const isForm = path.startsWith("/callback/");
  // Node's fetch says a mode as pages do, and no more: better-auth would ask it for an origin, which every page's POST has
  if (!["origin", "cookie", "sec-fetch-site"].some((name) => headers.has(name))) headers.delete("sec-fetch-mode");
  if (!isForm) headers.set("content-type", "application/json");
  const text = await body();
  if (path === "/sign-up/email") checkSignUp(text, fields);
  return new Request(request.url, { method: "POST", headers, body: text === "" && !isForm ? "{}" : text });
}

function failed(reason: string | null): Refusal {
  const code = reason !== null && /^\w{1,64}$/.test(reason) ? reason.toLowerCase() : "sign_in_failed";
  return new Refusal(400, code, "Signing in did not work. Try again.");
}
