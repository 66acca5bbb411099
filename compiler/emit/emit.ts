import type { App } from "../ir/app.ts";
import { databaseOf } from "../migrate/database.ts";
import { constraintsOf } from "../plan/constraints.ts";
import { planOperations } from "../plan/plan.ts";
import type { EmitContext, GeneratedFile } from "./emitter.ts";
import { emitters } from "./registry.ts";

/** What is known only of the place that files are generated for. */
export type Surroundings = Pick<EmitContext, "existing" | "migrations" | "fromManifest" | "toManifest">;

/** Every generated file of an App. Nothing is written. */
export function emit(app: App, surroundings: Surroundings): readonly GeneratedFile[] {
  const context: EmitContext = {
    ...surroundings,
    plans: planOperations(app),
    constraints: constraintsOf(app),
    database: databaseOf(app),
    model: {},
  };
  return emitters.flatMap((emitter) => emitter.emit(app, context));
}
