import type { Span } from "../source/span.ts";
import type { Fix } from "./diagnostic.ts";
import { replacement } from "./fix.ts";
import { nearest } from "./suggest.ts";

/** A question for a name that does not exist: `Did you mean "title"?`, or nothing when no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const candidate = nearest(name, candidates);
  return candidate === undefined ? undefined : `Did you mean "${candidate}"?`;
}

/**
 * The question with the fix that renames, to spread into the extras of `diagnostic`; empty when no candidate is near.
 *
 * @param span where the name stands (in quotes or not)
 * @param written the whole text that stands there, when a candidate is right; where the name does not stand alone
 */
export function correction(
  span: Span,
  name: string,
  candidates: Iterable<string>,
  written: (candidate: string) => string = (known) => known,
): { hint?: string; fix?: Fix } {
  const candidate = nearest(name, candidates);
  if (candidate === undefined) return {};
  return { hint: `Did you mean "${candidate}"?`, fix: replacement(span, written(candidate)) };
}
