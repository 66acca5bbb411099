import type { Column, Index, IndexPart, Table } from "../ir/table.ts";
import { type Change, change, inNew, inOld } from "./change.ts";
import { ownName } from "./conditions.ts";
import { conditionText, type Naming } from "./conditionText.ts";
import { subjectOf, uniqueKeys } from "./keys.ts";
import type { Matching } from "./matching.ts";
import { keyed, pair } from "./pairs.ts";

/** The indexes of a table, told apart by what they hold. What is unique over plain columns is told as a key. */
export function indexChanges(before: Table, after: Table, { nameOf }: Matching): readonly Change[] {
  const { removed, added } = pair(
    indexesOf(before, nameOf, uniqueKeys(after, ownName)),
    indexesOf(after, ownName, uniqueKeys(before, nameOf)),
  );
  return [
    ...removed.map((index) => {
      const code = index.unique ? "unique/removed" : "index/removed";
      return indexChange(code, after, index, inOld(index), nameOf);
    }),
    ...added.map((index) => {
      const code = index.unique ? "unique/added" : "index/added";
      return indexChange(code, after, index, inNew(index), ownName);
    }),
  ];
}

function indexChange(
  code: "unique/removed" | "unique/added" | "index/removed" | "index/added",
  table: Table,
  index: Index,
  at: ReturnType<typeof inNew>,
  name: Naming,
): Change {
  const parts = index.parts.map((part) => partText(part, name));
  const subject = subjectOf(table, parts);
  const where = index.where ? ` where ${conditionText(index.where, name)}` : "";
  if (code === "unique/removed" || code === "unique/added") {
    return change(code, subject, at, [table.name, [`${parts.join(", ")}${where}`]]);
  }
  return change(code, subject, at, [table.name, `${parts.join(", ")}${where}`]);
}

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
  return keyed(told, ({ parts, unique, where }) => {
    const condition = where ? conditionText(where, name) : "";
    return JSON.stringify([parts.map((part) => partText(part, name)), unique, condition]);
  });
}

const isPlain = ({ parts, where }: Index): boolean => !where && parts.every(({ on }) => !("sql" in on));

function partText({ on, descending }: IndexPart, name: Naming): string {
  return `${descending ? "-" : ""}${"sql" in on ? on.sql : name(on)}`;
}
