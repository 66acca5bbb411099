import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What keeps wrangler from asking, telling and looking around the network; it reads this from the process's environment. */
export const quietEnvironment = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_LOG: "none",
  WRANGLER_WRITE_LOGS: "false",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
} as const;

export interface WranglerResult {
  readonly ok: boolean;
  /** both of its outputs, as they came, without decoration */
  readonly output: string;
}

/** Runs a command of the wrangler that appflare brings. It has no terminal, so it asks nothing. */
export function wrangler(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<WranglerResult> {
  const bin = join(dirname(createRequire(import.meta.url).resolve("wrangler/package.json")), "bin/wrangler.js");
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env: { ...env, ...quietEnvironment, WRANGLER_LOG: "log" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output: plain(Buffer.concat(chunks).toString()) }));
  });
}

/** Without banner, rulers, pictures and hints that are wrangler's own. */
function plain(output: string): string {
  const noise = /⛅|^[─━\s]*$|update available|Logs were written|report any issues|If you think this is a bug|^🪵/;
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .filter((line) => !noise.test(line));
  return lines
    .map((line) => `${line.replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\s|✘|▲)+/u, "").trimEnd()}\n`)
    .join("");
}
