import { spawn } from "node:child_process";

/** Milliseconds that a Node program takes in a process of its own, from its start to its end. Throws when it fails. */
export async function run(args: readonly string[], cwd: string): Promise<number> {
  const begun = performance.now();
  await ended(args, cwd);
  return performance.now() - begun;
}

/** Prints, as a process ends, how much memory it ever had: getrusage(2), in kilobytes. */
const memoryReport =
  "data:text/javascript,process.on('exit', () => process.stderr.write('maxRSS ' + process.resourceUsage().maxRSS))";

/** Megabytes that a Node program has resident at its highest. */
export async function peakMemory(args: readonly string[], cwd: string): Promise<number> {
  const said = await ended(["--import", memoryReport, ...args], cwd);
  return Number(/maxRSS (\d+)$/.exec(said)![1]) / 1024;
}

/** What the program said on stderr. */
function ended(args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${args.join(" ")} ended with ${code}: ${said}`)),
    );
  });
}

/** A program that goes on, and prints a line whenever it has done something. */
export class Running {
  readonly #child;

  constructor(args: readonly string[], cwd: string) {
    this.#child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  }

  /** Resolves when it prints the next line. */
  next(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.stdout.once("data", () => resolve());
      this.#child.once("close", () => reject(new Error("It has ended.")));
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.removeAllListeners("close").once("close", resolve));
    this.#child.kill("SIGINT");
    await closed;
  }
}
