import { posix } from "node:path";
import { adviseIndexes } from "./advice/check.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { ordered } from "./diagnostics/order.ts";
import type { EmitContext, GeneratedFile } from "./emit/emitter.ts";
import { emitters } from "./emit/registry.ts";
import type { App } from "./ir/app.ts";
import { lower } from "./ir/lower.ts";
import { checkLimits } from "./limits/check.ts";
import { load, type Read } from "./manifest/include.ts";
import type { Place } from "./manifest/place.ts";
import { validate } from "./manifest/validate.ts";
import { databaseOf } from "./migrate/database.ts";
import type { DatabaseSchema } from "./migrate/schema.ts";
import { planOperation } from "./plan/plan.ts";
import { check as checkRules } from "./rules/index.ts";
import { checkStatements } from "./sql/check.ts";

export interface Checked {
  /** the backend, when the manifest has no error */
  readonly app?: App;
  /** where the manifest starts */
  readonly root?: Place;
  readonly diagnostics: readonly Diagnostic[];
  /** every file that was asked for, found or not: what a watcher has to watch */
  readonly files: readonly string[];
}

export interface Compiled extends Checked {
  readonly database?: DatabaseSchema;
  readonly generated?: readonly GeneratedFile[];
}

/** What an earlier run left, and where the output lies. */
export type Surroundings = Pick<EmitContext, "existing" | "migrations" | "fromManifest" | "toManifest">;

/**
 * Reads a manifest and finds all that is wrong with it: each phase says all its errors, then the flow stops.
 *
 * @param entry the manifest's path, as messages show it
 * @throws NoSqlite where the manifest has SQL of its own and this Node has no SQLite to check it
 */
export function check(entry: string, read: Read): Checked {
  const loaded = load(entry, read);
  const { files } = loaded;
  if (hasError(loaded.diagnostics)) return { diagnostics: loaded.diagnostics, files };

  const { manifest, diagnostics: shapes } = validate(loaded.documents);
  if (!manifest) return { diagnostics: shapes, files };

  const { app, diagnostics } = lower(manifest);
  if (!app) return { diagnostics, files };

  const exists = (path: string): boolean => read(posix.join(posix.dirname(entry), path)) !== undefined;
  const ruled = [...loaded.diagnostics, ...shapes, ...diagnostics, ...checkRules(app, exists)];
  const all = ordered(hasError(ruled) ? ruled : [...ruled, ...checkStatements(app), ...adviseIndexes(app)]);
  return hasError(all) ? { diagnostics: all, files } : { app, root: manifest.root, diagnostics: all, files };
}

/** A manifest as files; none of them is written. */
export function compile(entry: string, read: Read, surroundings: Surroundings): Compiled {
  const checked = check(entry, read);
  const { app } = checked;
  if (!app) return checked;
  const plans = new Map(
    Array.from(app.operations.values(), (operation) => [operation.name, planOperation(operation, app)]),
  );
  const limits = checkLimits(app, plans);
  if (hasError(limits)) return { ...checked, diagnostics: ordered([...checked.diagnostics, ...limits]) };
  const database = databaseOf(app);
  const context: EmitContext = { ...surroundings, database, plans };
  return { ...checked, database, generated: emitters.flatMap((emitter) => emitter.emit(app, context)) };
}

const hasError = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");
