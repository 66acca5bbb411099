import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { customFile } from "../migrate/files.ts";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";
import { migrationNames } from "./localDatabase.ts";
import { evolveLocally } from "./migration/evolveLocally.ts";
import type { Next } from "./migration/next.ts";
import { applyRemotely } from "./migration/remote.ts";
import { compileForMigration, planNext, writeAndApply } from "./migration/write.ts";
import { openProject, type Project, shownPath, stateFolder } from "./project.ts";

/** `appflare migrate`: what changed since the last migration → one file → applied. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  const target = targetOf(flags);
  if (flags.has("custom")) return writeCustom(project, values.name ?? "custom", io);
  const compiled = compileForMigration(project, io);
  if (!compiled) return 1;
  const state = stateFolder(project, values["persist-to"]);
  const allowDestructive = flags.has("allow-destructive");
  const next = await planNext(
    project,
    compiled,
    { name: values.name, allowDestructive, ...(target === "local" && { state }) },
    io,
  );
  if (!next) return 1;
  if (flags.has("dry-run")) return showNext(project, next, io);
  const isDone = await writeAndApply(project, compiled, next, io, () =>
    target === "local"
      ? evolveLocally(project, compiled, { state, allowDestructive }, io)
      : applyRemotely(project, compiled.app!, target, io),
  );
  return isDone ? 0 : 1;
}

/** @throws CommandError where two are named */
function targetOf(flags: ReadonlySet<string>): "local" | "remote" | "preview" {
  const [target = "local", other] = (["local", "remote", "preview"] as const).filter((name) => flags.has(name));
  if (other) throw new CommandError(`--${target} and --${other} are two databases: choose one.`);
  return target;
}

/** @throws CommandError where it would be the first: that one makes the tables */
function writeCustom(project: Project, name: string, io: Io): ExitCode {
  const names = migrationNames(join(project.out, "migrations"));
  if (names.length === 0)
    throw new CommandError(
      "there is no migration yet. `appflare migrate` writes the first one, which makes the tables.",
    );
  const { path, contents } = customFile(names, name);
  const file = join(project.out, path);
  writeFileSync(file, contents);
  io.out(`${shownPath(project, file)} is yours to write; \`appflare migrate\` applies it.\n`);
  return 0;
}

function showNext(project: Project, { file }: Next, io: Io): ExitCode {
  if (file) io.out(`${shownPath(project, join(project.out, file.path))}\n\n${file.contents}`);
  else io.out("There is nothing to write: the migrations lead to what the manifest says.\n");
  return 0;
}
