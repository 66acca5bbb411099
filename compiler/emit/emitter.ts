import type { OperationPlan } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { DatabaseSchema } from "../migrate/schema.ts";

/** A file that an emitter made; nothing is written yet. */
export interface GeneratedFile {
  /** relative to the output folder, with `/`; `../wrangler.jsonc` lies beside the manifest */
  readonly path: string;
  readonly contents: string;
  /** history, as migrations are: written when it is missing, then never changed or removed by a later run */
  readonly once?: true;
}

/** What emitters need beside the App. */
export interface EmitContext {
  /** the database of the App, as SQLite knows it */
  readonly database: DatabaseSchema;
  /** how each operation is answered, by its name */
  readonly plans: ReadonlyMap<string, OperationPlan>;
  /** from the output folder to the manifest's, with `/`: `..` where the output folder is `generated` */
  readonly toManifest: string;
  /** from the manifest's folder to the output folder: `generated` */
  readonly fromManifest: string;
  /** contents of a file that an earlier run left, by its path relative to the output folder; undefined when there is none */
  readonly existing: (path: string) => string | undefined;
  /** names of the migrations that exist, oldest first */
  readonly migrations: readonly string[];
}

/** One kind of output. A function of the App and the context: it reads and writes nothing else. */
export interface Emitter {
  readonly name: string;
  /** what it makes, in a few words */
  readonly summary: string;
  emit(app: App, context: EmitContext): readonly GeneratedFile[];
}
