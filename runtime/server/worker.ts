import type { Routed, Server } from "./serverOptions.ts";

/** What of a Hono app a Worker needs. */
interface App<Env extends object, Execution> {
  notFound(handler: (context: Routed<Env>) => Response): unknown;
  onError(handler: (error: Error, context: Routed<Env>) => Response): unknown;
  fetch(request: Request, env: Env, execution: Execution): Response | Promise<Response>;
}

/**
 * The Worker of an app: what no route takes and what middleware throws is answered in the one envelope, preflights included. The app is
 * the generated `routes`, or one's own that mounts them.
 */
export function createWorker<Env extends object, Execution>(app: App<NoInfer<Env>, Execution>, server: Server<Env>) {
  app.notFound(server.notFound);
  app.onError(server.onError);
  return { fetch: (request: Request, env: Env, execution: Execution) => app.fetch(request, env, execution) };
}
