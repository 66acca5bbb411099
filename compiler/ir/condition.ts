import type { Column, Relation, RuleVerb, Table } from "./table.ts";
import type { Constant, Value } from "./type.ts";

/** A value in a condition or a write: a constant, or something that is known when the request is. */
export type Operand =
  | { readonly kind: "constant"; readonly value: Constant; readonly of: Value }
  /** `$args.a.b`: the argument `a` and the properties below it; a star is the item of a list that is at hand. `optional`: written with `?`, so what holds it may be absent */
  | { readonly kind: "argument"; readonly path: readonly string[]; readonly of: Value; readonly optional: boolean }
  /** `$item.column`: a column of the row that an `each` over a table is at */
  | { readonly kind: "item"; readonly column: Column; readonly of: Value }
  /** `$steps.name.column`: as an earlier step left or read its row */
  | { readonly kind: "step"; readonly step: string; readonly column: Column; readonly of: Value }
  /** `$now`: the same for the whole request */
  | { readonly kind: "now"; readonly of: Value }
  /** `$user.field`: of the caller, a column of the table of users */
  | { readonly kind: "user"; readonly field: string; readonly of: Value }
  /** `$session.field`: of the caller's session */
  | { readonly kind: "session"; readonly field: string; readonly of: Value }
  /** `$before.column`, in the `then` of a rule: as the row is before the write */
  | { readonly kind: "before"; readonly column: Column; readonly of: Value }
  /** another column of the same row */
  | { readonly kind: "column"; readonly column: Column; readonly of: Value }
  /** an SQL expression: its texts, and what stands between them, columns and arguments */
  | { readonly kind: "expression"; readonly sql: readonly (string | Operand)[]; readonly of: Value }
  /** what stands in JSON: under a path of properties of an object */
  | { readonly kind: "property"; readonly below: Operand; readonly path: readonly string[]; readonly of: Value }
  /** the element that the innermost condition `element` around it speaks of */
  | { readonly kind: "element"; readonly of: Value }
  /** how many elements a list in JSON has; null where there is no list */
  | { readonly kind: "length"; readonly list: Operand; readonly of: Value };

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
  | { readonly kind: "related"; readonly relation: Relation; readonly quantifier: Quantifier; readonly of?: Condition }
  /** every item of `list` (a constant or argument) is an element of `left`, a list in JSON */
  | { readonly kind: "includes"; readonly left: Operand; readonly list: Operand }
  /** elements of a list in JSON meet a condition; where there is no list there are no elements */
  | { readonly kind: "element"; readonly list: Operand; readonly quantifier: Quantifier; readonly of: Condition }
  /** the caller may do that to the row, which is of `table`, by the table's rules */
  | { readonly kind: "may"; readonly table: Table; readonly verb: RuleVerb }
  | Near
  | Search;

/** The row's place is at most `within` metres from another one. A row without a place is not near. */
export interface Near {
  readonly kind: "near";
  /** degrees */
  readonly latitude: CallOperand;
  readonly longitude: CallOperand;
  readonly within: CallOperand;
  /** the columns of the row's own latitude and longitude */
  readonly of: readonly [latitude: Column, longitude: Column];
}

/** The searchable columns of a row hold every word of a text. */
export interface Search {
  readonly kind: "search";
  /** the row's table */
  readonly table: Table;
  readonly text: CallOperand;
}

/** What the Worker itself knows when a call begins. */
export type CallOperand = Extract<Operand, { kind: "constant" | "argument" }>;
