import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError, type ExitCode } from "./command.ts";
import type { Io } from "./io.ts";

/**
 * Runs the command line again under the Node 22 that the project has among its packages.
 *
 * @throws CommandError when it has none
 */
export function rerun(words: readonly string[], io: Io): Promise<ExitCode> {
  const node = findNode(io.cwd);
  if (!node) {
    throw new CommandError(
      `"${words[0]}" needs Node 22, and this is ${process.versions.node}. Install it, or add it to the project: npm install --save-dev node@22.`,
    );
  }
  const child = spawn(node, [process.argv[1]!, ...words], { stdio: "inherit", cwd: io.cwd });
  io.interrupted().addEventListener("abort", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0 || code === 1 ? code : 2));
  });
}

/** The `node` package's binary in this folder or one above. */
function findNode(folder: string): string | undefined {
  const path = join(folder, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : findNode(dirname(folder));
}
