import type { ChangeKind } from "../kind.ts";

/** How people sign in, and who may call what. */
export const authKinds = {
  "access/widened": {
    level: "INSECURE",
    what: "More people may call an operation: others of some role, whoever is signed in, or anybody.",
    reason: "They reach what only others could reach.",
    say: (name: string, before: string, after: string) => `"${name}" is for ${after}, and was for ${before}.`,
  },
  "access/narrowed": {
    level: "BREAKING",
    what: "Fewer people may call an operation.",
    reason: "Shipped clients that call it as somebody else get 401 `unauthorized` or 403 `forbidden`.",
    say: (name: string, before: string, after: string) => `"${name}" is for ${after} only, and was for ${before}.`,
  },
  "access/system": {
    level: "INSECURE",
    what: "An operation no longer obeys rules: it says `as: system`.",
    reason: "Its callers reach rows that rules keep from them elsewhere.",
    say: (name: string, because: string) => `"${name}" does not obey rules: ${because}.`,
  },
  "access/no-system": {
    level: "BREAKING",
    what: "An operation obeys rules that it did not obey: it says `as: system` no more.",
    reason: "Its callers miss rows, or are refused writes, that rules do not allow them.",
    say: (name: string) => `"${name}" obeys rules, and did not.`,
  },
  "auth/added": {
    level: "SAFE",
    what: "People can sign in.",
    reason: "Nobody does yet. What changes for operations is told on its own.",
    say: () => "People can sign in.",
  },
  "auth/removed": {
    level: "BREAKING",
    what: "Nobody can sign in any more.",
    reason: "Clients that sign people in get 404, and there are no sessions.",
    say: () => "Nobody can sign in any more.",
  },
  "auth/way-added": {
    level: "WARNING",
    what: "There is one more way to sign in.",
    reason: "Accounts are made by it, and are as safe as it is.",
    say: (way: string) => `People can sign in by \`${way}\`.`,
  },
  "auth/way-removed": {
    level: "BREAKING",
    what: "A way to sign in is gone.",
    reason: "Who signed in by it alone cannot sign in any more.",
    say: (way: string) => `People can no longer sign in by \`${way}\`.`,
  },
  "auth/loosened": {
    level: "INSECURE",
    what: "Sign-in asks for less: a shorter password or code, no verified address, or something that holds longer.",
    reason: "What it asks for is easier to guess, or to use for somebody else.",
    say: (what: string, before: string, after: string) => `\`auth.${what}\` is ${after}, and was ${before}.`,
  },
  "auth/tightened": {
    level: "WARNING",
    what: "Sign-in asks for more: a longer password or code, a verified address, or something that holds less long.",
    reason: "People have to sign in again, choose other passwords, or verify their address.",
    say: (what: string, before: string, after: string) => `\`auth.${what}\` is ${after}, and was ${before}.`,
  },
  "auth/origin-opened": {
    level: "INSECURE",
    what: "Pages of another origin may act by the cookie of who is signed in.",
    reason: "Scripts of that origin may act for people whose browsers hold a session.",
    say: (origin: string) => `Pages of ${origin} may act by the cookie of who is signed in.`,
  },
  "auth/origin-closed": {
    level: "BREAKING",
    what: "Pages of an origin may no longer act by the cookie of who is signed in.",
    reason: "Clients that are served from there get 403 `forbidden`.",
    say: (origin: string) => `Pages of ${origin} may no longer act by the cookie of who is signed in.`,
  },
  "auth/input-opened": {
    level: "INSECURE",
    what: "People may set a field of theirs at sign-up.",
    reason: "They choose its value themselves: nothing may hang on it that they must not choose.",
    say: (field: string) => `People may set "${field}" at sign-up.`,
  },
  "auth/input-closed": {
    level: "BREAKING",
    what: "People may no longer set a field at sign-up.",
    reason: "Shipped clients that send it are refused.",
    say: (field: string) => `People may no longer set "${field}" at sign-up.`,
  },
  "auth/input-required": {
    level: "BREAKING",
    what: "Sign-up needs one more field.",
    reason: "Shipped clients do not send it, and are refused.",
    say: (field: string) => `Sign-up needs "${field}".`,
  },
  "auth/secret": {
    level: "WARNING",
    what: "Sessions are signed with another secret.",
    reason: "Everybody has to sign in again.",
    say: (before: string, after: string) => `Sessions are signed with \`${after}\`, and were with \`${before}\`.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };
