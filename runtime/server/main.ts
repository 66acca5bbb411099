/* The entry `appflare/server`: what generated code and authors of handlers use. */

export type { JsonValue } from "../wire/jsonValue.ts";
export type { CountedPage, Page, TwoWayPage } from "../wire/page.ts";
export type { Shape } from "../wire/shape.ts";
export type { Args } from "./args.ts";
export type { Validated, Validator, Validators } from "./call.ts";
export type { Where } from "./conditionTypes.ts";
export type { AnyHandler } from "./context.ts";
export type { Origins } from "./cors.ts";
export type { Database, Row, Statement } from "./database.ts";
export type { BuiltInError, Detail, ErrorEnvelope } from "./errors.ts";
export { Refusal } from "./errors.ts";
export { LimitCounter } from "./limitCounter.ts";
export { createLimiter } from "./limiter.ts";
export type { Limits } from "./limits.ts";
export type { Constraints, IdentityPlan, OperationPlan, OperationPlans } from "./plan.ts";
export type { Planner } from "./planner.ts";
export { createServer } from "./server.ts";
export type { Server, ServerOptions } from "./serverOptions.ts";
export type { SignInAnswerer, SignInOptions, SignInRequest } from "./signIn.ts";
export type { Expect, OrderBy, Selected, TableAccess, TableTypes, With } from "./tableTypes.ts";
export type { Context, Db, Handler, OperationTypes } from "./types.ts";
export { createWorker } from "./worker.ts";
