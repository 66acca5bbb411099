import type { Constant } from "../ir/type.ts";

/** A map of conditions, a list of them, or the name of one. */
export type ConditionManifest = string | readonly ConditionManifest[] | { readonly [key: string]: Constant };

/** Grants by verb, then by name, and what is refused whatever they say. */
export interface RulesManifest extends VerbRulesManifest {
  readonly deny?: VerbRulesManifest;
}

export type VerbRulesManifest = {
  readonly [verb in "read" | "create" | "update" | "delete"]?: { readonly [name: string]: RuleManifest };
};

/** A condition, or a map of `when`, `then`, `columns` and `message`: columns of the table win over these words. */
export type RuleManifest = ConditionManifest;

/** The column, or the relation to one row that has it, and what of the caller it equals: `$user.field`. */
export interface TenantManifest {
  readonly column: string;
  readonly is: string;
}
