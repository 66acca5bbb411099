import type { Shape } from "../wire/shape.ts";
import type { Validators } from "./call.ts";
import type { AnyHandler } from "./context.ts";
import type { Origins } from "./cors.ts";
import type { Limiter } from "./limiter.ts";
import type { Constraints, OperationPlans } from "./plan.ts";
import type { Planner } from "./planner.ts";
import type { SignInOptions } from "./signIn.ts";

export interface ServerOptions<Env extends object> {
  readonly operations: OperationPlans;
  /** by operation; one without arguments needs none */
  readonly validators: Validators;
  readonly constraints: Constraints;
  /** the D1 binding's name */
  readonly binding: keyof Env & string;
  readonly maxBodyBytes?: number;
  /** exact origins, or `*` alone; a function where they stand in the environment. None: closed */
  readonly corsOrigins?: Origins | ((env: Env) => Origins);
  /** how people sign in; absent: nobody does */
  readonly signIn?: SignInOptions<Env>;
  /** counts requests for operations that have a limit; without such none is needed */
  readonly limiter?: Limiter;
  /** by operation */
  readonly handlers?: { readonly [operation: string]: AnyHandler };
  /** judge handlers' results, given as `{ result }` in wire form, by operation */
  readonly resultValidators?: Validators;
  /** whole results of operations, for `ctx.run`; one without dates, big integers and bytes needs none */
  readonly resultShapes?: { readonly [operation: string]: Shape };
  /** what stands behind `ctx.db` */
  readonly planner?: Planner;
  /** makes `ctx.drizzle` */
  readonly drizzle?: (env: Env) => unknown;
}

/** What of Hono's context is used: middleware may have typed the rest of it. */
export interface Routed<Env extends object> {
  readonly req: { readonly raw: Request; readonly path: string };
  readonly env: Env;
  /** what keeps the Worker alive behind its answer */
  readonly executionCtx?: { waitUntil(work: Promise<unknown>): void };
}

/** Everything that a Worker answers with; `createServer` makes one. Its functions are handlers of Hono. */
export interface Server<Env extends object> {
  /** answers `GET /queries/<name>` */
  readonly query: (name: string) => (context: Routed<Env>) => Promise<Response>;
  /** answers `POST /mutations/<name>` */
  readonly mutation: (name: string) => (context: Routed<Env>) => Promise<Response>;
  /** answers `/auth/*` */
  readonly auth: () => (context: Routed<Env>) => Promise<Response>;
  /** answers `GET /health` */
  readonly health: () => (context: Routed<Env>) => Response;
  /** answers what no route takes: 404 `unknown_operation`, 405 with `allow`, and preflights */
  readonly notFound: (context: Routed<Env>) => Response;
  /** answers what middleware throws: 500, sanitised, unless the error brings its own answer as Hono's HTTPException does */
  readonly onError: (error: Error, context: Routed<Env>) => Response;
}
