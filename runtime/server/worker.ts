import type { Context, ExecutionContext } from "hono";
import type { HonoEnv, Server } from "./serverOptions.ts";

/** What of a Hono app a Worker needs. */
interface App<Env extends object> {
  notFound(handler: (context: Context<HonoEnv<Env>>) => Response): unknown;
  onError(handler: (error: Error, context: Context<HonoEnv<Env>>) => Response): unknown;
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response>;
}

/**
 * The Worker of an app: what no route takes and what middleware throws is answered in the one envelope, preflights included. The app is the
 * generated `routes`, or one's own that mounts them.
 */
export function createWorker<Env extends object>(app: App<Env>, server: Server<Env>) {
  app.notFound((context) => server.notFound(context));
  app.onError((error, context) => server.onError(error, context));
  return { fetch: (request: Request, env: Env, context: ExecutionContext) => app.fetch(request, env, context) };
}
