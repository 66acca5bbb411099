import { holds } from "./condition.ts";
import { foreignKeysOf } from "./foreignKeys.ts";
import { columnsOf, type Manifest } from "./manifest.ts";
import type { Row } from "./rows.ts";
import { denies, permits, type Rule, ruleScope, rulesOf, type Verb } from "./rules.ts";
import type { Caller, Scope } from "./scope.ts";
import { same } from "./value.ts";

/*
 * Why rules refuse a write, as texts: `forbidden tasks.update: owner, member`, with the names of the rules of which none held, or of the
 * one that denied.
 */

const forbidden = (table: string, what: string, rules: readonly Rule[] = []): string =>
  `forbidden ${table}.${what}: ${rules.map(({ name }) => name).join(", ")}`;

/** A row that is written: as it is before, and as it will be; an insert has no row before, a delete none behind. */
export interface Change {
  readonly before?: Row;
  readonly after?: Row;
}

/** What rules say against one change; empty where they let it be. */
export function forbids(
  manifest: Manifest,
  table: string,
  verb: Verb,
  { before, after }: Change,
  written: readonly string[],
  caller: Caller,
): readonly string[] {
  const row = (before ?? after)!;
  const scope = ruleScope(manifest, table, caller);
  const { grants, denials } = rulesOf(manifest, table, verb) ?? { grants: [{ name: "", when: {} }], denials: [] };
  // "one rule must allow all columns written, two do not add up"
  const allows = ({ when, then, columns }: Rule): boolean =>
    written.every((name) => verb !== "update" || columns === undefined || columns.includes(name)) &&
    holds(when, row, scope) === true &&
    (then === undefined || holds(then, after!, ruleScope(manifest, table, caller, before)) === true);
  const refused = grants.some(allows) ? [] : [forbidden(table, verb, grants)];
  const denied = denials.filter((rule) => denies(rule, row, scope)).map((rule) => forbidden(table, verb, [rule]));
  const types = columnsOf(manifest, table);
  const guarded = written.filter((name) => {
    const guard = types[name]?.write;
    return verb !== "delete" && guard !== undefined && holds(guard, row, scope) !== true;
  });
  return [...refused, ...denied, ...guarded.map((name) => forbidden(table, name))];
}

/** Whether a reference that changes leads to a row that the caller may not read. */
export function leadsToHidden(table: string, { before, after }: Change, { manifest, caller }: Scope): boolean {
  return foreignKeysOf(manifest, table).some(({ from, to, references }) => {
    if (from.some((name) => after![name] === null)) return false;
    if (before && from.every((name) => same(before[name]!, after![name]!))) return false;
    const target = caller!.all[to]!.find((other) =>
      from.every((name, index) => same(after![name]!, other[references[index]!]!)),
    );
    return target !== undefined && !permits(manifest, to, "read", target, caller!);
  });
}
