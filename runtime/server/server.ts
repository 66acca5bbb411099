import { answer, refusalAnswer, requestIdOf } from "./answer.ts";
import type { AnswerHeaders } from "./answerHeaders.ts";
import type { Args } from "./args.ts";
import { corsHeaders } from "./cors.ts";
import { type D1Binding, d1 } from "./d1.ts";
import type { Database } from "./database.ts";
import { handlerExecutor } from "./handlerExecutor.ts";
import { idempotencyKeyOf, REPLAYED } from "./idempotency.ts";
import { lookup } from "./lookup.ts";
import type { HandlerOperation, OperationPlan } from "./plan.ts";
import { type HandlerExecutor, type Prepared, prepare } from "./prepare.ts";
import { bodyArguments, queryArguments, queryText } from "./readArguments.ts";
import { bodyText } from "./readBody.ts";
import type { Scope } from "./scope.ts";
import type { Routed, Server, ServerOptions } from "./serverOptions.ts";
import { tableAccess } from "./tableAccess.ts";
import { unrouted } from "./unrouted.ts";

const DEFAULT_MAX_BODY_BYTES = 1_048_576;

/** Takes what a request brings, which may be too large; the arguments are made of it when it is known that the caller may call. */
type Read = (request: Request) => (() => Args) | Promise<() => Args>;

/** Makes one thing of each key at most, and keeps the last: the environment of a Worker is one object for all requests. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { key: K; value: V } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

/** Hono throws where a request came without an execution context, as in some tests: the work then goes on by itself. */
function waitUntil<Env extends object>(context: Routed<Env>, work: Promise<unknown>): void {
  try {
    context.executionCtx?.waitUntil(work);
  } catch {
    // the work is under way, and says itself what goes wrong
  }
}

/**
 * What a generated Worker's routes call. Every operation is made ready when it is first asked for; a request then validates, binds
 * and runs.
 */
export function createServer<Env extends object>(options: ServerOptions<Env>): Server<Env> {
  const { operations, validators, constraints } = options;
  const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const database = once((env: Env): Database => d1(env[options.binding] as D1Binding));
  const { corsOrigins } = options;
  const origins = typeof corsOrigins === "function" ? once(corsOrigins) : () => corsOrigins ?? [];
  const handle = handlers(options);
  const limiter = options.limiter ?? missing("limiter");
  const prepared = new Map<string, Prepared>();

  function ready(operation: OperationPlan): Prepared {
    let run = prepared.get(operation.name);
    if (run === undefined) {
      run = prepare(
        operation,
        lookup(validators, operation.name),
        constraints,
        operation.result === "handler" ? handle(operation) : undefined,
      );
      prepared.set(operation.name, run);
    }
    return run;
  }

  const run: Scope["run"] = (name, args, scope) => ready(operations[name]!)(args, scope);
  const cors = (request: Request, env: Env): AnswerHeaders | undefined => corsHeaders(request, origins(env), false);

  async function respond(operation: OperationPlan, read: Read, context: Routed<Env>) {
    const { env } = context;
    const request = context.req.raw;
    const requestId = requestIdOf(request);
    const headers = cors(request, env);
    try {
      const args = await read(request);
      if (operation.limit !== undefined) await limiter(operation.limit, { request, env, user: undefined });
      const key = operation.kind === "mutation" ? idempotencyKeyOf(request) : undefined;
      const scope: Scope = {
        env,
        request,
        requestId,
        now: Date.now(),
        database: database(env),
        defer: (work) => waitUntil(context, work),
        run,
        ...(key && { idempotencyKey: key }),
      };
      const result = await ready(operation)(args(), scope);
      return answer(200, result, requestId, headers, key?.replayed ? { [REPLAYED]: "true" } : undefined);
    } catch (error) {
      return refusalAnswer(error, requestId, headers);
    }
  }

  function operationOf(kind: "query" | "mutation", name: string): OperationPlan {
    const operation = lookup(operations, name);
    if (operation?.kind !== kind) throw new Error(`There is no ${kind} ${JSON.stringify(name)}.`);
    return operation;
  }

  return {
    query(name) {
      const operation = operationOf("query", name);
      const read: Read = (request) => {
        const url = queryText(request.url);
        return () => queryArguments(url, operation.args, operation.result === "page");
      };
      return (context) => respond(operation, read, context);
    },
    mutation(name) {
      const operation = operationOf("mutation", name);
      const read: Read = async (request) => {
        const text = await bodyText(request, maxBodyBytes);
        return () => bodyArguments(text, request.headers.get("content-type"));
      };
      return (context) => respond(operation, read, context);
    },
    health() {
      return ({ req, env }) => answer(200, '{"status":"ok"}', requestIdOf(req.raw), cors(req.raw, env));
    },
    notFound({ req, env }) {
      return unrouted(req.raw, req.path, operations, cors(req.raw, env));
    },
    onError(error, { req, env }) {
      if ("getResponse" in error) return (error as Error & { getResponse(): Response }).getResponse();
      return refusalAnswer(error, requestIdOf(req.raw), cors(req.raw, env));
    },
  };
}

/** How handler operations run; what their contexts share is made with the first of them. */
function handlers<Env extends object>(
  options: ServerOptions<Env>,
): (operation: HandlerOperation) => HandlerExecutor | undefined {
  const { planner, drizzle, constraints, operations } = options;
  const parts = {
    operations,
    constraints,
    results: options.resultShapes ?? {},
    db: planner ? tableAccess(planner, constraints) : missing("planner"),
    drizzle: drizzle ? ({ env }: Scope) => drizzle(env as Env) : missing("drizzle"),
  };
  return (operation) => {
    const handler = lookup(options.handlers, operation.name);
    return handler && handlerExecutor(operation, handler, parts, lookup(options.resultValidators, operation.name));
  };
}

function missing(option: string): () => never {
  return () => {
    throw new Error(`createServer was given no ${option}.`);
  };
}
