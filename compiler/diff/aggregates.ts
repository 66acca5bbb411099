import type { Body } from "../ir/operation.ts";
import { type Change, change, inNew } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { measureChanges } from "./measures.ts";
import { rowChanges } from "./rows.ts";

type Aggregate = Extract<Body, { kind: "aggregate" }>;

/** What an aggregate makes groups of, and which of them come; its rows are told as those of a list. */
export function aggregateChanges(before: Aggregate, after: Aggregate, of: Comparison): readonly Change[] {
  const { name } = of.after;
  return [
    ...groupChange(before, after, of),
    ...measureChanges(before.measures, after.measures, name, of),
    ...rowChanges(groupsOf(before), groupsOf(after), `${name}.having`, of),
  ];
}

const groupsOf = ({ having }: Aggregate) => (having ? { where: having } : {});

function groupChange({ groupBy: before }: Aggregate, { groupBy: after }: Aggregate, of: Comparison): Change[] {
  const old = before?.map((column) => of.matching.nameOf(column)).join(", ");
  const now = after?.map(({ name }) => name).join(", ");
  return old === now ? [] : [change("operation/groups", of.after.name, inNew(of.after), [of.after.name, old, now])];
}
