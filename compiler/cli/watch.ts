import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";

/** Editors save in several steps; what comes within this many milliseconds is one change. */
const SETTLING = 30;

/** What a manifest and its handlers are written in. Generated files in the same folders have other endings, or are ignored with their folder. */
const SOURCE = /\.(ya?ml|json|[cm]?[jt]sx?)$/;

/**
 * Waits for changes of source files. Folders are watched and not files: an editor that saves by renaming replaces a file, and a
 * file that is missing may come.
 */
export class Watcher {
  readonly #folders = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #changed = false;

  /** Watches the folders of just these files from now on, not what lies below them. */
  follow(files: Iterable<string>): void {
    const folders = new Set(Array.from(files, (file) => dirname(file)));
    for (const [folder, watcher] of this.#folders) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#folders.delete(folder);
    }
    for (const folder of folders) if (!this.#folders.has(folder)) this.#open(folder);
  }

  /** Resolves at the next change, true; or false when the signal aborts. A change since the last call counts. */
  async next(signal: AbortSignal): Promise<boolean> {
    if (!this.#changed && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    this.#changed = false;
    return !signal.aborted;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || SOURCE.test(name)) this.#settle();
      });
      watcher.on("error", () => this.#folders.delete(folder));
      this.#folders.set(folder, watcher);
    } catch {
      // a folder that is not there cannot change; the file that names it can
    }
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#changed = true;
      this.#wake?.();
    }, SETTLING);
  }
}
