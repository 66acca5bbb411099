import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostics } from "../diagnostics/format.ts";
import type { Io } from "./io.ts";

/** Nobody reads more at once; mending these mends most of the others. */
const MOST_SHOWN = 100;

/** Diagnostics on stderr, and how many errors they are. */
export function showDiagnostics(io: Io, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  io.err(formatDiagnostics(diagnostics.slice(0, MOST_SHOWN), { colours: io.isTTY }));
  const hidden = diagnostics.length - MOST_SHOWN;
  if (hidden > 0) io.err(`\n… and ${hidden} more\n`);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0) io.err(`\n${errors} ${errors === 1 ? "error" : "errors"}\n`);
}

/** Errors alone: warnings are told where a manifest is compiled. */
export function showErrors(io: Io, diagnostics: readonly Diagnostic[]): void {
  showDiagnostics(
    io,
    diagnostics.filter(({ severity }) => severity === "error"),
  );
}
