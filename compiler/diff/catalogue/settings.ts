import type { ChangeKind } from "../kind.ts";

/** What stands around tables and operations. */
export const settingKinds = {
  "app/name": {
    level: "WARNING",
    what: "The backend has another name.",
    reason: "It is deployed as another Worker, at another address; the old one goes on as it is.",
    say: (before: string, after: string) => `The backend is called "${after}", and was called "${before}".`,
  },
  "cors/opened": {
    level: "INSECURE",
    what: "Pages of another origin may call the backend.",
    reason: "Scripts of that origin may call it from people's browsers, and read its answers.",
    say: (origin: string) => `Pages of ${origin} may call the backend.`,
  },
  "cors/closed": {
    level: "BREAKING",
    what: "Pages of an origin may no longer call the backend.",
    reason: "Browsers refuse the calls of clients that are served from there.",
    say: (origin: string) => `Pages of ${origin} may no longer call the backend.`,
  },
  "worker/body-limit-raised": {
    level: "INSECURE",
    what: "Larger requests are taken.",
    reason: "Anybody may make the Worker read that much.",
    say: (before: number, after: number) => `Requests may hold ${after} bytes, and could hold ${before}.`,
  },
  "worker/body-limit-lowered": {
    level: "BREAKING",
    what: "Large requests are refused that were taken.",
    reason: "Shipped clients that send them get 413 `too_large`.",
    say: (before: number, after: number) => `Requests may hold ${after} bytes only, and could hold ${before}.`,
  },
  "worker/compatibility-date": {
    level: "WARNING",
    what: "The Worker runs by the rules of another day.",
    reason: "The platform behaves differently from some dates on.",
    say: (before: string, after: string) => `The Worker's compatibility date is ${after}, and was ${before}.`,
  },
  "worker/wrangler": {
    level: "WARNING",
    what: "Something else is merged into wrangler's configuration.",
    reason: "What it does is wrangler's to say.",
    say: (key: string) => `\`${key}\` of wrangler's configuration is another.`,
  },
  "limit/loosened": {
    level: "INSECURE",
    what: "More requests of one caller are let through, in less time, or not counted exactly any more.",
    reason: "Who tries passwords, or asks for all there is, gets on faster.",
    say: (what: string, before: string, after: string) => `${what} is ${after}, and was ${before}.`,
  },
  "limit/tightened": {
    level: "WARNING",
    what: "Fewer requests of one caller are let through, in more time, or they are counted exactly.",
    reason: "Clients that ask as often as they could get 429 `rate_limited`.",
    say: (what: string, before: string, after: string) => `${what} is ${after}, and was ${before}.`,
  },
  "limit/counted": {
    level: "WARNING",
    what: "Requests count together with others than before: alone or with those of other operations, by user or by address.",
    reason: "What is asked elsewhere, or by others behind one address, takes away from a limit, or no longer does.",
    say: (what: string, before: string, after: string) => `${what} counts ${after}, and counted ${before}.`,
  },
  "limit/added": {
    level: "WARNING",
    what: "An operation has a limit.",
    reason: "Clients that ask more often get 429 `rate_limited`.",
    say: (name: string, limit: string) => `"${name}" has a limit: ${limit}.`,
  },
  "limit/removed": {
    level: "INSECURE",
    what: "An operation has no limit any more.",
    reason: "One caller may call it as often as it likes.",
    say: (name: string, limit: string) => `"${name}" has no limit, and had one: ${limit}.`,
  },
  "database/binding": {
    level: "WARNING",
    what: "The database is bound under another name.",
    reason: "What else names the binding has to follow: scripts, other Workers, local data.",
    say: (before: string, after: string) => `The database is bound as \`${after}\`, and was as \`${before}\`.`,
  },
  "database/id": {
    level: "WARNING",
    what: "The Worker speaks to another database.",
    reason: "The rows stay where they are, in the old one.",
    say: (before: string, after: string) => `The database is ${after}, and was ${before}.`,
  },
  "database/limits": {
    level: "WARNING",
    what: "Lists have another default or largest limit.",
    reason: "Operations are told on their own; lists in handlers get more or fewer rows.",
    say: (limit: string, before: number, after: number) => `\`${limit}\` is ${after}, and was ${before}.`,
  },
} as const satisfies { readonly [code: string]: ChangeKind };
