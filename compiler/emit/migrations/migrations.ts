import type { App } from "../../ir/app.ts";
import { compareDatabases } from "../../migrate/changes.ts";
import { printSnapshot, readSnapshot, snapshotPath } from "../../migrate/snapshot.ts";
import { createDatabase } from "../../migrate/statements.ts";
import type { EmitContext, Emitter, GeneratedFile } from "../emitter.ts";

/**
 * `migrations/`: the first makes the database, later ones add to it. Those that exist are history and stay as they are. What adding
 * cannot do leaves everything as it is; `migrate/report.ts` tells about it.
 */
export const migrationsEmitter: Emitter = {
  name: "migrations",
  summary: "the database, step by step",
  emit(_app: App, context: EmitContext): readonly GeneratedFile[] {
    const { database, existing, migrations } = context;
    const kept = existing(snapshotPath);
    if (migrations.length === 0) return first(context);
    const before = kept === undefined ? undefined : readSnapshot(kept);
    if (kept === undefined || !before) return [];
    const { statements, title, obstacles } = compareDatabases(before, database);
    if (obstacles.length > 0) return [{ path: snapshotPath, contents: kept }];
    const snapshot = { path: snapshotPath, contents: printSnapshot(database) };
    return statements.length === 0 ? [snapshot] : [migration(nextNumber(migrations), title, statements), snapshot];
  },
};

function first({ database }: EmitContext): readonly GeneratedFile[] {
  const snapshot = { path: snapshotPath, contents: printSnapshot(database) };
  return [migration(1, "init", createDatabase(database)), snapshot];
}

function migration(number: number, title: string, statements: readonly string[]): GeneratedFile {
  const path = `migrations/${String(number).padStart(4, "0")}_${slug(title)}.sql`;
  return { path, contents: statements.map((statement) => `${statement};\n`).join("\n"), once: true };
}

function nextNumber(migrations: readonly string[]): number {
  const numbers = migrations.map((name) => Number.parseInt(name.replace(/^.*\//, ""), 10) || 0);
  return Math.max(...numbers) + 1;
}

/** A file name of what SQL may call by any: letters, digits and underscores, none too many. */
function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("_").slice(0, 48).replace(/_$/, "") || "changes";
}
