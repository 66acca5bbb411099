import type { Span } from "../source/span.ts";
import type { DiagnosticCode } from "./catalogue.ts";

/** A second place that belongs to a diagnostic: the earlier of two declarations, the other end of a clash. */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** A change of text that would mend the mistake. Offsets are those of the span's source. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** One mistake of the user (or one doubt), said once, with its place. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}
