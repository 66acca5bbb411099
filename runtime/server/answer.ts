import { ANSWER_HEADERS, type AnswerHeaders } from "./answerHeaders.ts";
import { envelope, internal, Refusal } from "./errors.ts";

/** A caller's own id is taken over when it is short and plain, so that it can stand in a header and a log as it is. */
const SANE_ID = /^[\w.:-]{1,128}$/;

/** The id of a request: the caller's, or a fresh one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && SANE_ID.test(given) ? given : crypto.randomUUID();
}

/** An answer with a JSON text. */
export function answer(
  status: number,
  json: string,
  requestId: string,
  cors: AnswerHeaders | undefined,
  more?: AnswerHeaders,
): Response {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "x-request-id": requestId,
    ...ANSWER_HEADERS,
  };
  if (cors) Object.assign(headers, cors);
  if (more) Object.assign(headers, more);
  return new Response(json, { status, headers });
}

/**
 * The answer for whatever was thrown. A Refusal says itself; of anything else the caller learns nothing but the request's id, under
 * which the operator finds it in the log.
 */
export function refusalAnswer(
  error: unknown,
  requestId: string,
  cors: AnswerHeaders | undefined,
  more?: AnswerHeaders,
): Response {
  let refusal: Refusal;
  if (error instanceof Refusal) {
    refusal = error;
  } else {
    // biome-ignore lint/suspicious/noConsole: a Worker's log is its console
    console.error(`Request ${requestId} failed:`, error);
    refusal = internal();
  }
  return answer(refusal.status, envelope(refusal, requestId), requestId, cors, more ?? refusal.extras.headers);
}
