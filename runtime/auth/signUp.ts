import type { Args } from "../server/args.ts";
import type { Validator } from "../server/call.ts";
import { type Detail, invalidArguments } from "../server/errors.ts";
import { bodyArguments } from "../server/readArguments.ts";

/** What better-auth takes by itself. */
const OWN: readonly string[] = ["name", "email", "password", "image", "callbackURL", "rememberMe"];

/**
 * Judges what is sent to sign up beside what better-auth judges: the fields that the manifest lets sign-up set, and that there are no others.
 *
 * @param fields none where there are no such fields
 * @throws Refusal (400)
 */
export function checkSignUp(text: string, fields: Validator | undefined): void {
  const args = bodyArguments(text, "application/json");
  const more: Args = Object.fromEntries(Object.entries(args).filter(([name]) => !OWN.includes(name)));
  const details = fields ? detailsOf(fields(more)) : Object.keys(more).map(unknown);
  if (details.length > 0) throw invalidArguments(details);
}

function detailsOf(validated: ReturnType<Validator>): readonly Detail[] {
  return "details" in validated ? validated.details : [];
}

const unknown = (path: string): Detail => ({ path, message: "is nothing that sign-up may set" });
