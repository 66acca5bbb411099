import type { Diagnostic } from "./diagnostic.ts";

/** Diagnostics as people read them: by file and place, and one per place and code (an alias can lead twice to one mistake). */
export function ordered(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (a, b) =>
      compareText(a.span.source.path, b.span.source.path) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compareText(a.code, b.code),
  );
  return sorted.filter((diagnostic, index) => index === 0 || !isSame(sorted[index - 1]!, diagnostic));
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.code === b.code &&
    a.span.source.path === b.span.source.path &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end
  );
}

/** By code units, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
