import type { Span } from "../source/span.ts";
import type { Diagnostic } from "./diagnostic.ts";

export interface JsonRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A diagnostic as `--format json` prints it. Lines and columns count from 1, columns in UTF-16 units, ends are exclusive. */
export interface JsonDiagnostic extends JsonRange {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly related?: readonly ({ readonly message: string } & JsonRange)[];
  readonly fix?: { readonly title: string; readonly edits: readonly (JsonRange & { readonly text: string })[] };
}

export function toJson({ code, severity, message, span, related, fix }: Diagnostic): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    ...rangeOf(span),
    ...(related && { related: related.map((place) => ({ message: place.message, ...rangeOf(place.span) })) }),
    ...(fix && {
      fix: { title: fix.title, edits: fix.edits.map((edit) => ({ ...rangeOf(edit.span), text: edit.text })) },
    }),
  };
}

/** Where a span stands, in lines and columns. */
export function rangeOf({ source, start, end }: Span): JsonRange {
  const from = source.position(start);
  const to = source.position(end);
  return { file: source.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
