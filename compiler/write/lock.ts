import { createHash } from "node:crypto";

/** What an earlier run wrote: the sha256 of each file, by its path relative to the output folder. */
export interface Lock {
  /** the compiler that wrote the files: nowhere else in them */
  readonly version: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The lock's own path, in the output folder. */
export const lockPath = "appflare.lock.json";

/** Reads what `printLock` wrote; what is something else counts as no lock. */
export function readLock(bytes: Uint8Array | undefined): Lock | undefined {
  if (bytes === undefined) return undefined;
  try {
    const { version, files } = JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown; files?: unknown };
    if (typeof version !== "string" || typeof files !== "object" || files === null) return undefined;
    const entries = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { version, files: new Map(entries) };
  } catch {
    return undefined;
  }
}

export function printLock({ version, files }: Lock): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ version, files: Object.fromEntries(sorted) }, null, 2)}\n`;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
