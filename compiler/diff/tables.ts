import type { Condition } from "../ir/condition.ts";
import type { Check, Column, Table } from "../ir/table.ts";
import type { Place } from "../manifest/place.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { columnChanges } from "./columns.ts";
import { compareConditions } from "./conditions.ts";
import { indexChanges } from "./indexes.ts";
import { keyChanges } from "./keys.ts";
import type { Matching } from "./matching.ts";
import { keyed, type Pairs, pair } from "./pairs.ts";
import { relationChanges } from "./relations.ts";
import { tableHint } from "./renames.ts";
import { guardChanges, ruleChanges } from "./rules.ts";
import { isSameSql } from "./storage.ts";

/** The tables, and all that is in those that stay. */
export function tableChanges(matching: Matching): readonly Change[] {
  const { removed, added, kept } = matching.tables;
  return [
    ...removed.map((old) => change("table/removed", old.name, inOld(old), [old.name], tableHint(old, added))),
    ...added.map((now) => change("table/added", now.name, inNew(now), [now.name])),
    ...kept.flatMap(([old, now]) => [
      ...nameChanges(old, now),
      ...columnChanges(matching.columns.get(old)!, now),
      ...keyChanges(old, now, matching),
      ...indexChanges(old, now, matching),
      ...searchChanges(old, now, matching),
      ...checkChanges(old, now, matching.columns.get(old)!),
      ...relationChanges(old, now, matching),
      ...conditionChanges(old, now, matching),
      ...ruleChanges(old, now, matching),
      ...matching.columns
        .get(old)!
        .kept.flatMap(([column, other]) => guardChanges(column, other, `${now.name}.${other.name}`, matching)),
    ]),
  ];
}

function nameChanges(before: Table, after: Table): readonly Change[] {
  if (before.name !== after.name) return [change("table/renamed", after.name, inNew(after), [before.name, after.name])];
  if (before.sqlName === after.sqlName) return [];
  return [change("table/sql-name", after.name, inNew(after), [after.name, before.sqlName, after.sqlName])];
}

function searchChanges(before: Table, after: Table, { nameOf }: Matching): readonly Change[] {
  const [old, now] = [before.searchable.map(nameOf), after.searchable.map(nameOf)];
  if (old.join() === now.join()) return [];
  return [change("search/changed", after.name, inNew(after), [after.name, old, now])];
}

function checkChanges(before: Table, after: Table, columns: Pairs<Column>): readonly Change[] {
  const byName = ({ checks }: Table): ReadonlyMap<string, Check> => keyed(checks, ({ name }) => name);
  const { removed, added, kept } = pair(byName(before), byName(after));
  const subject = ({ name }: Check): string => `${after.name}.${name}`;
  return [
    ...removed.map((old) => change("check/removed", subject(old), inOld(old), [after.name, old.name])),
    ...added.map((now) => change("check/added", subject(now), inNew(now), [after.name, now.name])),
    ...kept.flatMap(([old, now]) =>
      isSameSql(old.sql, now.sql, columns)
        ? []
        : [change("check/changed", subject(now), inNew(now), [after.name, now.name])],
    ),
  ];
}

interface NamedCondition {
  readonly name: string;
  readonly condition: Condition;
  readonly place: Place;
}

function conditionsOf({ conditions, place }: Table): ReadonlyMap<string, NamedCondition> {
  const named = [...conditions].map(([name, condition]) => {
    return { name, condition, place: place.at("conditions").at(name) };
  });
  return keyed(named, ({ name }) => name);
}

function conditionChanges(before: Table, after: Table, { nameOf }: Matching): readonly Change[] {
  const { removed, added, kept } = pair(conditionsOf(before), conditionsOf(after));
  const subject = ({ name }: NamedCondition): string => `${after.name}.${name}`;
  return [
    ...removed.map((old) => change("condition/removed", subject(old), inOld(old), [subject(old)])),
    ...added.map((now) => change("condition/added", subject(now), inNew(now), [subject(now)])),
    ...kept.flatMap(([old, now]) => {
      const { grant, words } = compareConditions(old.condition, now.condition, nameOf);
      return grant === "same" ? [] : [change("condition/changed", subject(now), inNew(now), [subject(now), words])];
    }),
  ];
}
