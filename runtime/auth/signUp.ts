import type { Args } from "../server/args.ts";
import type { Validator } from "../server/call.ts";
import { type Detail, invalidArguments } from "../server/errors.ts";
import { lookup } from "../server/lookup.ts";
import { bodyArguments } from "../server/readArguments.ts";

/** What better-auth takes by itself, at endpoints that would take whatever is said of a new user. */
const OWN: { readonly [path: string]: readonly string[] } = {
  "/sign-up/email": ["name", "email", "password", "image", "callbackURL", "rememberMe"],
  "/sign-in/email-otp": ["email", "otp", "name", "image"],
};

/**
 * Judges what is said of a new user beside what better-auth judges: at sign-up the fields that the manifest lets it set, and everywhere that
 * there are no others. Who signs in by a code may be new or not, so fields wait until they have.
 *
 * @param path below `/auth`; other endpoints take nothing of a user
 * @param fields none where there are no such fields
 * @throws Refusal (400)
 */
export function checkSignUp(path: string, text: string, fields: Validator | undefined): void {
  const own = lookup(OWN, path);
  if (own === undefined) return;
  const args = bodyArguments(text, "application/json");
  const more: Args = Object.fromEntries(Object.entries(args).filter(([name]) => !own.includes(name)));
  const isSignUp = path === "/sign-up/email";
  const details = fields && isSignUp ? detailsOf(fields(more)) : Object.keys(more).map(unknown);
  if (details.length > 0) throw invalidArguments(details);
}

function detailsOf(validated: ReturnType<Validator>): readonly Detail[] {
  return "details" in validated ? validated.details : [];
}

const unknown = (path: string): Detail => ({ path, message: "is nothing that may be set here" });
