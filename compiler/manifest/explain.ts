import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { isMap } from "./document.ts";
import { explainKey, explainKinds, explainMissing } from "./explainKey.ts";
import { explainChoice, explainText, explainType } from "./explainValue.ts";
import type { Mistake } from "./mistake.ts";
import { describe } from "./words.ts";

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
  enum: (mistake) => explainChoice(mistake.schema.enum!, mistake),
  const: (mistake) => explainChoice([mistake.schema.const], mistake),
  pattern: explainText,
  format: explainText,
  uniqueItems: explainRepeated,
  minimum: explainRange,
  maximum: explainRange,
  minLength: explainRange,
  maxLength: explainRange,
  minItems: explainRange,
  maxItems: explainRange,
  minProperties: explainRange,
};

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
    minItems: limit === 1 ? "This list is empty." : `This list has fewer than ${limit} items.`,
    maxItems: `This list has more than ${limit} items.`,
    minProperties: "This map is empty.",
  };
  return diagnostic("shape/range", span, [problems[keyword]!]);
}
