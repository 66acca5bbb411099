import { answer, refusalAnswer, requestIdOf } from "./answer.ts";
import type { AnswerHeaders } from "./answerHeaders.ts";
import type { Args } from "./args.ts";
import { type AsCaller, admit, type CallerRequest, Callers, type Known } from "./callers.ts";
import { corsHeaders, type Origins } from "./cors.ts";
import { type D1Binding, d1 } from "./d1.ts";
import type { Database } from "./database.ts";
import { handlers, missing } from "./handlers.ts";
import { idempotencyKeyOf, REPLAYED } from "./idempotency.ts";
import { lookup } from "./lookup.ts";
import type { OperationPlan } from "./plan.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { bodyArguments, queryArguments, queryText } from "./readArguments.ts";
import { bodyText } from "./readBody.ts";
import { renewalOf } from "./renewal.ts";
import type { Scope } from "./scope.ts";
import type { Routed, Server, ServerOptions } from "./serverOptions.ts";
import { signInAnswer } from "./signIn.ts";
import { answerSignIn } from "./signInRoute.ts";
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

/** Origins as they are written, or as they stand in the environment. */
function originsIn<Env>(origins: Origins | ((env: Env) => Origins) | undefined): (env: Env) => Origins {
  return typeof origins === "function" ? once(origins) : () => origins ?? [];
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
  const { signIn } = options;
  const origins = originsIn(options.corsOrigins);
  const moreOrigins = originsIn(signIn?.trustedOrigins);
  const trusted = once((env: Env): Origins => [...origins(env), ...moreOrigins(env)]);
  const callers = signIn && new Callers(signIn.identity);
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

  const run: Scope["run"] = (name, args, scope) => {
    const operation = operations[name]!;
    admit(operation.auth, scope.caller);
    return ready(operation)(args, scope);
  };
  const cors = (request: Request, env: Env): AnswerHeaders | undefined =>
    corsHeaders(request, signIn ? trusted(env) : origins(env), signIn !== undefined);

  function secretOf(env: Env): string {
    const secret = signIn?.secret(env);
    if (!secret) throw new Error("The secret of sign-in is not set: `auth.secret` says which variable holds it.");
    return secret;
  }

  /** Who calls an operation; without sign-in it is nobody. */
  function asCaller<T>(
    operation: Pick<OperationPlan, "auth" | "result">,
    request: Request,
    env: Env,
    use: AsCaller<T>,
  ) {
    const call: CallerRequest = {
      request,
      database: database(env),
      audience: operation.auth,
      isHandler: operation.result === "handler",
      origins: trusted(env),
      secret: () => secretOf(env),
    };
    if (callers !== undefined) return callers.as(call, use);
    admit(operation.auth, undefined);
    return use(undefined, call.database);
  }

  async function respond(operation: OperationPlan, read: Read, context: Routed<Env>) {
    const { env } = context;
    const request = context.req.raw;
    const requestId = requestIdOf(request);
    const headers = cors(request, env);
    try {
      const args = await read(request);
      const now = Date.now();
      let isCounted = false;
      return await asCaller(operation, request, env, async (known, database) => {
        if (operation.limit !== undefined && !isCounted) {
          await limiter(operation.limit, { request, env, user: known && String(known.caller.user["id"]) });
          isCounted = true;
        }
        const key = operation.kind === "mutation" ? idempotencyKeyOf(request) : undefined;
        const scope: Scope = {
          ...{ env, request, requestId, now, database, run },
          caller: known?.caller,
          defer: (work) => waitUntil(context, work),
          ...(key && { idempotencyKey: key }),
        };
        const result = await ready(operation)(args(), scope);
        const more = { ...(key?.replayed && { [REPLAYED]: "true" }), ...(known && renew(known, scope)) };
        return answer(200, result, requestId, headers, more);
      });
    } catch (error) {
      return refusalAnswer(error, requestId, headers);
    }
  }

  /** Makes the session of a caller last, where it is time, and returns its cookie. */
  function renew(known: Known, { database, request, now, defer }: Scope): AnswerHeaders {
    const renewal = renewalOf(signIn!.identity, known, request, now);
    if (renewal) defer(database.run(renewal.statement));
    return renewal?.headers ?? {};
  }

  async function authenticate(context: Routed<Env>): Promise<Response> {
    const { env, req } = context;
    const request = req.raw;
    const requestId = requestIdOf(request);
    const headers = cors(request, env);
    try {
      const defer = (work: Promise<unknown>) => waitUntil(context, work);
      const asked = { request, env, origins: trusted(env), secret: secretOf(env), defer };
      const parts = { callers: callers!, database: database(env), limiter, maxBodyBytes };
      return signInAnswer(await answerSignIn(signIn!, req.path, asked, parts), requestId, headers);
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
    auth() {
      if (signIn === undefined) throw new Error("createServer was given no signIn.");
      return authenticate;
    },
    health() {
      return ({ req, env }) => answer(200, '{"status":"ok"}', requestIdOf(req.raw), cors(req.raw, env));
    },
    notFound({ req, env }) {
      return unrouted(req.raw, req.path, operations, signIn !== undefined, cors(req.raw, env));
    },
    onError(error, { req, env }) {
      if ("getResponse" in error) return (error as Error & { getResponse(): Response }).getResponse();
      return refusalAnswer(error, requestIdOf(req.raw), cors(req.raw, env));
    },
  };
}
