import type { Span } from "../source/span.ts";
import { catalogue, type DiagnosticCode, type MessageParameters } from "./catalogue.ts";
import type { Diagnostic, Fix, Related } from "./diagnostic.ts";

interface Extras {
  readonly severity?: "warning";
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** a sentence behind the message: a suggestion, a way out */
  readonly hint?: string;
}

/**
 * Makes a diagnostic of a code of the catalogue.
 *
 * @param parameters what the code's message has to be told
 */
export function diagnostic<C extends DiagnosticCode>(
  code: C,
  span: Span,
  parameters: MessageParameters<C>,
  { severity, related, fix, hint }: Extras = {},
): Diagnostic {
  const say = catalogue[code] as (...parameters: MessageParameters<C>) => string;
  const message = say(...parameters);
  return {
    code,
    severity: severity ?? "error",
    message: hint ? `${message} ${hint}` : message,
    span,
    ...(related && { related }),
    ...(fix && { fix }),
  };
}
