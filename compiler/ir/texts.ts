import type { Place } from "../manifest/place.ts";
import type { AuthSettings } from "./auth.ts";
import type { Caller } from "./heldBy.ts";
import type { Report } from "./report.ts";

/** How literals are read: a manifest escapes a leading `$`; JavaScript values of a handler come as they are. */
export interface LiteralContext {
  readonly report: Report;
  /** what a text that starts with `$` means: in a manifest a reference, in values of a handler nothing special */
  readonly references: "manifest" | "none";
  /** whose call it is; absent: a named condition, or a rule, is of nobody's call */
  readonly caller?: Caller | undefined;
  /** what `$user` and `$session` have; absent: nobody signs in */
  readonly signIn?: SignedIn | undefined;
}

/** What is known of who calls: columns of the tables of users and of sessions. */
export type SignedIn = Pick<AuthSettings, "user" | "session">;

/** What to do with a text that starts like a reference. */
export const escapeHint = 'A text that starts with "$" doubles it: "$$".';

/** A text of the manifest that may not be a reference: `$$` at its start is one `$`. */
export function lowerText(text: string, place: Place, { report, references }: LiteralContext): string | undefined {
  if (references === "none" || !text.startsWith("$")) return text;
  return text.startsWith("$$") ? text.slice(1) : report("reference/not-here", place, [text], { hint: escapeHint });
}

/** A description, where one is written. */
export function described(
  { description }: { readonly description?: string },
  place: Place,
  context: LiteralContext,
): { readonly description?: string } {
  const text = description === undefined ? undefined : lowerText(description, place.at("description"), context);
  return text === undefined ? {} : { description: text };
}
