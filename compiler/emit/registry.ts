import { authEmitter } from "./auth/auth.ts";
import { clientEmitter } from "./client-ts/client.ts";
import { drizzleEmitter } from "./drizzle/schema.ts";
import type { Emitter } from "./emitter.ts";
import { honoEmitter } from "./hono/routes.ts";
import { migrationsEmitter } from "./migrations/migrations.ts";
import { openapiEmitter } from "./openapi/document.ts";
import { operationsEmitter } from "./operations/operations.ts";
import { schemaEmitter } from "./schema/schema.ts";
import { workerEmitter } from "./worker/worker.ts";
import { wranglerEmitter } from "./wrangler/config.ts";
import { zodEmitter } from "./zod/validators.ts";

/** Every emitter, in the order of the data flow. */
export const emitters: readonly Emitter[] = [
  drizzleEmitter,
  zodEmitter,
  operationsEmitter,
  honoEmitter,
  authEmitter,
  workerEmitter,
  clientEmitter,
  openapiEmitter,
  migrationsEmitter,
  wranglerEmitter,
  schemaEmitter,
];
