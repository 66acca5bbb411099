import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io } from "../../compiler/cli/io.ts";
import { run } from "../../compiler/cli/run.ts";

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "appflare-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A command line that runs in this process, and what it printed so far. */
export interface Running {
  readonly done: Promise<number>;
  out(): string;
  err(): string;
  interrupt(): void;
}

export function start(cwd: string, words: readonly string[], env: Io["env"] = {}): Running {
  const printed = { out: "", err: "" };
  const controller = new AbortController();
  const io: Io = {
    cwd,
    env,
    isTTY: false,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    interrupted: () => controller.signal,
  };
  const done = run(words, io);
  return { done, out: () => printed.out, err: () => printed.err, interrupt: () => controller.abort() };
}

/** Runs a command line to its end. */
export async function appflare(cwd: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const running = start(cwd, words);
  const code = await running.done;
  return { code, out: running.out(), err: running.err() };
}

/** Waits until something holds; fails with what was printed. */
export async function until(
  running: Running,
  holds: () => boolean | Promise<boolean>,
  milliseconds = 20_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end)
      throw new Error(`It did not come to this.\n--- stdout\n${running.out()}\n--- stderr\n${running.err()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
