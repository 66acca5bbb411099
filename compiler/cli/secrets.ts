import type { App } from "../ir/app.ts";
import type { AuthSettings } from "../ir/auth.ts";
import type { Io } from "./io.ts";
import type { Project } from "./project.ts";
import { configuredVariables, signInVariables } from "./signInVariables.ts";
import { wrangler } from "./wrangler.ts";
import { withFilledConfig } from "./wranglerConfig.ts";

/** What sign-in reads and the manifest does not say: it has to be a secret of the deployed Worker. */
export function secretsOf(app: App): readonly string[] {
  const given = configuredVariables(app);
  return signInVariables(app).filter((name) => !given.includes(name));
}

/** The command that sets a secret. */
export const howToSet = (name: string): string => `npx wrangler secret put ${name}`;

/** Without somebody who sends mail, nobody gets one. */
export const NO_MAIL =
  "Sign-in mails links and codes, and nothing sends them: the manifest names a function for that as auth: { mail: ./handlers/mail.ts#send }.\n";

/** Whether a way to sign in needs mail; a forgotten password does. */
export function sendsMail({ emailPassword, emailCode, magicLink }: AuthSettings): boolean {
  return emailPassword !== undefined || emailCode !== undefined || magicLink !== undefined;
}

/** Whether the deployed Worker has all secrets of sign-in; says which it lacks, and how each is set. */
export async function hasSecrets(app: App, project: Project, io: Io): Promise<boolean> {
  const wanted = secretsOf(app);
  if (wanted.length === 0) return true;
  const { ok, output } = await withFilledConfig(project, io, (config) =>
    wrangler(["secret", "list", "--format", "json", "--config", config], project.folder, io.env),
  );
  const set = ok ? namesIn(output) : [];
  const missing = wanted.filter((name) => !set.includes(name));
  if (missing.length === 0) {
    if (app.auth && !app.auth.mail && sendsMail(app.auth)) io.err(NO_MAIL);
    return true;
  }
  // a Worker that was never deployed has none
  if (!ok && !/does not exist|not found|10007/i.test(output)) io.err(output);
  for (const name of missing) io.err(`The Worker has no secret ${name}: ${howToSet(name)}\n`);
  const own = app.auth?.secret.kind === "env" ? app.auth.secret.name : undefined;
  if (own !== undefined && missing.includes(own))
    io.err(`${own} signs sessions; any long random text will do, as \`openssl rand -base64 32\` makes one.\n`);
  return false;
}

/** The names of secrets in what wrangler prints, a list of JSON. */
function namesIn(output: string): readonly string[] {
  try {
    const listed = JSON.parse(output.slice(output.indexOf("["))) as readonly { readonly name: string }[];
    return listed.map(({ name }) => name);
  } catch {
    return [];
  }
}
