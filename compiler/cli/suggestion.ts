import { nearest } from "../diagnostics/suggest.ts";

/** A question for a word that the command line does not know, or nothing when none of its words is near. */
export function suggestion(word: string, known: Iterable<string>): string | undefined {
  const candidate = nearest(word, known);
  return candidate === undefined ? undefined : `Did you mean "${candidate}"?`;
}
