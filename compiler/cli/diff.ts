import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Checked, check } from "../compile.ts";
import { toJson } from "../diagnostics/json.ts";
import { acknowledge } from "../diff/acknowledge.ts";
import { changes } from "../diff/changes.ts";
import { formatChanges, isOpen, located } from "../diff/report.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { checkProject, openProject, type Project } from "./project.ts";
import { openRevision } from "./revision.ts";
import { showDiagnostics } from "./show.ts";

/** `appflare diff`: what a new manifest changes for those who rely on an older one. */
export async function run({ positionals, values, lists }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[1], undefined);
  const old = readOld(positionals[0]!, project, io);
  const now = checkProject(project);
  const isJson = values.format === "json";
  if (!old.checked.app || !now.app) return refuse(old, now, isJson, io);
  const { judged, doubts } = acknowledge(changes(old.checked.app, now.app), lists.acknowledge ?? []);
  for (const doubt of doubts) io.err(`warning: ${doubt}\n`);
  const found = located(judged, old.prefix);
  const ok = !found.some(isOpen);
  io.out(isJson ? `${JSON.stringify({ ok, changes: found })}\n` : formatChanges(found));
  return ok ? 0 : 1;
}

interface OldSide {
  readonly checked: Checked;
  /** what stands before its paths: `HEAD:`, nothing for a file */
  readonly prefix: string;
}

/**
 * The old manifest: a file where there is one of that name, else what git has.
 *
 * @throws CommandError when there is neither
 */
function readOld(name: string, project: Project, io: Io): OldSide {
  if (isFile(resolve(io.cwd, name))) return { checked: checkProject(openProject(io, name, undefined)), prefix: "" };
  const read = openRevision(name, project.folder, project.cwd);
  if (!read(project.entry)) throw new CommandError(`${project.entry} was not there at "${name}".`);
  return { checked: check(project.entry, read), prefix: `${name}:` };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Says what is wrong with each side; the old one is named, since its files may have the names of the new one's. */
function refuse({ checked, prefix }: OldSide, now: Checked, isJson: boolean, io: Io): ExitCode {
  if (!checked.app) {
    io.err(`The old manifest${prefix && ` (${prefix.slice(0, -1)})`} does not compile:\n`);
    showDiagnostics(io, checked.diagnostics);
  }
  if (!now.app) showDiagnostics(io, now.diagnostics);
  if (isJson) {
    const diagnostics = [checked, now].filter(({ app }) => !app).flatMap((side) => side.diagnostics.map(toJson));
    io.out(`${JSON.stringify({ ok: false, changes: [], diagnostics })}\n`);
  }
  return 1;
}
