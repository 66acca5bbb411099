import type { DatabaseSync } from "node:sqlite";

/**
 * An empty SQLite in memory, of Node 22's own. Node calls it experimental, on stderr, when it is first loaded; users of a command have
 * no use for that.
 */
export function openInMemory(): DatabaseSync {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return new (process.getBuiltinModule("node:sqlite").DatabaseSync)(":memory:");
  } finally {
    process.emitWarning = emitWarning;
  }
}
