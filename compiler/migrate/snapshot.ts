import type { DatabaseSchema } from "./schema.ts";

/** The database after the last migration, as the text of `migrations/snapshot.json`. */
export function printSnapshot(schema: DatabaseSchema): string {
  return `${JSON.stringify({ snapshot: 1, ...schema }, null, 2)}\n`;
}

/** Reads what `printSnapshot` wrote; undefined when the text is something else. */
export function readSnapshot(text: string): DatabaseSchema | undefined {
  try {
    const { snapshot, tables } = JSON.parse(text) as { snapshot?: unknown } & Partial<DatabaseSchema>;
    return snapshot === 1 && Array.isArray(tables) ? { tables } : undefined;
  } catch {
    return undefined;
  }
}
