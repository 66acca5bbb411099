import { slow } from "../advice/slow.ts";
import type { Body, StepBody } from "../ir/operation.ts";
import { foreignKeysOf } from "../ir/relationKinds.ts";
import type { Table } from "../ir/table.ts";
import type { Advice } from "./advice.ts";
import type { KnownIndex } from "./database.ts";
import type { Step } from "./tree.ts";
import { indexName, type Sentence } from "./words.ts";

/*
 * Where rows go or their keys change, SQLite looks for rows that refer to them, and these look-ups stand in the plan beside the
 * statement's own steps, under the name of the table. Those of an INSERT never run: they are there for violations that were deferred.
 */

interface Split {
  readonly own: readonly Step[];
  readonly lookups: readonly Access[];
}

type Access = Extract<Step, { kind: "scan" | "search" }>;

/** A write's plan without the look-ups for foreign keys, and these, each table once. */
export function splitForeignKeys(
  steps: readonly Step[],
  kind: (Body | StepBody)["kind"],
  target: string,
  aliases: { has(name: string): boolean },
): Split {
  const own: Step[] = [];
  const lookups = new Map<string, Access>();
  const isNew = kind === "insert" || kind === "upsert";
  let met = isNew;
  for (const step of steps) {
    const isAccess = step.kind === "scan" || step.kind === "search";
    if (!isAccess || (step.of === target ? !met : aliases.has(step.of))) own.push(step);
    else if (!isNew) lookups.set(`${step.of} ${step.index}`, step);
    if (isAccess && step.of === target) met = true;
  }
  return { own, lookups: [...lookups.values()] };
}

/** Look-ups in words. */
export function lookupWords(
  { of, kind, index }: Access,
  tables: ReadonlyMap<string, Table>,
  indexes: ReadonlyMap<string, KnownIndex>,
): Sentence {
  const name = tables.get(of)?.name ?? of;
  const how = kind === "scan" ? `reads every row of ${name}` : `looks into ${name}`;
  const by = kind === "scan" ? "" : `, by ${indexName(index === undefined ? undefined : indexes.get(index))}`;
  return { text: `for each, ${how} for rows that refer to it${by}`, inside: [] };
}

/** The index that a look-up lacks: on the columns of the relation that leads to the table. */
export function lookupAdvice({ of, kind }: Access, target: Table, tables: ReadonlyMap<string, Table>): Advice[] {
  const table = tables.get(of);
  if (kind !== "scan" || !table) return [];
  const relations = foreignKeysOf(table).filter(({ to }) => to === target);
  const bare = relations.filter(({ columns }) => !table.indexes.some(({ parts }) => parts[0]?.on === columns[0]));
  return bare.map(({ columns }) => ({
    table,
    columns: columns.map(({ name }) => name),
    because: slow.refer(table.name, target.name),
  }));
}
