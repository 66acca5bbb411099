import type { Validator } from "../server/call.ts";
import { Refusal } from "../server/errors.ts";
import { isTrustedOrigin, untrustedOrigin } from "../server/origin.ts";
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
    if (endpoint === "GET /reset-password/:token" && !searchParams.get("callbackURL")) throw leadsNowhere();
    if (isFromElsewhere(path, asked)) throw untrustedOrigin();
    if (isLimited(endpoint)) await asked.limit();
    const sent = await withBody(path, asked, options.signUp);
    const response = await deferring.run(asked.defer, () => authAt({ ...asked, origin }).handler(sent));
    const leadsTo = response.headers.get("location");
    // who opens a link without a page to come back to wants an answer
    if (path === "/magic-link/verify" && leadsTo !== null && !searchParams.has("callbackURL"))
      if (!searchParams.has("errorCallbackURL")) throw failed(new URL(leadsTo, origin).searchParams.get("error"));
    return readAnswer(response, asked);
  };
}

/** A provider posts a form where it leads back to: that comes from its page, and is known by what it brings. */
const isForm = (path: string): boolean => path.startsWith("/callback/");

/** Whether another's page asks, which must not sign anybody in either. Who sends a token does what a page cannot make a browser do. */
function isFromElsewhere(
  path: string,
  { request, origins }: Pick<SignInRequest<object>, "request" | "origins">,
): boolean {
  const { headers, method } = request;
  if (method !== "POST" || isForm(path) || headers.has("authorization")) return false;
  return headers.has("origin") && !isTrustedOrigin(request, origins);
}

/** better-auth takes no POST without a body, where there is nothing to say either. */
async function withBody<Env extends object>(
  path: string,
  { request, body }: SignInRequest<Env>,
  fields: Validator | undefined,
): Promise<Request> {
  if (request.method !== "POST") return request;
  const headers = new Headers(request.headers);
  // Node's fetch says a mode as pages do, and no more: better-auth would ask it for an origin, which every page's POST has
  if (!["origin", "cookie", "sec-fetch-site"].some((name) => headers.has(name))) headers.delete("sec-fetch-mode");
  // all but a form is JSON, whatever it says it is
  if (!isForm(path)) headers.set("content-type", "application/json");
  const text = await body();
  checkSignUp(path, text, fields);
  return new Request(request.url, { method: "POST", headers, body: text === "" && !isForm(path) ? "{}" : text });
}

/** better-auth would say that the link is no longer good, which it is. */
function leadsNowhere(): Refusal {
  const message =
    "This link was to lead to a page that asks for a new password; nobody named one when the link was asked for.";
  return new Refusal(400, "invalid_arguments", message);
}

function failed(reason: string | null): Refusal {
  const code = reason !== null && /^\w{1,64}$/.test(reason) ? reason.toLowerCase() : "sign_in_failed";
  return new Refusal(400, code, "Signing in did not work. Try again.");
}
