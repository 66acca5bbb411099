import { createServer } from "node:net";
import { resolve } from "node:path";
import { type Call, CommandError, type ExitCode } from "./command.ts";
import { DevServer } from "./devServer.ts";
import type { Io } from "./io.ts";
import { manifestOf, openProject, stateFolder } from "./project.ts";
import { readSeedFile } from "./seed.ts";
import { Watcher } from "./watch.ts";
import { quietEnvironment } from "./wrangler.ts";

/** `appflare dev`: compile, migrate, serve; on a change all of it again, until it is stopped. */
export async function run({ positionals, values, flags }: Call, io: Io): Promise<ExitCode> {
  const project = openProject(io, positionals[0], values.out);
  const port = readPort(values.port ?? "8787");
  await refuseTakenPort(port);
  Object.assign(process.env, quietEnvironment);
  const seed = values.seed === undefined ? undefined : resolve(io.cwd, values.seed);
  if (seed !== undefined) readSeedFile(io, seed);
  const stopped = io.interrupted();
  const state = stateFolder(project, values["persist-to"]);
  const allowDestructive = flags.has("allow-destructive");
  const server = new DevServer({ project, port, state, seed, allowDestructive }, io);
  const watcher = new Watcher();
  // a change while it starts is not missed
  watcher.follow([manifestOf(project)]);
  try {
    do watcher.follow(await server.update());
    while (await watcher.next(stopped));
  } catch (error) {
    // a terminal interrupts workerd as well, and what was asked of it fails
    if (!stopped.aborted) throw error;
  } finally {
    watcher.close();
    await server.stop();
  }
  return 0;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw new CommandError(`--port is a number from 1 to 65535, not "${text}".`);
  return port;
}

/** @throws CommandError when something else listens there */
function refuseTakenPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      const why = code === "EADDRINUSE" ? "is taken: something else listens there" : `cannot be used (${code})`;
      reject(new CommandError(`port ${port} ${why}. --port takes another.`));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
