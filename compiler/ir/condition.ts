import type { Column, Relation } from "./table.ts";
import type { Constant, Value } from "./type.ts";

/** A value in a condition or a write: a constant, or something that is known when the request is. */
export type Operand =
  | { readonly kind: "constant"; readonly value: Constant; readonly of: Value }
  /** `$args.a.b`: the argument `a` and the properties below it. `optional`: written with `?`, so what holds it may be absent */
  | { readonly kind: "argument"; readonly path: readonly string[]; readonly of: Value; readonly optional: boolean }
  /** `$now`: the same for the whole request */
  | { readonly kind: "now"; readonly of: Value }
  /** another column of the same row */
  | { readonly kind: "column"; readonly column: Column; readonly of: Value };

export type Comparison = "eq" | "ne" | "gt" | "gte" | "lt" | "lte";
export type TextMatch = "contains" | "startsWith" | "endsWith";
export type Quantifier = "some" | "every" | "none";

/**
 * A condition over a row. Two-valued: null compares as `language.md` fixes it. An entry that hangs on an argument that was
 * not sent is absent; `all`, `any`, `not` and `related` whose entries are all absent are absent themselves. An empty `all` as
 * written holds, an empty `any` does not.
 */
export type Condition =
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "compare"; readonly left: Operand; readonly op: Comparison; readonly right: Operand }
  /** `list` is a constant or argument of an array type; `negated` is `notIn` */
  | { readonly kind: "in"; readonly left: Operand; readonly list: Operand; readonly negated: boolean }
  | { readonly kind: "isNull"; readonly of: Operand /** a constant boolean, or an argument */; readonly is: Operand }
  | {
      readonly kind: "match";
      readonly left: Operand;
      readonly op: TextMatch;
      readonly right: Operand;
      readonly caseSensitive: boolean;
    }
  /** a to-one relation is `some` (the related row meets it) or `none` (there is no such row); without `of`: any row */
  | { readonly kind: "related"; readonly relation: Relation; readonly quantifier: Quantifier; readonly of?: Condition };
