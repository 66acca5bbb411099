import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { printSchema, schemaPath } from "../emit/schema/schema.ts";
import type { App } from "../ir/app.ts";
import { writeWhole } from "../write/whole.ts";
import type { Call, ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { checkProject, openProject } from "./project.ts";
import { showErrors } from "./show.ts";

/** `appflare schema`: the manifest's own JSON Schema, for editors. A manifest with errors leaves the file as it is. */
export async function run({ positionals, values }: Call, io: Io): Promise<ExitCode> {
  const { app, diagnostics } = checkProject(openProject(io, positionals[0], undefined));
  showErrors(io, diagnostics);
  if (!app) return 1;
  const text = printSchema(app);
  if (values.out === undefined) io.out(text);
  else writeWhole(resolve(io.cwd, values.out), text);
  return 0;
}

/** Puts the schema among the generated files, where it is missing; every compilation keeps it up to date from then on. */
export function startSchema(app: App, out: string): void {
  const path = join(out, schemaPath);
  if (!existsSync(path)) writeWhole(path, printSchema(app));
}
