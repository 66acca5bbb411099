import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { correction } from "../diagnostics/didYouMean.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { familyAt, kindsIn, sectionOf } from "./kinds.ts";
import { isLater } from "./later.ts";
import type { Place } from "./place.ts";
import type { Schema } from "./schema.ts";
import { either, quoted } from "./words.ts";

/**
 * A key that its map has no place for.
 *
 * @param schema the closed shape of the map
 * @returns undefined where the map is of two kinds: which of them has the key is not known
 */
export function explainKey(key: string, map: object, schema: Schema, place: Place): Diagnostic | undefined {
  const family = familyAt(place.path);
  const kinds = family ? kindsIn(family, map) : [];
  if (kinds.length > 1) return undefined;
  const misplaced = explainMisplaced(key, place);
  if (misplaced) return misplaced;

  const span = place.at(key).keySpan;
  const others = family ? [...family.kinds].filter(([, keys]) => keys.has(key)).map(([kind]) => `\`${kind}\``) : [];
  if (others.length > 0) {
    const hint = `It belongs to ${either(others)}.`;
    return diagnostic("shape/useless-key", span, [key, kinds[0]!], { hint });
  }
  const free = Object.keys(schema.properties ?? {}).filter((other) => !(other in map));
  return diagnostic("shape/unknown-key", span, [key, schema.title ?? "this map"], correction(span, key, free));
}

/** A key that its map lacks; undefined where it is there, but misspelt: that is told already. */
export function explainMissing(key: string, map: object, schema: Schema, place: Place): Diagnostic | undefined {
  const isMisspelt = Object.keys(map).some((other) => !schema.properties?.[other] && nearest(other, [key]));
  return isMisspelt ? undefined : diagnostic("shape/missing-key", place.keySpan, [key, schema.title ?? "this map"]);
}

/** A map that does not say which kind of thing it is, or says it twice. */
export function explainKinds(schema: Schema, map: object, place: Place): Diagnostic {
  const choices = (schema.oneOf ?? []).map(({ required: [choice] }) => choice);
  const noun = schema.title ?? "map";
  const [first, second] = Object.keys(map).filter((key) => choices.includes(key));
  if (first !== undefined && second !== undefined) {
    const related = [{ message: `"${first}" stands here.`, span: place.at(first).keySpan }];
    return diagnostic("shape/two-kinds", place.at(second).keySpan, [noun, first, second], { related });
  }
  for (const key of Object.keys(map)) {
    const misplaced = explainMisplaced(key, place);
    if (misplaced) return misplaced;
  }
  const misspelt = Object.keys(map).find((key) => !schema.properties?.[key] && nearest(key, choices));
  if (misspelt === undefined) return diagnostic("shape/no-kind", place.keySpan, [noun, either(quoted(choices))]);
  const span = place.at(misspelt).keySpan;
  return diagnostic("shape/unknown-key", span, [misspelt, `a ${noun}`], correction(span, misspelt, choices));
}

/** A key of the other section, or of a later version of the language. */
function explainMisplaced(key: string, place: Place): Diagnostic | undefined {
  const section = sectionOf(key, place.path);
  if (section) return diagnostic("shape/wrong-section", place.at(key).keySpan, [key, section]);
  if (isLater(place.path, key)) return diagnostic("shape/not-supported", place.at(key).keySpan, [`"${key}"`]);
  return undefined;
}
