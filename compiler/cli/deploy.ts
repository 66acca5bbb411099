import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applyWrites } from "../write/apply.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { compileProject, hasErrors, openProject, type Project } from "./project.ts";
import { showDiagnostics } from "./show.ts";
import { wrangler } from "./wrangler.ts";

/** `appflare deploy`: compile, migrate the remote database, and hand the Worker to wrangler. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  const compiled = compileProject(project);
  showDiagnostics(io, compiled.diagnostics);
  const { app, plan } = compiled;
  if (hasErrors(compiled) || !app || !plan) return 1;
  applyWrites(plan, project.out);
  const dryRun = flags.has("dry-run");
  if (!dryRun && !app.database.id) {
    io.err(
      `The database has no id. \`npx wrangler d1 create ${app.name}\` makes one; its id goes into the manifest: database: { id: … }\n`,
    );
    return 1;
  }
  const bundle = join(project.folder, ".wrangler/dry-run");
  const steps = dryRun
    ? [["deploy", "--dry-run", "--outdir", bundle]]
    : [["d1", "migrations", "apply", app.database.binding, "--remote"], ["deploy"]];
  return withConfig(project, io, dryRun, async (config) => {
    for (const step of steps) {
      const { ok, output } = await wrangler([...step, "--config", config], project.folder, io.env);
      (ok ? io.out : io.err)(output);
      if (!ok) return 1;
    }
    return 0;
  });
}

/**
 * wrangler's configuration with every `$env.NAME` filled in. It lies beside the generated one, since its paths are relative to it,
 * and only while wrangler runs. A dry run needs no ids and takes the generated file.
 *
 * @throws CommandError for a variable that is not set
 */
async function withConfig(
  project: Project,
  io: Io,
  dryRun: boolean,
  use: (config: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const generated = join(project.folder, "wrangler.jsonc");
  const text = readFileSync(generated, "utf8");
  const filled = dryRun
    ? text
    : text.replace(/"\$env\.(\w+)"/g, (_, name: string) => JSON.stringify(variable(io, name)));
  if (filled === text) return use(generated);
  const config = join(project.folder, "wrangler.deploy.jsonc");
  writeFileSync(config, filled);
  try {
    return await use(config);
  } finally {
    rmSync(config, { force: true });
  }
}

function variable(io: Io, name: string): string {
  const value = io.env[name];
  if (value === undefined || value === "")
    throw new CommandError(`the environment has no ${name}, which the manifest asks for.`);
  return value;
}
