import { ANSWER_HEADERS, type AnswerHeaders } from "./answerHeaders.ts";
import { envelope, internal, Refusal } from "./errors.ts";

/** A caller's own id is taken over when it is short and plain, so that it can stand in a header and a log as it is. */
const SANE_ID = /^[\w.:-]{1,128}$/;

/** The id of a request: the caller's, or a fresh one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && SANE_ID.test(given) ? given : crypto.randomUUID();
}

/** Copying headers is much faster than making them anew for each answer. */
const common = new Headers({ "content-type": "application/json", ...ANSWER_HEADERS });

function setAll(headers: Headers, more: AnswerHeaders): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
}

/** An answer with a JSON text. */
export function answer(
  status: number,
  json: string,
  requestId: string,
  cors: AnswerHeaders | undefined,
  more?: AnswerHeaders,
): Response {
  const made = new Response(json, { status, headers: common });
  const { headers } = made;
  headers.set("x-request-id", requestId);
  if (cors) setAll(headers, cors);
  if (more) setAll(headers, more);
  return made;
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
