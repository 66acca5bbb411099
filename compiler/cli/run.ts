import { NoSqlite } from "../migrate/sqlite.ts";
import { readCall } from "./arguments.ts";
import { CommandError, type CommandSpec, type ExitCode } from "./command.ts";
import { commands } from "./commands.ts";
import { commandHelp, overview } from "./help.ts";
import type { Io } from "./io.ts";
import { suggestion } from "./suggestion.ts";

/** Runs a command line. Whatever happens becomes an exit code and words for a person; nothing is thrown. */
export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(words, io);
  } catch (error) {
    // only a manifest tells whether a command needs it: SQL of an author's is checked by SQLite
    if (error instanceof NoSqlite) return run22(words, io);
    if (error instanceof CommandError) io.err(`appflare: ${error.message}\n`);
    else io.err(internalError(error, io.env.APPFLARE_DEBUG === "1"));
    return 2;
  }
}

/** The same command under a Node that has SQLite. */
async function run22(words: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await (await import("./node22.ts")).rerun(words, io);
  } catch (error) {
    const reason = "The manifest has SQL of its own, which SQLite checks.";
    io.err(error instanceof CommandError ? `appflare: ${error.message} ${reason}\n` : internalError(error, false));
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (name === undefined) throw new CommandError("what shall it do? See appflare --help.");
  if (name === "--version" || name === "-v") return say(io, `${(await import("./package.ts")).version()}\n`);
  if (name === "--help" || name === "-h" || name === "help") return say(io, overview());
  const spec = commandOf(name);
  if (rest.includes("--help") || rest.includes("-h")) return say(io, commandHelp(name, spec));
  const call = readCall(name, spec, rest);
  if (spec.needsNode22 && !nodeIsNewEnough()) return (await import("./node22.ts")).rerun([name, ...rest], io);
  const command = await spec.load();
  return command.run(call, io);
}

function commandOf(name: string): CommandSpec {
  if (Object.hasOwn(commands, name)) return commands[name]!;
  const what = name.startsWith("-") ? "option" : "command";
  throw new CommandError(
    `there is no ${what} "${name}". ${suggestion(name, Object.keys(commands)) ?? "See appflare --help."}`,
  );
}

function nodeIsNewEnough(): boolean {
  return Number.parseInt(process.versions.node, 10) >= 22;
}

function say(io: Io, text: string): ExitCode {
  io.out(text);
  return 0;
}

function internalError(error: unknown, debug: boolean): string {
  if (debug && error instanceof Error) return `appflare: internal error\n${error.stack}\n`;
  const message = String(error instanceof Error ? error.message : error).split("\n")[0];
  return `appflare: internal error: ${message} (please report it; APPFLARE_DEBUG=1 shows where)\n`;
}
