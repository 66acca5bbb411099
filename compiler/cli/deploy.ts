import { join } from "node:path";
import { applyWrites } from "../write/apply.ts";
import type { Call, ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { applyRemotely } from "./migration/remote.ts";
import { compileForMigration, planNext, writeAndApply } from "./migration/write.ts";
import { compileProject, hasErrors, openProject, type Project } from "./project.ts";
import { hasSecrets, howToSet, NO_MAIL, secretsOf, sendsMail } from "./secrets.ts";
import { showDiagnostics } from "./show.ts";
import { wrangler } from "./wrangler.ts";
import { generatedConfig, withFilledConfig } from "./wranglerConfig.ts";

/** `appflare deploy`: compile, migrate the remote database, and hand the Worker to wrangler. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  if (flags.has("dry-run")) return dryRun(project, io);
  const { app } = compileProject(project);
  if (app && !(await hasSecrets(app, project, io))) return 1;
  if (!(await migrateRemotely(project, io))) return 1;
  return withFilledConfig(project, io, (config) => wranglerDeploy(project, io, ["--config", config]));
}

/** Bundles and checks; it needs no ids and takes the generated configuration. */
async function dryRun(project: Project, io: Io): Promise<ExitCode> {
  const compiled = compileProject(project);
  showDiagnostics(io, compiled.diagnostics);
  if (hasErrors(compiled) || !compiled.plan) return 1;
  applyWrites(compiled.plan, project.out);
  for (const name of secretsOf(compiled.app!)) io.err(`${name} has to be a secret of the Worker: ${howToSet(name)}\n`);
  if (compiled.app!.auth && !compiled.app!.auth.mail && sendsMail(compiled.app!.auth)) io.err(NO_MAIL);
  const bundle = join(project.folder, ".wrangler/dry-run");
  return wranglerDeploy(project, io, ["--dry-run", "--outdir", bundle, "--config", generatedConfig(project)]);
}

/** As `appflare migrate --remote` does it; what would lose something has to be migrated by hand first. */
async function migrateRemotely(project: Project, io: Io): Promise<boolean> {
  const compiled = compileForMigration(project, io);
  const next = compiled && (await planNext(project, compiled, { allowDestructive: false }, io));
  if (!compiled || !next) return false;
  return writeAndApply(project, compiled, next, io, () => applyRemotely(project, compiled.app!, "remote", io));
}

async function wranglerDeploy({ folder }: Project, io: Io, words: readonly string[]): Promise<ExitCode> {
  const { ok, output } = await wrangler(["deploy", ...words], folder, io.env);
  (ok ? io.out : io.err)(output);
  return ok ? 0 : 1;
}
