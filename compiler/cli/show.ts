import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostics } from "../diagnostics/format.ts";
import type { Io } from "./io.ts";

/** Diagnostics on stderr, and how many errors they are. */
export function showDiagnostics(io: Io, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  io.err(formatDiagnostics(diagnostics, { colours: io.isTTY }));
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0) io.err(`\n${errors} ${errors === 1 ? "error" : "errors"}\n`);
}
