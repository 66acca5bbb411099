import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "../ir/app.ts";
import type { Setting } from "../ir/setting.ts";
import { type Project, readText } from "./project.ts";

/** Tells a Worker that it is served by `dev`: mail that nobody sends is printed. */
const DEVELOPING = "APPFLARE_DEV";

const SECRET_BYTES = 32;

/** The variables that sign-in reads from the environment, its secret first; none where nobody signs in. */
export function signInVariables({ auth }: App): readonly string[] {
  if (!auth) return [];
  const social = [...auth.social.values()].flatMap((settings) => [...settings.values()]);
  const names = [auth.secret, ...auth.trustedOrigins, ...social].flatMap(nameOf);
  return [...new Set(names)];
}

function nameOf(setting: Setting): string[] {
  return setting.kind === "env" ? [setting.name] : [];
}

/** What a project keeps for development: variables of `.dev.vars`, or of `.env`, as wrangler reads them. */
function ownVariables({ folder }: Project): ReadonlySet<string> {
  const text = readText(join(folder, ".dev.vars")) ?? readText(join(folder, ".env")) ?? "";
  return new Set([...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=/gm)].map(([, name]) => name!));
}

/** What a local Worker is given for sign-in, and which variables nobody has set. */
export interface LocalVariables {
  readonly variables: { readonly [name: string]: string };
  readonly missing: readonly string[];
}

/**
 * The variables of a local Worker. Where the project has no secret of its own there is one for this machine, kept beside the local
 * database: as long as the sessions that it signs.
 *
 * @param state where the local database is
 */
export function localVariables(app: App, project: Project, state: string): LocalVariables {
  if (!app.auth) return { variables: {}, missing: [] };
  const { secret } = app.auth;
  const given = new Set([...ownVariables(project), ...configuredVariables(app)]);
  const missing = signInVariables(app).filter((name) => !given.has(name));
  const [own] = nameOf(secret);
  const isMade = own !== undefined && missing.includes(own);
  return {
    variables: { [DEVELOPING]: "1", ...(isMade && { [own]: localSecret(join(state, "appflare-secret")) }) },
    missing: missing.filter((name) => name !== own),
  };
}

/** The names of variables in the manifest's part of wrangler's configuration. */
export function configuredVariables({ worker: { wrangler } }: App): readonly string[] {
  const { vars } = wrangler;
  return typeof vars === "object" && vars !== null ? Object.keys(vars) : [];
}

function localSecret(path: string): string {
  const kept = readText(path)?.trim();
  if (kept) return kept;
  const made = randomBytes(SECRET_BYTES).toString("base64url");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${made}\n`, { mode: 0o600 });
  return made;
}

/** What `dev` says of variables that sign-in will miss. */
export function missingVariables(names: readonly string[]): string {
  const lines = names.map((name) => `  ${name}=…\n`).join("");
  return `Sign-in reads what is not set. Put it into .dev.vars, beside the manifest:\n${lines}`;
}
