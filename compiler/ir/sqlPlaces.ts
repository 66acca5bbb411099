import { Place } from "../manifest/place.ts";
import type { Span } from "../source/span.ts";

/**
 * The place of a stretch of a text that a manifest holds: found again in the manifest as the same occurrence of the same letters, so that
 * quotes, blocks and folds of YAML do not matter. Where they hide it, the whole text is meant.
 */
export function within(place: Place, text: string, start: number, end: number): Place {
  return Place.root({ locate: () => stretch(place.span, text, start, end) });
}

function stretch(span: Span, text: string, start: number, end: number): Span {
  const word = text.slice(start, end);
  const source = span.source.text.slice(span.start, span.end);
  const [inText, inSource] = [occurrences(text, word), occurrences(source, word)];
  const at = inText.length === inSource.length ? inSource[inText.indexOf(start)] : undefined;
  return at === undefined ? span : { ...span, start: span.start + at, end: span.start + at + word.length };
}

function occurrences(text: string, word: string): readonly number[] {
  const found: number[] = [];
  if (word === "") return found;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at);
  return found;
}
