import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaObject } from "../../migrate/facts.ts";
import { splitStatements } from "../localDatabase.ts";
import { MemoryDatabase } from "./memory.ts";

/** What a database holds in which migrations have run; `problem` tells which one does not run. */
export type Replayed = { readonly objects: readonly SchemaObject[] } | { readonly problem: string };

/** Runs migrations in memory, hand-written ones too: files are the truth of what a database looks like that nobody can reach. */
export async function replay(folder: string, names: readonly string[]): Promise<Replayed> {
  const memory = await MemoryDatabase.open([]);
  try {
    for (const name of names) {
      try {
        memory.run(["BEGIN", ...(await splitStatements(readFileSync(join(folder, name), "utf8"))), "COMMIT"]);
      } catch (error) {
        return { problem: `Migration ${name} does not run: ${(error as Error).message}` };
      }
    }
    return { objects: memory.objects() };
  } finally {
    memory.close();
  }
}
