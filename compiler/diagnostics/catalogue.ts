import { authMessages } from "./messages/auth.ts";
import { languageMessages } from "./messages/language.ts";
import { projectMessages } from "./messages/project.ts";
import { ruleMessages } from "./messages/rules.ts";
import { sourceMessages } from "./messages/source.ts";

/**
 * Every code that appflare can say, with its message. A message is a function of the names it needs, so that a missing one is
 * a type error. Each code has a folder under `test/diagnostics`.
 */
export const catalogue = {
  ...sourceMessages,
  ...languageMessages,
  ...authMessages,
  ...ruleMessages,
  ...projectMessages,
} as const;

export type DiagnosticCode = keyof typeof catalogue;

/** What the message of a code has to be told. */
export type MessageParameters<C extends DiagnosticCode> = Parameters<(typeof catalogue)[C]>;
