import { holds } from "./condition.ts";
import { inDoubt } from "./doubt.ts";
import { columnsOf, type Json, keyOf, type Manifest, tenantOf } from "./manifest.ts";
import type { Row, Tables } from "./rows.ts";
import { type Caller, type Scope, scopeOf } from "./scope.ts";
import { computed } from "./tables.ts";
import { same } from "./value.ts";

export type Verb = "read" | "create" | "update" | "delete";

/** A rule in its long form. */
export interface Rule {
  readonly name: string;
  readonly when: Json;
  readonly then?: Json;
  readonly columns?: readonly string[];
}

export interface VerbRules {
  readonly grants: readonly Rule[];
  readonly denials: readonly Rule[];
}

/** "A table that has `rules` obeys them": those of a verb; undefined where it has none. */
export function rulesOf(manifest: Manifest, table: string, verb: string): VerbRules | undefined {
  const rules = manifest.tables[table]?.rules;
  if (!rules) return undefined;
  const { columns, relations = {} } = manifest.tables[table]!;
  const isWord = (key: string) =>
    ["when", "then", "columns", "message"].includes(key) && !(key in columns) && !(key in relations);
  const named = (written: Json = {}): readonly Rule[] =>
    Object.entries(written as { [name: string]: Json }).map(([name, rule]) => {
      const isLong = typeof rule === "object" && !Array.isArray(rule) && Object.keys(rule).some(isWord);
      return isLong ? { when: {}, ...rule, name } : { name, when: rule };
    });
  return { grants: named(rules[verb]), denials: named(rules.deny?.[verb]) };
}

/** A rule's own scope: "all rows", and every column. */
export function ruleScope(manifest: Manifest, table: string, { user, all }: Caller, before?: Row): Scope {
  const scope = scopeOf({ manifest, tables: all, args: {}, declared: {}, caller: { user, all } }, table);
  return before ? { ...scope, before } : scope;
}

/** "A denial that holds wins", and for nobody one that speaks of somebody holds. */
export const denies = ({ when }: Rule, row: Row, scope: Scope): boolean =>
  holds(when, row, scope) === true || inDoubt(when, row, scope);

/** Whether a verb's rules let the caller do it to a row, what columns it writes aside. */
export function permits(manifest: Manifest, table: string, verb: Verb, row: Row, caller: Caller): boolean {
  const scope = ruleScope(manifest, table, caller);
  const tenant = tenantOf(manifest, table);
  if (tenant && (caller.user === null || row[tenant] === null || !same(row[tenant]!, caller.user[tenant]!)))
    return false;
  const rules = rulesOf(manifest, table, verb);
  if (!rules) return true;
  return (
    rules.grants.some(({ when }) => holds(when, row, scope) === true) &&
    !rules.denials.some((rule) => denies(rule, row, scope))
  );
}

export const isRow = (manifest: Manifest, table: string, one: Row, other: Row): boolean =>
  keyOf(manifest, table).every((name) => same(one[name]!, other[name]!));

/** Who asks, and the rows that there are for them: those that they may read. */
export function seenBy(manifest: Manifest, all: Tables, user: Row | null): { caller: Caller; tables: Tables } {
  const rulers = { user, all };
  const readable = Object.entries(all).map(([table, rows]) => [
    table,
    rows.filter((row) => permits(manifest, table, "read", row, rulers)),
  ]);
  const hides = (table: string, column: string, row: Row): boolean => {
    const guard = columnsOf(manifest, table)[column]?.read;
    if (guard === undefined) return false;
    const whole = all[table]!.find((other) => isRow(manifest, table, other, row));
    return holds(guard, whole ?? row, ruleScope(manifest, table, rulers)) !== true;
  };
  return { caller: { ...rulers, hides }, tables: computed(manifest, Object.fromEntries(readable)) };
}
