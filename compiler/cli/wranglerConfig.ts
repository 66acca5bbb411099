import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command.ts";
import type { Io } from "./io.ts";
import type { Project } from "./project.ts";

/**
 * wrangler's configuration with every `$env.NAME` filled in. It lies beside the generated one, since its paths are relative to it,
 * and only while wrangler runs.
 *
 * @throws CommandError for a variable that is not set
 */
export async function withFilledConfig<T>(project: Project, io: Io, use: (config: string) => Promise<T>): Promise<T> {
  const generated = generatedConfig(project);
  const text = readFileSync(generated, "utf8");
  const filled = text.replace(/"\$env\.(\w+)"/g, (_, name: string) => JSON.stringify(variable(io, name)));
  if (filled === text) return use(generated);
  const config = join(project.folder, "wrangler.deploy.jsonc");
  writeFileSync(config, filled);
  try {
    return await use(config);
  } finally {
    rmSync(config, { force: true });
  }
}

/** The path of the generated configuration. */
export function generatedConfig({ folder }: Project): string {
  return join(folder, "wrangler.jsonc");
}

function variable(io: Io, name: string): string {
  const value = io.env[name];
  if (value === undefined || value === "")
    throw new CommandError(`the environment has no ${name}, which the manifest asks for.`);
  return value;
}
