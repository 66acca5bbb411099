import type { DatabaseSync } from "node:sqlite";

/** This Node has no SQLite: it came with Node 22. */
export class NoSqlite extends Error {}

/**
 * An empty SQLite in memory, of Node 22's own. Node calls it experimental, on stderr, when it is first loaded; users of a command have
 * no use for that.
 *
 * @throws NoSqlite under an older Node
 */
export function openInMemory(): DatabaseSync {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const sqlite = process.getBuiltinModule?.("node:sqlite");
    if (!sqlite) throw new NoSqlite();
    return new sqlite.DatabaseSync(":memory:");
  } finally {
    process.emitWarning = emitWarning;
  }
}
