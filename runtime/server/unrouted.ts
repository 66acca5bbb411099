import { refusalAnswer, requestIdOf } from "./answer.ts";
import { ANSWER_HEADERS, type AnswerHeaders } from "./answerHeaders.ts";
import { preflightHeaders } from "./cors.ts";
import { Refusal } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { OperationPlans } from "./plan.ts";

const READ_METHODS = ["GET", "HEAD", "OPTIONS"];
const WRITE_METHODS = ["POST", "OPTIONS"];
const AUTH_METHODS = ["GET", "POST", "OPTIONS"];

/** The methods that a path takes, wherever the routes are mounted; none where it leads nowhere. */
function methodsAt(path: string, operations: OperationPlans, hasAuth: boolean): readonly string[] {
  for (const [folder, kind, methods] of [
    ["/queries/", "query", READ_METHODS],
    ["/mutations/", "mutation", WRITE_METHODS],
  ] as const) {
    const at = path.indexOf(folder);
    if (at < 0) continue;
    const name = path.slice(at + folder.length);
    if (lookup(operations, name)?.kind === kind) return methods;
  }
  if (hasAuth && path.includes("/auth/")) return AUTH_METHODS;
  return path.endsWith("/health") ? READ_METHODS : [];
}

/** The answer to a request that no route took: a preflight's, 405 where the path takes other methods, else 404. */
export function unrouted(
  request: Request,
  path: string,
  operations: OperationPlans,
  hasAuth: boolean,
  cors: AnswerHeaders | undefined,
): Response {
  const requestId = requestIdOf(request);
  const methods = methodsAt(path, operations, hasAuth);
  const allow = methods.join(", ");
  const { method } = request;
  if (method === "OPTIONS" && methods.length > 0) {
    const allowed = cors !== undefined && "access-control-allow-origin" in cors;
    const headers = {
      ...ANSWER_HEADERS,
      allow,
      "x-request-id": requestId,
      ...cors,
      ...(allowed && preflightHeaders(request, allow)),
    };
    return new Response(null, { status: 204, headers });
  }
  if (methods.length === 0 || methods.includes(method)) {
    return refusalAnswer(new Refusal(404, "unknown_operation", `There is no operation at ${path}.`), requestId, cors);
  }
  const refusal = new Refusal(405, "method_not_allowed", `${method} is not allowed here; use ${methods[0]}.`);
  return refusalAnswer(refusal, requestId, cors, { allow });
}
