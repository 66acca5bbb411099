import { builtIn, type Refusal, staleVersion } from "./errors.ts";
import { lookup } from "./lookup.ts";
import type { Constraints, NamedRule } from "./plan.ts";
import { subject } from "./subject.ts";
import { foreignKeyViolation, type KeyColumns, uniqueViolation } from "./violations.ts";

/**
 * What a guard aborts with: `_af:` and a guard's word; in a batch the step behind it, and the item's index. A trigger raises it, or it
 * stands in quotes as a path of JSON that is none: see `countGuard` of the planner.
 */
const GUARD = "_af:";

/** A guard's word, with what stands behind it after exclamation marks: whom it speaks of. */
export interface Guard {
  readonly word: string;
  readonly of: readonly string[];
  readonly step?: string;
  readonly item?: number;
}

const words: { readonly [word: string]: (of: readonly string[], constraints: Constraints) => Refusal } = {
  not_found: () => builtIn("not_found"),
  conflict: () => builtIn("conflict"),
  /** the row is there with another version */
  stale: staleVersion,
  /** `forbidden!projects.update`: no rule grants it; with a rule's name behind that, this one denies it */
  forbidden: ([rule, denial], constraints) => forbidden(rule!, denial, constraints),
  /** `column!users.salary`: the caller may not write it */
  column: ([rule]) => builtIn("forbidden", undefined, { rule: rule! }),
  /** `tenant!projects`: the caller belongs to none, or to another */
  tenant: ([table]) =>
    builtIn("forbidden", `A row of ${table} has to belong to the caller's tenant.`, {
      rule: `${table}.tenant`,
    }),
  /** `unique!users!email`: a row has the key that the caller may not see */
  unique: (of) => uniqueViolation(keyOf(of)),
  /** `foreign!tasks!shopId,number`: the key leads to no row that the caller may see */
  foreign: (of) => foreignKeyViolation(keyOf(of)),
};

/** What a guard stopped a statement or a batch with; undefined where none did. */
export function guardOf(error: unknown): Guard | undefined {
  if (!(error instanceof Error)) return undefined;
  const [code, step, item] = subject(error.message, GUARD)?.replace(/'$/, "").split(":") ?? [];
  const [word, ...of] = code?.split("!") ?? [];
  if (word === undefined || !Object.hasOwn(words, word)) return undefined;
  return { word, of, ...(step && { step }), ...(item && { item: Number(item) }) };
}

/** What the caller is told of a guard's word. */
export function guardRefusal({ word, of }: Guard, constraints: Constraints): Refusal {
  return lookup(words, word)!(of, constraints);
}

/** The rules of which none held, or the one that denies. Where there is but one, what its author says. */
function forbidden(rule: string, denial: string | undefined, { rules }: Constraints): Refusal {
  const { grants = [], denials = [] } = lookup(rules, rule) ?? {};
  const refused: readonly NamedRule[] =
    denial === undefined ? grants : denials.filter(({ name }) => name === denial).slice(0, 1);
  const message = refused.length === 1 ? refused[0]!.message : undefined;
  return builtIn("forbidden", message, { rule, details: { rules: refused } });
}

function keyOf([table, columns]: readonly string[]): KeyColumns {
  return { table: table!, columns: columns!.split(",") };
}
