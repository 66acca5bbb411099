import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageFiles } from "../emit/client-ts/package.ts";
import type { GeneratedFile } from "../emit/emitter.ts";
import type { App } from "../ir/app.ts";
import { applyWrites } from "../write/apply.ts";
import { lockPath, readLock } from "../write/lock.ts";
import { planWrites } from "../write/plan.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { packageFolder, version } from "./package.ts";
import { checkProject, openProject, readBytes, shownPath } from "./project.ts";
import { showErrors } from "./show.ts";
import { suggestion } from "./suggestion.ts";

/** What makes a client's package, by language. */
const clients: { readonly [language: string]: (app: App) => readonly GeneratedFile[] } = {
  typescript: (app) => packageFiles(app, ["client", "wire"].flatMap(runtimeSources)),
};

/** `appflare client <language>`: a client as a package of its own, for a project that is not the backend's. */
export async function run({ positionals: [language, manifest], values }: Call, io: Io): Promise<ExitCode> {
  const known = Object.keys(clients);
  if (!known.includes(language!)) {
    throw new CommandError(
      `no client for "${language}". ${suggestion(language!, known) ?? `There is: ${known.join(", ")}.`}`,
    );
  }
  const project = openProject(io, manifest, undefined);
  const { app, diagnostics } = checkProject(project);
  showErrors(io, diagnostics);
  if (!app) return 1;
  const out = resolve(io.cwd, values.out ?? "client");
  const disk = (path: string): Uint8Array | undefined => readBytes(resolve(out, path));
  const plan = planWrites(clients[language!]!(app), disk, readLock(disk(lockPath)), version());
  if (plan.foreign.length > 0)
    throw new CommandError(
      `${shownPath(project, out)} has files that appflare did not write: ${plan.foreign.join(", ")}.`,
    );
  applyWrites(plan, out);
  io.out(`${plan.files.map(({ action, path }) => `${action} ${shownPath(project, resolve(out, path))}\n`).join("")}`);
  return 0;
}

/** The sources of one room of the runtime, as the installed package has them. */
function runtimeSources(room: string): GeneratedFile[] {
  const folder = join(packageFolder(), "runtime", room);
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  return names.sort().map((name) => ({ path: `${room}/${name}`, contents: readFileSync(join(folder, name), "utf8") }));
}
