import type { Condition } from "../ir/condition.ts";
import { anything } from "../ir/implies.ts";
import type { Column, Rule, RuleVerb, Table, VerbRules } from "../ir/table.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { compareConditions, isWithin } from "./conditions.ts";
import type { Matching } from "./matching.ts";
import { keyed, pair } from "./pairs.ts";

/** Who may do what to the rows of a table that stays: its rules, and whose rows they are. */
export function ruleChanges(before: Table, after: Table, matching: Matching): readonly Change[] {
  return [...rulesChanges(before, after, matching), ...tenantChanges(before, after, matching)];
}

function rulesChanges(before: Table, after: Table, matching: Matching): readonly Change[] {
  const [{ rules: old }, { name, rules: now }] = [before, after];
  if (!old && !now) return [];
  if (!old) return [change("rules/added", name, inNew({ place: after.place.at("rules") }), [name])];
  if (!now) return [change("rules/removed", name, inNew(after), [name])];
  return (Object.keys(now) as RuleVerb[]).flatMap((verb) => {
    const subject = ({ name: rule }: Rule): string => `${name}.${verb}.${rule}`;
    const of: Comparing = { subject, matching, isKept: (column) => isOf(column, before) && isOf(column, after) };
    return [...grantChanges(old[verb], now[verb], of), ...denialChanges(old[verb], now[verb], of)];
  });
}

interface Comparing {
  readonly subject: (rule: Rule) => string;
  readonly matching: Matching;
  /** whether a column or a relation stays: of one that comes or goes, that is told */
  readonly isKept: (column: string) => boolean;
}

const isOf = (name: string, { columns, relations }: Table): boolean => columns.has(name) || relations.has(name);

const byName = (rules: readonly Rule[]): ReadonlyMap<string, Rule> => keyed(rules, ({ name }) => name);

/** A rule that is gone or new is nothing where another one grants the same: it was renamed, or was in vain. */
function grantChanges(before: VerbRules, after: VerbRules, of: Comparing): readonly Change[] {
  const { subject, matching } = of;
  const { removed, added, kept } = pair(byName(before.grants), byName(after.grants));
  const lost = removed.filter((rule) => !isGranted(rule, after.grants, matching));
  const gained = added.filter((rule) => !isGranted(rule, before.grants, matching));
  return [
    ...lost.map((rule) => change("rule/removed", subject(rule), inOld(rule), [subject(rule)])),
    ...gained.map((rule) => change("rule/added", subject(rule), inNew(rule), [subject(rule)])),
    ...kept.flatMap(([old, now]) => [
      ...conditionChange(old.when, now.when, now, of),
      ...conditionChange(old.then, now.then, now, of),
      ...columnsChanges(old, now, of),
      ...messageChange(old, now, of),
    ]),
  ];
}

/** Whether rules show by their form that one of them grants all that another one does. */
function isGranted({ when = anything, then, columns }: Rule, by: readonly Rule[], { nameOf }: Matching): boolean {
  return by.some(
    (rule) =>
      isWithin(when, rule.when ?? anything, nameOf) &&
      isWithin(then ?? anything, rule.then ?? anything, nameOf) &&
      (rule.columns === undefined || columns?.every((name) => rule.columns!.includes(name)) === true),
  );
}

const grantCodes = { looser: "rule/looser", tighter: "rule/tighter", other: "rule/changed" } as const;

function conditionChange(
  before: Condition | undefined,
  after: Condition | undefined,
  now: Rule,
  { subject, matching }: Comparing,
): Change[] {
  const { grant, words } = compareConditions(before, after, matching.nameOf);
  return grant === "same" ? [] : [change(grantCodes[grant], subject(now), inNew(now), [subject(now), words])];
}

function columnsChanges({ columns: old }: Rule, now: Rule, { subject, isKept }: Comparing): Change[] {
  const { columns } = now;
  if (old?.join() === columns?.join()) return [];
  const name = subject(now);
  if (!columns) return [change("rule/columns-added", name, inNew(now), [name, undefined])];
  if (!old) return [change("rule/columns-removed", name, inNew(now), [name, undefined])];
  const gained = columns.filter((each) => !old.includes(each) && isKept(each));
  const lost = old.filter((each) => !columns.includes(each) && isKept(each));
  return [
    ...(gained.length > 0 ? [change("rule/columns-added", name, inNew(now), [name, gained])] : []),
    ...(lost.length > 0 ? [change("rule/columns-removed", name, inNew(now), [name, lost])] : []),
  ];
}

function messageChange(old: Rule, now: Rule, { subject }: Comparing): Change[] {
  if (old.message === now.message) return [];
  return [change("rule/message", subject(now), inNew(now), [subject(now), now.message])];
}

/** What a denial lets through it refuses. */
function denialChanges(before: VerbRules, after: VerbRules, { subject, matching }: Comparing): readonly Change[] {
  const { removed, added, kept } = pair(byName(before.denials), byName(after.denials));
  return [
    ...removed.map((rule) => change("denial/removed", subject(rule), inOld(rule), [subject(rule)])),
    ...added.map((rule) => change("denial/added", subject(rule), inNew(rule), [subject(rule)])),
    ...kept.flatMap(([old, now]) =>
      (["when", "then"] as const).flatMap((part) => {
        const { grant, words } = compareConditions(old[part], now[part], matching.nameOf);
        const code = grant === "looser" ? "denial/wider" : "denial/changed";
        return grant === "same" ? [] : [change(code, subject(now), inNew(now), [subject(now), words])];
      }),
    ),
  ];
}

function tenantChanges({ tenant: old }: Table, after: Table, { nameOf }: Matching): Change[] {
  const { name, tenant: now } = after;
  const at = inNew({ place: after.place.at("tenant") });
  if (!old) return now ? [change("tenant/added", name, at, [name, now.column.name])] : [];
  if (!now) return [change("tenant/removed", name, inNew(after), [name])];
  const isSame = nameOf(old.column) === now.column.name && nameOf(old.field) === now.field.name;
  return isSame ? [] : [change("tenant/changed", name, at, [name, now.column.name, now.field.name])];
}

/** Who may read and write a column that stays. */
export function guardChanges(before: Column, after: Column, subject: string, { nameOf }: Matching): readonly Change[] {
  return (["read", "write"] as const).flatMap((verb) => {
    const [old, now] = [before[verb], after[verb]];
    if (!old && !now) return [];
    if (!old) return [change("guard/added", subject, inNew(after), [subject, verb])];
    if (!now) return [change("guard/removed", subject, inNew(after), [subject, verb])];
    const { grant, words } = compareConditions(old, now, nameOf);
    if (grant === "same") return [];
    const code = grant === "tighter" ? "guard/tighter" : "guard/looser";
    return [change(code, subject, inNew(after), [subject, verb, words])];
  });
}
