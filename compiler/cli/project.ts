import { readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { type Checked, check, compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ordered } from "../diagnostics/order.ts";
import type { GeneratedFile } from "../emit/emitter.ts";
import { migrationWarnings } from "../migrate/report.ts";
import type { DatabaseSchema } from "../migrate/schema.ts";
import { snapshotPath } from "../migrate/snapshot.ts";
import type { Span } from "../source/span.ts";
import { foreignFiles } from "../write/foreign.ts";
import { lockPath, readLock } from "../write/lock.ts";
import { planWrites, type WritePlan } from "../write/plan.ts";
import { CommandError } from "./command.ts";
import type { Io } from "./io.ts";
import { migrationNames } from "./localDatabase.ts";
import { version } from "./package.ts";

/** A manifest and the folders around it. Paths are absolute unless they say otherwise. */
export interface Project {
  /** how messages name the manifest: relative to the working folder, with `/` */
  readonly entry: string;
  readonly cwd: string;
  readonly folder: string;
  readonly out: string;
}

/** What comes of a project's manifest. All parts are there unless there is an error. */
export interface Result {
  readonly app?: Checked["app"];
  /** the database that the manifest asks for */
  readonly database?: DatabaseSchema;
  /** where the manifest begins: the place of what it no longer has */
  readonly beginning?: Span;
  readonly plan?: WritePlan;
  readonly generated?: readonly GeneratedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** the files that the manifest is made of, and the modules of its handlers */
  readonly sources: readonly string[];
}

/**
 * Finds the project that a command line speaks of.
 *
 * @throws CommandError when the manifest cannot be read
 */
export function openProject(io: Io, manifest: string | undefined, out: string | undefined): Project {
  const entry = slashed(relative(io.cwd, resolve(io.cwd, manifest ?? "appflare.yaml")));
  const path = resolve(io.cwd, entry);
  const problem = unreadable(path);
  if (problem) throw new CommandError(`${entry} ${problem}`);
  const folder = dirname(path);
  return { entry, cwd: io.cwd, folder, out: out === undefined ? join(folder, "generated") : resolve(io.cwd, out) };
}

function unreadable(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) return "is a folder, not a manifest.";
    readFileSync(path);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR"
      ? "is not there. `appflare init` makes one."
      : `cannot be read (${code}).`;
  }
}

/** The manifest's absolute path. */
export function manifestOf({ cwd, entry }: Project): string {
  return resolve(cwd, entry);
}

/** Compiles and compares with the disk; writes nothing. */
export function compileProject(project: Project): Result {
  const { entry, cwd, folder, out } = project;
  const existing = (path: string): string | undefined => readText(join(out, path));
  const migrations = migrationNames(join(out, "migrations"));
  const compiled = compile(entry, (path) => readBytes(resolve(cwd, path)), {
    ...{ existing, migrations },
    fromManifest: shownPath({ cwd: folder }, out),
    toManifest: shownPath({ cwd: out }, folder),
  });
  const sources = compiled.files.map((path) => resolve(cwd, path));
  const { app, root, database, generated } = compiled;
  if (!app || !root || !database || !generated) return { diagnostics: compiled.diagnostics, sources };
  const plan = planFiles(project, generated);
  const diagnostics = [
    ...compiled.diagnostics,
    ...migrationWarnings(database, existing(snapshotPath), migrations, root),
    ...foreignFiles(plan, root),
  ];
  return {
    app,
    database,
    // a position costs a second reading of the manifest
    get beginning() {
      return root.span;
    },
    plan,
    generated,
    diagnostics: ordered(diagnostics),
    sources: [...sources, ...handlerModules(app, folder)],
  };
}

/** Compares generated files with the disk. */
export function planFiles({ out }: Project, generated: readonly GeneratedFile[]): WritePlan {
  const existing = (path: string): Uint8Array | undefined => readBytes(join(out, path));
  return planWrites(generated, existing, readLock(existing(lockPath)), version());
}

/** The App alone: cheaper, where nothing is generated. */
export function checkProject({ entry, cwd }: Project): Checked {
  return check(entry, (path) => readBytes(resolve(cwd, path)));
}

export function hasErrors({ diagnostics }: Result): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** Where the local database is kept: what `--persist-to` says, or wrangler's own place. */
export function stateFolder({ cwd, folder }: Project, persistTo: string | undefined): string {
  return persistTo === undefined ? join(folder, ".wrangler/state") : resolve(cwd, persistTo);
}

/** A path that a person can use from the working folder. */
export function shownPath({ cwd }: Pick<Project, "cwd">, path: string): string {
  return slashed(relative(cwd, path)) || ".";
}

function handlerModules(app: NonNullable<Checked["app"]>, folder: string): string[] {
  const bodies = [...app.operations.values()].map(({ body }) => body);
  return bodies.flatMap((body) => (body.kind === "handler" ? [resolve(folder, body.module)] : []));
}

export function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** The text of a file; undefined where there is none. */
export function readText(path: string): string | undefined {
  const bytes = readBytes(path);
  return bytes && new TextDecoder().decode(bytes);
}

/** A path as messages and git show it. */
export function slashed(path: string): string {
  return path.split(sep).join(posix.sep);
}
