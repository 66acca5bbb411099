import type { App } from "../../ir/app.ts";
import { migrationFile } from "../../migrate/files.ts";
import { printSnapshot, snapshotPath } from "../../migrate/snapshot.ts";
import { createDatabase } from "../../migrate/statements.ts";
import type { EmitContext, Emitter, GeneratedFile } from "../emitter.ts";

/**
 * `migrations/`: the first one, which makes the whole database. Those that exist are history, and what leads on from there is written
 * by `appflare migrate` alone: a file for each change that somebody wants, not for each time a manifest is saved.
 */
export const migrationsEmitter: Emitter = {
  name: "migrations",
  summary: "the database, step by step",
  emit(_app: App, { database, existing, migrations }: EmitContext): readonly GeneratedFile[] {
    if (migrations.length === 0) {
      const first = migrationFile(migrations, "init", ["the whole database"], createDatabase(database));
      return [
        { ...first, once: true },
        { path: snapshotPath, contents: printSnapshot(database) },
      ];
    }
    const snapshot = existing(snapshotPath);
    return snapshot === undefined ? [] : [{ path: snapshotPath, contents: snapshot }];
  },
};
