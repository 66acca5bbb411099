import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { correction } from "../diagnostics/didYouMean.ts";
import { listing, quoting, replacement } from "../diagnostics/fix.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { isMap } from "./document.ts";
import { explainKey, explainKinds, explainMissing } from "./explainKey.ts";
import { isName, renamed } from "./naming.ts";
import type { Place } from "./place.ts";
import type { Schema } from "./schema.ts";
import { describe, either, expectedType, quoted } from "./words.ts";

/** A value that does not have the shape that the schema gives it, as the validator says it. */
export interface Mistake {
  /** the JSON Schema keyword that does not hold */
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  /** the schema that has the keyword */
  readonly schema: Schema;
  readonly value: unknown;
  /** where the value stands; the map, when it is a key that is wrong */
  readonly place: Place;
  /** the key whose name is wrong */
  readonly propertyName?: string;
}

/** Says a mistake in the words of its author; undefined where it only repeats another one. */
export function explain(mistake: Mistake): Diagnostic | undefined {
  return explanations[mistake.keyword]?.(mistake);
}

const explanations: { readonly [keyword: string]: (mistake: Mistake) => Diagnostic | undefined } = {
  type: explainType,
  additionalProperties: ({ params, schema, value, place }) =>
    explainKey(String(params.additionalProperty), value as object, schema, place),
  // what is no map at all is said to be of a wrong type
  oneOf: ({ schema, value, place }) => (isMap(value) ? explainKinds(schema, value, place) : undefined),
  required: ({ params, schema, value, place }) =>
    explainMissing(String(params.missingProperty), value as object, schema, place),
  enum: ({ schema, value, place }) => explainChoice(schema.enum!, value, place),
  const: ({ schema, value, place }) => explainChoice([schema.const], value, place),
  pattern: explainText,
  format: explainText,
  uniqueItems: explainRepeated,
  minimum: explainRange,
  maximum: explainRange,
  minLength: explainRange,
  maxLength: explainRange,
  minItems: explainRange,
  minProperties: explainRange,
};

function explainType({ schema, value, place }: Mistake): Diagnostic {
  const span = place.span;
  const types = [schema.type].flat();
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  const isListMissing = isScalar && types.includes("array") && !types.includes(typeof value);
  const isQuoteMissing = isScalar && schema.type === "string" && schema.pattern === undefined;
  const fix = isListMissing ? listing(span) : isQuoteMissing ? quoting(span) : undefined;
  return diagnostic("shape/type", span, [expectedType(schema), describe(value)], fix && { fix });
}

function explainChoice(allowed: readonly unknown[], value: unknown, place: Place): Diagnostic {
  const span = place.span;
  if (place.key === "auth") return diagnostic("shape/not-supported", span, [`"auth" other than "public"`]);
  const names = allowed.filter((choice) => typeof choice === "string");
  const suggestion = typeof value === "string" ? correction(span, value, names) : {};
  return diagnostic("shape/value", span, [either(quoted(allowed)), describe(value)], suggestion);
}

function explainText({ schema, value, place, propertyName }: Mistake): Diagnostic {
  const text = propertyName ?? String(value);
  const span = propertyName === undefined ? place.span : place.at(propertyName).keySpan;
  const title = schema.title ?? "what belongs here";
  if (isName(title)) {
    const name = renamed(text, title);
    const isBetter = name !== undefined && new RegExp(schema.pattern!).test(name);
    const hint = `${schema.description ?? ""}${isBetter ? ` Call it "${name}".` : ""}`.trim();
    return diagnostic("shape/name", span, [text, title], isBetter ? { hint, fix: replacement(span, name) } : { hint });
  }
  if (title === "a type" && text.endsWith("[]")) {
    return diagnostic("shape/text", span, [text, title], {
      hint: "A list is written `{ type: array, items: string }`.",
    });
  }
  const example = schema.examples?.find((choice) => typeof choice === "string");
  return diagnostic("shape/text", span, [text, title], example ? { hint: `Write it like \`${example}\`.` } : {});
}

function explainRepeated({ params, value, place }: Mistake): Diagnostic {
  const [earlier, later] = [Number(params.i), Number(params.j)].sort((a, b) => a - b) as [number, number];
  const related = [{ message: "It stands here first.", span: place.at(earlier).span }];
  const item = (value as unknown[])[later];
  return diagnostic("shape/repeated", place.at(later).span, [describe(item)], { related });
}

function explainRange({ keyword, params, place, propertyName }: Mistake): Diagnostic {
  const limit = Number(params.limit);
  const span = propertyName === undefined ? place.span : place.at(propertyName).keySpan;
  const problems: { readonly [keyword: string]: string } = {
    minimum: `This must be at least ${limit}.`,
    maximum: `This must be at most ${limit}.`,
    minLength: "This text is empty.",
    maxLength: `This is longer than ${limit} characters.`,
    minItems: "This list is empty.",
    minProperties: "This map is empty.",
  };
  return diagnostic("shape/range", span, [problems[keyword]!]);
}
