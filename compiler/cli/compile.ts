import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { toJson } from "../diagnostics/json.ts";
import { applyWrites } from "../write/apply.ts";
import { isCurrent, type PlannedFile } from "../write/plan.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import { type Fixed, fixProject } from "./fix.ts";
import type { Io } from "./io.ts";
import { compileProject, hasErrors, manifestOf, openProject, type Project, type Result } from "./project.ts";
import { showDiagnostics } from "./show.ts";
import { Watcher } from "./watch.ts";

/** `appflare compile`: manifest → files. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  const other = ["check", "watch"].find((flag) => flags.has(flag));
  if (flags.has("fix") && other) throw new CommandError(`--fix changes the manifest: it does not go with --${other}.`);
  const once = (): { compiled: Result; code: ExitCode } => {
    const start = performance.now();
    const fixed = flags.has("fix") ? fixProject(project) : undefined;
    const compiled = compileProject(project);
    const code = finish(compiled, project, flags.has("check"));
    const show = values.format === "json" ? printJson : printPretty;
    show(compiled, { code, fixed, check: flags.has("check"), ms: Math.round(performance.now() - start), io });
    return { compiled, code };
  };
  return flags.has("watch") ? watch(project, once, io) : once().code;
}

/** Writes unless it is told only to check, and unless there is an error. */
function finish(compiled: Result, project: Project, check: boolean): ExitCode {
  if (hasErrors(compiled) || !compiled.plan) return 1;
  if (check) return isCurrent(compiled.plan) ? 0 : 1;
  applyWrites(compiled.plan, project.out);
  return 0;
}

async function watch(project: Project, once: () => { compiled: Result }, io: Io): Promise<ExitCode> {
  const signal = io.interrupted();
  const watcher = new Watcher();
  // a change while the first compilation runs is not missed
  watcher.follow([manifestOf(project)]);
  do watcher.follow(once().compiled.sources);
  while (await watcher.next(signal));
  watcher.close();
  return 0;
}

interface Outcome {
  readonly code: ExitCode;
  /** what `--fix` did; undefined without it */
  readonly fixed: readonly Fixed[] | undefined;
  readonly check: boolean;
  readonly ms: number;
  readonly io: Io;
}

/** The document of `--format json`, on one line. */
function printJson({ plan, diagnostics }: Result, { code, fixed, ms, io }: Outcome): void {
  const files = (plan?.files ?? []).map(({ path, action }) => ({ path, action }));
  const document = { ok: code === 0, files, ...(fixed && { fixed }), diagnostics: diagnostics.map(toJson), ms };
  io.out(`${JSON.stringify(document)}\n`);
}

function printPretty({ plan, diagnostics }: Result, { code, fixed, check, ms, io }: Outcome): void {
  for (const { file, line, column, title } of fixed ?? []) io.out(`fixed ${file}:${line}:${column} ${title}\n`);
  showDiagnostics(io, diagnostics);
  if (!plan || isBroken(diagnostics)) return;
  const changed = plan.files.filter(({ action }) => action !== "unchanged" && action !== "keep");
  if (check && code !== 0) {
    io.err(`${listed(changed)}\nThe files on disk are not what the manifest says; \`appflare compile\` writes them.\n`);
  } else {
    const what = changed.length === 0 ? "nothing to write" : `${changed.length} written\n${listed(changed)}`;
    io.out(`${plan.files.length} files, ${what} (${ms} ms)\n`);
  }
}

function listed(files: readonly PlannedFile[]): string {
  return files.map(({ path, action }) => `  ${action} ${path}`).join("\n");
}

function isBroken(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
