import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { docsPage } from "../docs/page.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { checkProject, openProject, shownPath } from "./project.ts";
import { showErrors } from "./show.ts";

/** `appflare docs`: the whole manifest as one page of HTML. */
export async function run({ positionals, values }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], undefined);
  const { app, diagnostics } = checkProject(project);
  showErrors(io, diagnostics);
  if (!app) return 1;
  const path = resolve(io.cwd, values.out ?? "docs.html");
  write(path, docsPage(app), shownPath(project, path));
  io.out(`${shownPath(project, path)} written\n`);
  return 0;
}

/** @throws CommandError when the file cannot be written */
function write(path: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(`${shown} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
