import { join } from "node:path";
import type { Io } from "../io.ts";
import type { Project, Result } from "../project.ts";
import { showDiagnostics } from "../show.ts";
import { type Evolved, evolve, type Goal } from "./evolve.ts";
import { withLocalDatabase } from "./localPlatform.ts";
import { lastSnapshot } from "./next.ts";

/** Opens the local database of a project, brings it to what the manifest says, and tells what came of it. */
export async function evolveLocally(
  project: Project,
  compiled: Result,
  { state, allowDestructive }: { readonly state: string; readonly allowDestructive: boolean },
  io: Io,
): Promise<boolean> {
  const goal = goalOf(project, compiled, allowDestructive);
  return withLocalDatabase(project, goal.app, state, async (database) => showEvolved(await evolve(database, goal), io));
}

/** Where the local database of a project shall come to, by what is on the disk now. */
export function goalOf(project: Project, { app, database, beginning }: Result, allowDestructive: boolean): Goal {
  const folder = join(project.out, "migrations");
  return {
    app: app!,
    beginning: beginning!,
    database: database!,
    snapshot: lastSnapshot(project),
    folder,
    allowDestructive,
  };
}

/** @returns whether the database is what the manifest says */
export function showEvolved(evolved: Evolved, io: Io): boolean {
  for (const what of [...evolved.applied, ...evolved.changed]) io.out(`migrated ${what}\n`);
  return showProblem(evolved, io);
}

/** The same, where it goes without saying what was done. */
export function showProblem({ problem, diagnostics = [] }: Evolved, io: Io): boolean {
  if (problem !== undefined) io.err(`${problem}\n`);
  showDiagnostics(io, diagnostics);
  return problem === undefined && diagnostics.length === 0;
}
