import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { App } from "../ir/app.ts";
import { applyWrites } from "../write/apply.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { reason } from "./localDatabase.ts";
import { evolve } from "./migration/evolve.ts";
import { goalOf, showProblem } from "./migration/evolveLocally.ts";
import { withLocalDatabase } from "./migration/localPlatform.ts";
import { compileForMigration } from "./migration/write.ts";
import { openProject, shownPath, stateFolder } from "./project.ts";
import { seedDatabase } from "./seedDatabase.ts";
import { readSeed } from "./seedRows.ts";
import { showDiagnostics, showErrors } from "./show.ts";

/** `appflare seed FILE`: rows into the local database, which is made and migrated when it has to be. */
export async function run({ positionals: [file], values }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, values.manifest, values.out);
  const compiled = compileForMigration(project, io, showErrors);
  if (!compiled) return 1;
  const { app, plan } = compiled;
  applyWrites(plan!, project.out);
  const state = stateFolder(project, values["persist-to"]);
  return withLocalDatabase(project, app!, state, async (database) => {
    const isMigrated = showProblem(await evolve(database, goalOf(project, compiled, false)), io);
    return isMigrated && (await seedFrom(app!, database, resolve(io.cwd, file!), io)) ? 0 : 1;
  });
}

/**
 * Reads a seed file and writes its rows; says what came of it.
 *
 * @returns whether the rows are in the database
 * @throws CommandError when the file cannot be read
 */
export async function seedFrom(app: App, database: D1Database, path: string, io: Io): Promise<boolean> {
  const shown = shownPath(io, path);
  const { rows, diagnostics } = readSeed(app, shown, readSeedFile(io, path));
  showDiagnostics(io, diagnostics);
  if (diagnostics.length > 0) return false;
  try {
    await seedDatabase(database, rows);
  } catch (error) {
    io.err(`${shown} was not put in: ${reason(error)}\n`);
    return false;
  }
  io.out(`seeded ${rows.length} rows from ${shown}\n`);
  return true;
}

/** @throws CommandError when it cannot be read */
export function readSeedFile(io: Io, path: string): Uint8Array {
  const shown = shownPath(io, path);
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(code === "ENOENT" ? `${shown} is not there.` : `${shown} cannot be read (${code}).`);
  }
}
