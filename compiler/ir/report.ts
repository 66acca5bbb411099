import type { DiagnosticCode, MessageParameters } from "../diagnostics/catalogue.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { correction } from "../diagnostics/didYouMean.ts";
import { change, replacement } from "../diagnostics/fix.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Place } from "../manifest/place.ts";

export interface ReportExtras {
  /** point at the key that holds the value, not at the value */
  readonly at?: "key";
  readonly severity?: "warning";
  readonly hint?: string | undefined;
  /** the name that does not exist and those that do: asks whether one of these was meant, and offers to write it there; see `correction` */
  readonly suggest?:
    | readonly [name: string, candidates: Iterable<string>, written?: ((candidate: string) => string) | undefined]
    | undefined;
  /** the places of the other declarations that the message speaks of; their keys are shown */
  readonly related?: readonly { readonly message: string; readonly place: Place }[];
  /** what would mend it in the value's place, or the key's; quotes that stand there stay */
  readonly replace?: string;
  /** the same, quotes and all */
  readonly rewrite?: string | undefined;
  /** text that would mend it, put before and behind the value */
  readonly wrap?: { readonly title: string; readonly before: string; readonly after: string };
}

/** Says what is wrong at a place. Returns undefined, so that the one who finds a mistake can return what it says. */
export type Report = <C extends DiagnosticCode>(
  code: C,
  place: Place,
  parameters: MessageParameters<C>,
  extras?: ReportExtras,
) => undefined;

/** A report that gathers diagnostics in the order of their coming. */
export function reportInto(diagnostics: Diagnostic[]): Report {
  return (code, place, parameters, { at, severity, hint, suggest, replace, rewrite, related, wrap } = {}) => {
    const span = at === "key" ? place.keySpan : place.span;
    diagnostics.push(
      diagnostic(code, span, parameters, {
        ...(severity && { severity }),
        ...(suggest && correction(span, ...suggest)),
        ...(replace !== undefined && { fix: replacement(span, replace) }),
        ...(rewrite !== undefined && { fix: change(span, rewrite) }),
        ...(hint && { hint }),
        ...(related && { related: related.map((other) => ({ message: other.message, span: other.place.keySpan })) }),
        ...(wrap && {
          fix: {
            title: wrap.title,
            edits: [
              { span: { ...span, end: span.start }, text: wrap.before },
              { span: { ...span, start: span.end }, text: wrap.after },
            ],
          },
        }),
      }),
    );
    return undefined;
  };
}
