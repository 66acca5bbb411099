import { resolve } from "node:path";
import type { App } from "../ir/app.ts";
import { applyWrites } from "../write/apply.ts";
import { lockPath, readLock } from "../write/lock.ts";
import { planWrites } from "../write/plan.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { version } from "./package.ts";
import { compileProject, hasErrors, openProject, readText, shownPath } from "./project.ts";
import { showDiagnostics } from "./show.ts";
import { suggestion } from "./suggestion.ts";

/** The generated file that is the client, by language. */
const clients: { readonly [language: string]: string } = { typescript: "client.ts" };

/** `appflare client <language>`: a client as a package of its own, for a project that is not the backend's. */
export async function run({ positionals: [language, manifest], values }: Call, io: Io): Promise<ExitCode> {
  const file = clients[language!];
  if (file === undefined) {
    const known = Object.keys(clients);
    throw new CommandError(
      `no client for "${language}". ${suggestion(language!, known) ?? `There is: ${known.join(", ")}.`}`,
    );
  }
  const project = openProject(io, manifest, undefined);
  const compiled = compileProject(project);
  showDiagnostics(io, compiled.diagnostics);
  const source = compiled.generated?.find(({ path }) => path === file);
  if (hasErrors(compiled) || !compiled.app || !source) return 1;
  const out = resolve(io.cwd, values.out ?? "client");
  const disk = (path: string): string | undefined => readText(resolve(out, path));
  const files = [source, { path: "package.json", contents: packageJson(compiled.app, file), once: true as const }];
  const plan = planWrites(files, disk, readLock(disk(lockPath)), version());
  if (plan.foreign.length > 0)
    throw new CommandError(
      `${shownPath(project, out)} has files that appflare did not write: ${plan.foreign.join(", ")}.`,
    );
  applyWrites(plan, out);
  io.out(`${plan.files.map(({ action, path }) => `${action} ${shownPath(project, resolve(out, path))}\n`).join("")}`);
  return 0;
}

function packageJson({ name }: App, file: string): string {
  const contents = {
    name: `${
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "") || "app"
    }-client`,
    private: true,
    type: "module",
    exports: `./${file}`,
    dependencies: { appflare: version() },
  };
  return `${JSON.stringify(contents, null, 2)}\n`;
}
