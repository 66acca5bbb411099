import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes one file whole or not at all: it is staged beside its place and renamed. A link stays one, what it leads to is written, and
 * keeps its mode.
 *
 * @throws what the file system says, after removing what was staged
 */
export function writeWhole(path: string, contents: string | Uint8Array): void {
  const to = linked(path);
  const from = `${to}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(from, contents, { mode: statSync(to, { throwIfNoEntry: false })?.mode ?? 0o666 });
    renameSync(from, to);
  } catch (error) {
    rmSync(from, { force: true });
    throw error;
  }
}

function linked(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
