/** Where in a call it is, as far as that is known: a step, the relation of a row written with another one, an item of a list. */
interface Origin {
  readonly step?: string;
  readonly relation?: string;
  readonly item?: number;
}

/** What `details` holds, by code; declared errors and codes not listed here have none that is known. */
export interface ErrorDetails {
  invalid_arguments: readonly { readonly path: string; readonly message: string }[];
  /** the rules of which one had to hold, or the one that denied; of a missing role, a column or another refusal there are none */
  forbidden: { readonly rules: readonly { readonly name: string; readonly message?: string }[] } | undefined;
  not_found: Origin | undefined;
  conflict: Origin | undefined;
  unique_violation: { readonly table: string; readonly columns: readonly string[] } & Origin;
  foreign_key_violation: ({ readonly table: string; readonly columns: readonly string[] } & Origin) | undefined;
  /** seconds until another call may be let through */
  rate_limited: { readonly retryAfter: number };
  check_violation: { readonly table: string; readonly check: string } & Origin;
}

/** Codes that the client itself gives: no answer, none in time, an answer that is not the API's, arguments too long for a URL. */
export type ClientErrorCode = "network_error" | "timeout" | "invalid_response" | "url_too_long";

/** Codes that any operation may answer with. */
export type ServerErrorCode =
  | keyof ErrorDetails
  | "unauthorized"
  | "unknown_operation"
  | "method_not_allowed"
  | "too_large"
  | "internal";

/** Known codes, for completion, and any other: operations declare their own. */
export type ErrorCode = ServerErrorCode | ClientErrorCode | (string & {});

type DetailsOf<Code extends string> = Code extends keyof ErrorDetails ? ErrorDetails[Code] : unknown;

export interface ErrorParts<Code extends string> {
  readonly code: Code;
  readonly status: number;
  readonly rule?: string | undefined;
  readonly details?: DetailsOf<Code> | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** A call that failed. `status` is 0 where no answer came; `requestId` finds the request in the server's log. */
export class AppflareError<Code extends string = ErrorCode> extends Error {
  readonly code: Code;
  readonly status: number;
  readonly rule: string | undefined;
  readonly details: DetailsOf<Code>;
  readonly requestId: string | undefined;
  /** the name of the operation that was called */
  operation: string | undefined;

  constructor(message: string, { code, status, rule, details, requestId, cause }: ErrorParts<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AppflareError";
    this.code = code;
    this.status = status;
    this.rule = rule;
    this.details = details as DetailsOf<Code>;
    this.requestId = requestId;
  }
}

/** Whether an error is a failed call, and of the given code where one is given: `details` then has that code's type. */
export function isAppflareError(error: unknown): error is AppflareError;
export function isAppflareError<const Code extends ErrorCode>(error: unknown, code: Code): error is AppflareError<Code>;
export function isAppflareError(error: unknown, code?: string): boolean {
  return error instanceof AppflareError && (code === undefined || error.code === code);
}

/** Codes that stand beside those of an operation: no proper answer came, or the server is not the one that this client was made for. */
export type UnexpectedErrorCode =
  | ClientErrorCode
  | "unknown_operation"
  | "method_not_allowed"
  | "unauthorized"
  | "rate_limited";

/** An error with one of several codes: a union that `code` tells apart. */
export type ErrorOf<Code extends string> = Code extends string ? AppflareError<Code> : never;

/** Whether an error is the failure of a call of an operation; its `code` is then one of those that the operation may answer with. */
export type IsError<Errors> = <const Operation extends keyof Errors & string>(
  error: unknown,
  operation: Operation,
) => error is ErrorOf<(Errors[Operation] & string) | UnexpectedErrorCode>;

/**
 * Makes the question of a generated client.
 *
 * @typeParam Errors the codes of each operation, by its name
 */
export function isErrorOf<Errors>(): IsError<Errors> {
  return ((error: unknown, operation: string) =>
    error instanceof AppflareError && error.operation === operation) as IsError<Errors>;
}

/** The error that an answer's body tells of; undefined where the body is not the API's envelope. */
export function errorOf(body: unknown, status: number): AppflareError | undefined {
  const envelope = (body as { error?: unknown } | null)?.error;
  if (typeof envelope !== "object" || envelope === null) return undefined;
  const { code, message, rule, details, requestId } = envelope as { [key: string]: unknown };
  if (typeof code !== "string" || typeof message !== "string") return undefined;
  return new AppflareError<ErrorCode>(message, {
    code,
    status,
    details,
    rule: typeof rule === "string" ? rule : undefined,
    requestId: typeof requestId === "string" ? requestId : undefined,
  });
}
