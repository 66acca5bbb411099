import type { D1Database } from "@cloudflare/workers-types";
import type { Context, Handler } from "hono";
import type { Shape } from "../wire/shape.ts";
import type { Validators } from "./call.ts";
import type { AnyHandler } from "./context.ts";
import type { Origins } from "./cors.ts";
import type { Constraints, OperationPlans } from "./plan.ts";
import type { Planner } from "./planner.ts";

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
  /** by operation */
  readonly handlers?: { readonly [operation: string]: AnyHandler };
  /** judge handlers' results, given as `{ result }` in wire form, by operation */
  readonly resultValidators?: Validators;
  /** whole results of operations, for `ctx.run`; one without dates, big integers and bytes needs none */
  readonly resultShapes?: { readonly [operation: string]: Shape };
  /** what stands behind `ctx.db` */
  readonly planner?: Planner;
  /** makes `ctx.drizzle` */
  readonly drizzle?: (binding: D1Database) => unknown;
}

export type HonoEnv<Env extends object> = { Bindings: Env };

/** Everything a Worker answers with; `createServer` makes one. */
export interface Server<Env extends object> {
  /** answers `GET /queries/<name>` */
  query(name: string): Handler<HonoEnv<Env>>;
  /** answers `POST /mutations/<name>` */
  mutation(name: string): Handler<HonoEnv<Env>>;
  /** answers `GET /health` */
  health(): Handler<HonoEnv<Env>>;
  /** answers what no route takes: 404 `unknown_operation`, 405 with `allow`, and preflights */
  notFound(context: Context<HonoEnv<Env>>): Response;
  /** answers what middleware throws: 500, sanitised */
  onError(error: Error, context: Context<HonoEnv<Env>>): Response;
}
