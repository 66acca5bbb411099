import type { AnswerHeaders } from "./answerHeaders.ts";

/** One thing wrong with the arguments; `path` starts with the argument's name (`lines.0.sku`). */
export interface Detail {
  readonly path: string;
  readonly message: string;
}

/** The body of an answer that refuses. */
export interface ErrorEnvelope {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly rule?: string;
    readonly details?: unknown;
    readonly requestId: string;
  };
}

export interface RefusalExtras {
  readonly rule?: string;
  readonly details?: unknown;
  /** of the answer, beside those of every answer */
  readonly headers?: AnswerHeaders;
}

/** A refusal that the caller is told: its code, status and message go over the wire as they are. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: RefusalExtras;

  constructor(status: number, code: string, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

/** The codes that every operation may answer with, beside those it declares. */
export const builtInErrors = {
  not_found: { status: 404, message: "There is no such row." },
  conflict: { status: 409, message: "More rows match than the operation expects." },
  forbidden: { status: 403, message: "You may not do that." },
} as const;

export type BuiltInError = keyof typeof builtInErrors;

/** A refusal by a built-in code. */
export function builtIn(
  code: BuiltInError,
  message: string = builtInErrors[code].message,
  extras: RefusalExtras = {},
): Refusal {
  return new Refusal(builtInErrors[code].status, code, message, extras);
}

/** 409: the write names the version of its row, and somebody else has written it since. */
export function staleVersion(): Refusal {
  return builtIn("conflict", "The row has changed since it was read.");
}

/** 400: the arguments are not what the operation takes. */
export function invalidArguments(details: readonly Detail[]): Refusal {
  const first = details[0]!;
  const message = first.path === "" ? first.message : `${first.path}: ${first.message}`;
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : "";
  return new Refusal(400, "invalid_arguments", message + more, { details });
}

/** 500: tells the caller nothing; the reason is for the operator's log. */
export function internal(): Refusal {
  return new Refusal(500, "internal", "Something went wrong on the server.");
}

/** The envelope of a refusal as JSON text. */
export function envelope(refusal: Refusal, requestId: string): string {
  const { rule, details } = refusal.extras;
  const body: ErrorEnvelope = {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...(rule !== undefined && { rule }),
      ...(details !== undefined && { details }),
      requestId,
    },
  };
  return JSON.stringify(body);
}
