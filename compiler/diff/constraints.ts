import { compareNumbers, isMultiple } from "../ir/numbers.ts";
import type { Type } from "../ir/type.ts";

/** Whether fewer values are allowed than before, more, or others. */
export type Direction = "narrower" | "wider" | "other";

type Bound = number | string | boolean;
type Rule = (before: Bound, after: Bound) => Direction;

const larger: Rule = (before, after) => (compareNumbers(before as number, after as number) < 0 ? "narrower" : "wider");
const smaller: Rule = (before, after) => (larger(before, after) === "wider" ? "narrower" : "wider");
const other: Rule = () => "other";

/** How a constraint of each name compares with an earlier one. */
const rules: { readonly [name: string]: Rule } = {
  minLength: larger,
  minItems: larger,
  minimum: larger,
  exclusiveMinimum: larger,
  maxLength: smaller,
  maxItems: smaller,
  maximum: smaller,
  exclusiveMaximum: smaller,
  // digits after the point: more of them are more values
  scale: smaller,
  multipleOf: (before, after) =>
    isMultiple(after as number, before as number)
      ? "narrower"
      : isMultiple(before as number, after as number)
        ? "wider"
        : "other",
  uniqueItems: other,
  pattern: other,
  format: other,
};

export interface ConstraintDifference {
  readonly name: string;
  readonly direction: Direction;
  readonly words: string;
}

/** How the constraints of two types of one kind differ; the insides of arrays and objects are others' concern. */
export function compareConstraints(before: Type, after: Type): readonly ConstraintDifference[] {
  const old = constraintsOf(before);
  const now = constraintsOf(after);
  return Object.keys(rules).flatMap((name) => compareOne(name, old[name], now[name]));
}

function compareOne(name: string, before: Bound | undefined, after: Bound | undefined): ConstraintDifference[] {
  if (before === after) return [];
  if (before === undefined) return [{ name, direction: "narrower", words: `${name} ${after}` }];
  if (after === undefined) return [{ name, direction: "wider", words: `no ${name} (${before} before)` }];
  return [{ name, direction: rules[name]!(before, after), words: `${name} ${after} instead of ${before}` }];
}

/** `uniqueItems: false` is none. */
function constraintsOf(type: Type): { readonly [name: string]: Bound | undefined } {
  const entries = Object.entries(type).filter(([name, bound]) => name in rules && bound !== false);
  return Object.fromEntries(entries) as { readonly [name: string]: Bound };
}

/** Whether a type has any constraint. */
export function isConstrained(type: Type): boolean {
  return Object.values(constraintsOf(type)).length > 0;
}
