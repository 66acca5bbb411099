import type { SourceFile } from "../source/sourceFile.ts";
import type { Diagnostic } from "./diagnostic.ts";

type Edit = NonNullable<Diagnostic["fix"]>["edits"][number];

export interface Mended {
  /** the sources that changed, each with its new text */
  readonly texts: ReadonlyMap<SourceFile, string>;
  /** the diagnostics whose fixes were applied */
  readonly mended: readonly Diagnostic[];
}

/**
 * Applies the fixes that diagnostics carry, each whole or not at all. Of fixes that touch one another only the first is applied: whether
 * the others still hold is known when the new text has been read.
 */
export function applyFixes(diagnostics: readonly Diagnostic[]): Mended {
  const edits: Edit[] = [];
  const mended = diagnostics.filter(({ fix }) => {
    if (!fix?.edits.every(keepsFormat) || fix.edits.some((edit) => edits.some((other) => touch(edit, other))))
      return false;
    edits.push(...fix.edits);
    return true;
  });
  const sources = new Set(edits.map(({ span }) => span.source));
  return { texts: new Map(Array.from(sources, (source) => [source, edited(source, edits)])), mended };
}

/** A manifest in JSON stays JSON: what a person would write in YAML is left to the person. */
function keepsFormat({ span, text }: Edit): boolean {
  if (!span.source.path.endsWith(".json")) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function touch({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.source === b.source && a.start <= b.end && b.start <= a.end;
}

/** From the end to the start, so that offsets stay what they are. */
function edited(source: SourceFile, edits: readonly Edit[]): string {
  const own = edits.filter(({ span }) => span.source === source).sort((a, b) => b.span.start - a.span.start);
  return own.reduce((text, { span, text: put }) => text.slice(0, span.start) + put + text.slice(span.end), source.text);
}
