import { Refusal } from "../server/errors.ts";

/** What of better-auth's codes is an error that every endpoint knows. */
const CODES: { readonly [code: string]: string } = {
  VALIDATION_ERROR: "invalid_arguments",
  BAD_REQUEST: "invalid_arguments",
  FAILED_TO_CREATE_USER: "invalid_arguments",
  INVALID_ORIGIN: "forbidden",
  MISSING_OR_NULL_ORIGIN: "forbidden",
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: "forbidden",
};

const BY_STATUS: { readonly [status: number]: string } = {
  400: "invalid_arguments",
  401: "unauthorized",
  403: "forbidden",
  404: "unknown_operation",
  405: "method_not_allowed",
  429: "rate_limited",
};

interface Answer {
  readonly token?: string | null;
  readonly user?: unknown;
  readonly url?: string;
  readonly redirect?: boolean;
  readonly code?: string;
  readonly message?: string;
}

/**
 * An answer of better-auth as ours: refusals in the envelope, users as `$user` has them, and nothing of its tables.
 *
 * @param userOf the user of a session's token, in wire form
 * @throws Refusal
 */
export async function readAnswer(
  response: Response,
  { userOf }: { readonly userOf: (token: string) => Promise<unknown> },
): Promise<Response> {
  if (response.status < 200 || (response.status >= 300 && response.status < 400)) return response;
  const answer = (await response.json().catch(() => null)) as Answer | null;
  if (response.status >= 400) throw refusalOf(response.status, answer);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return Response.json(await bodyOf(answer, userOf), { status: response.status, headers });
}

/** Of an answer only what it is for is passed on. */
async function bodyOf(answer: Answer | null, userOf: (token: string) => Promise<unknown>): Promise<unknown> {
  if (answer === null) return null;
  if (typeof answer.token === "string") return { token: answer.token, user: await userOf(answer.token) };
  if (typeof answer.url === "string") return { url: answer.url, redirect: answer.redirect ?? false };
  return answer.token === null ? { token: null, user: null } : null;
}

function refusalOf(status: number, answer: Answer | null): Refusal {
  if (status >= 500) throw new Error(`better-auth answered ${status}: ${answer?.message ?? "no reason given"}`);
  const given = answer?.code;
  const code = given === undefined ? BY_STATUS[status] : (CODES[given] ?? given.toLowerCase());
  const message = given === "FAILED_TO_CREATE_USER" ? "A value is not one that a user may have." : answer?.message;
  const rule = code === "forbidden" && given !== undefined ? { rule: "origin" } : {};
  // its own are 422 for what is 400 everywhere else
  const ours = code === "invalid_arguments" ? 400 : status;
  return new Refusal(ours, code ?? "invalid_arguments", message ?? "That was refused.", rule);
}
