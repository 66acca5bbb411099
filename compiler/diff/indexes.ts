import type { Condition } from "../ir/condition.ts";
import type { Column, Index, IndexPart, Table } from "../ir/table.ts";
import { listed } from "../manifest/words.ts";
import { type Change, change, inNew, inOld, type Standing } from "./change.ts";
import { conditionText, type Naming } from "./conditionText.ts";
import { subjectOf, uniqueKeys } from "./keys.ts";
import type { Matching } from "./matching.ts";
import { keyed, pair } from "./pairs.ts";

/** The indexes of a table, told apart by what they hold. What is unique over plain columns is told as a key. */
export function indexChanges(before: Table, after: Table, { nameOf }: Matching): readonly Change[] {
  const { removed, added, kept } = pair(
    indexesOf(before, nameOf, uniqueKeys(after, nameOf)),
    indexesOf(after, nameOf, uniqueKeys(before, nameOf)),
  );
  const gone = [...removed, ...kept.flatMap(([old, now]) => (old.unique && !now.unique ? [old] : []))];
  const come = [...added, ...kept.flatMap(([old, now]) => (now.unique && !old.unique ? [now] : []))];
  return [
    ...gone.map((index) => indexChange("removed", after, index, inOld(index), nameOf)),
    ...come.map((index) => indexChange("added", after, index, inNew(index), nameOf)),
  ];
}

/** A unique one is told as such: unique by an expression or among some rows, where the direction means nothing. */
function indexChange(
  what: "added" | "removed",
  table: Table,
  { parts, where, unique }: Index,
  at: Standing,
  name: Naming,
): Change {
  const texts = parts.map((part) => partText(unique ? { ...part, descending: false } : part, name));
  const subject = subjectOf(table, texts);
  const words = listed(texts) + whereText(where, name);
  return unique
    ? change(`unique/${what}`, subject, at, [table.name, [words]])
    : change(`index/${what}`, subject, at, [table.name, words]);
}

const whereText = (where: Condition | undefined, name: Naming): string =>
  where ? ` where ${conditionText(where, name)}` : "";

/** Without plain unique ones, and without those that a unique one stands for on the other side: it serves the same reads. */
function indexesOf(
  table: Table,
  name: Naming,
  keysOfOther: ReadonlyMap<string, readonly Column[]>,
): ReadonlyMap<string, Index> {
  const told = table.indexes.filter((index) => {
    if (!isPlain(index)) return true;
    const columns = index.parts.map((part) => partText({ ...part, descending: false }, name));
    return !index.unique && !keysOfOther.has(columns.sort().join());
  });
  return keyed(told, ({ parts, where }) =>
    JSON.stringify([parts.map((part) => partText(part, name)), whereText(where, name)]),
  );
}

const isPlain = ({ parts, where }: Index): boolean => !where && parts.every(({ on }) => !("sql" in on));

function partText({ on, descending }: IndexPart, name: Naming): string {
  return `${descending ? "-" : ""}${"sql" in on ? on.sql : name(on)}`;
}
