import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Setting } from "../ir/setting.ts";
import { CommandError } from "./command.ts";
import type { Io } from "./io.ts";
import type { Project } from "./project.ts";

/**
 * wrangler's configuration with every `$env.NAME` filled in. It lies beside the generated one, since its paths are relative to it,
 * and only while wrangler runs.
 *
 * @param preview a second database, which wrangler takes when it is told so
 * @throws CommandError for a variable that is not set
 */
export async function withFilledConfig<T>(
  project: Project,
  io: Io,
  use: (config: string) => Promise<T>,
  preview?: Setting,
): Promise<T> {
  const generated = generatedConfig(project);
  const text = readFileSync(generated, "utf8");
  const id = preview && JSON.stringify(preview.kind === "constant" ? preview.value : `$env.${preview.name}`);
  const both =
    id === undefined ? text : text.replace(/"database_id": /, () => `"preview_database_id": ${id}, "database_id": `);
  const filled = both.replace(/"\$env\.(\w+)"/g, (_, name: string) => JSON.stringify(variable(io, name)));
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
