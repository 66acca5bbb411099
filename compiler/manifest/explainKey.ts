import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { correction } from "../diagnostics/didYouMean.ts";
import { replacement } from "../diagnostics/fix.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { isMap } from "./document.ts";
import { type Advice, foreignKey } from "./foreignKeys.ts";
import { familyAt, kindsIn, sectionOf } from "./kinds.ts";
import { isLater } from "./later.ts";
import type { Place } from "./place.ts";
import { schema as manifestSchema, type Schema } from "./schema.ts";
import { either, inline, quoted } from "./words.ts";

type Entries = { readonly [key: string]: unknown };

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
  const advice = adviceFor(key, map as Entries, schema);
  if (others.length > 0) {
    const hint = advice?.hint ?? `It belongs to ${either(others)}.`;
    return diagnostic("shape/useless-key", span, [key, kinds[0]!], { hint });
  }
  const title = schema.title ?? "this map";
  if (advice) return advised(key, advice, title, map, place);
  const order = orderTerm(key, map as Entries, schema);
  if (order !== undefined) {
    const extras = { hint: `Write \`${order}\`.`, fix: replacement(place.span, order) };
    return diagnostic("shape/unknown-key", span, [key, title], extras);
  }
  const free = Object.keys(schema.properties ?? {}).filter((other) => !(other in map));
  const kind = choicesOf(schema);
  const hint =
    kind.some((choice) => choice in map) || kind.length === 0
      ? {}
      : { hint: `It needs one of ${either(quoted(kind))}.` };
  return diagnostic("shape/unknown-key", span, [key, title], { ...hint, ...correction(span, key, free) });
}

/** A key that its map lacks; undefined where it is there by a wrong name: that is told already. */
export function explainMissing(key: string, map: object, schema: Schema, place: Place): Diagnostic | undefined {
  const entries = map as Entries;
  const isThere = Object.keys(map).some((other) => {
    if (schema.properties?.[other]) return false;
    if (isLater(place.path, other)) return true;
    const advice = adviceFor(other, entries, schema);
    return (
      advice?.write === key ||
      nearest(other, [key]) ||
      orderTerm(other, entries, schema) !== undefined ||
      (key === "type" && other === "enum")
    );
  });
  if (isThere) return undefined;
  const example = schema.properties?.[key]?.examples?.find((some) => typeof some === "object");
  const hint = example === undefined ? {} : { hint: `Write it like \`${key}: ${inline(example)}\`.` };
  return diagnostic("shape/missing-key", place.keySpan, [key, schema.title ?? "this map"], hint);
}

/** The keys of which a map has exactly one. */
const choicesOf = ({ oneOf = [] }: Schema): string[] => oneOf.map(({ required: [choice] }) => choice);

/** A map that does not say which kind of thing it is, or says it twice; undefined where a key that it does not know is told already. */
export function explainKinds(schema: Schema, map: object, place: Place): Diagnostic | undefined {
  const choices = choicesOf(schema);
  const noun = (schema.title ?? "map").replace(/^an? /, "");
  const [first, second] = Object.keys(map).filter((key) => choices.includes(key));
  if (first !== undefined && second !== undefined) {
    const related = [{ message: `"${first}" stands here.`, span: place.at(first).keySpan }];
    return diagnostic("shape/two-kinds", place.at(second).keySpan, [noun, first, second], { related });
  }
  for (const key of Object.keys(map)) {
    const misplaced = explainMisplaced(key, place);
    if (misplaced) return misplaced;
  }
  const strange = Object.keys(map).filter((key) => !schema.properties?.[key]);
  if (strange.length > 0 && schema.additionalProperties === false) return undefined;
  const misspelt = strange.find((key) => nearest(key, choices) && !foreignKey(noun, key));
  if (misspelt !== undefined) {
    const span = place.at(misspelt).keySpan;
    return diagnostic("shape/unknown-key", span, [misspelt, `a ${noun}`], correction(span, misspelt, choices));
  }
  const foreign = strange.find((key) => foreignKey(noun, key));
  if (foreign !== undefined) return advised(foreign, foreignKey(noun, foreign)!, `a ${noun}`, map, place);
  return diagnostic("shape/no-kind", place.keySpan, [noun, either(quoted(choices))]);
}

/** What to write instead of a key that other tools have; `max` hangs on the type beside it. */
function adviceFor(key: string, map: Entries, { title }: Schema): Advice | undefined {
  if (title === "a type" && (key === "max" || key === "min")) {
    const type = typeof map["type"] === "string" ? map["type"].replace(/\?$/, "") : "";
    if (type === "array") return { write: `${key}Items` };
    return { write: type === "string" || type === "bytes" ? `${key}Length` : `${key}imum` };
  }
  if (title === "a type" && key === "required" && map[key] === false)
    return { hint: "What may be absent has `?` behind its type: `string?`, or `nullable: true`." };
  if (title === "what to load of a relation" && isMeasure(map[key])) return foreignKey(title, "measures");
  return foreignKey(title, key);
}

/** `{ count: all }` and its kin. */
const isMeasure = (value: unknown): boolean =>
  isMap(value) && Object.keys(manifestSchema.$defs!["measure"]!.properties!).some((key) => key in value);

function advised(key: string, { write, hint }: Advice, title: string, map: object, place: Place): Diagnostic {
  const span = place.at(key).keySpan;
  if (write === undefined || write in map)
    return diagnostic("shape/unknown-key", span, [key, title], hint ? { hint } : {});
  const extras = { hint: `It is called "${write}" here.`, fix: replacement(span, write) };
  return diagnostic("shape/unknown-key", span, [key, title], extras);
}

/** `{ createdAt: desc }`, as an order is written elsewhere, in the words of this language. */
function orderTerm(key: string, map: Entries, { title }: Schema): string | undefined {
  const written = map[key];
  const direction = typeof written === "string" ? written.toLowerCase() : "";
  if (title !== "a column to order by" || Object.keys(map).length !== 1 || !/^(asc|desc)/.test(direction))
    return undefined;
  return direction.startsWith("desc") ? `-${key}` : key;
}

/** A key of the other section, or of a later version of the language. */
function explainMisplaced(key: string, place: Place): Diagnostic | undefined {
  const section = sectionOf(key, place.path);
  if (section) return diagnostic("shape/wrong-section", place.at(key).keySpan, [key, section]);
  if (isLater(place.path, key)) return diagnostic("shape/not-supported", place.at(key).keySpan, [`"${key}"`]);
  return undefined;
}
