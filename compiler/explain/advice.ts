import { slow } from "../advice/slow.ts";
import type { Column, Table } from "../ir/table.ts";
import { quoteName } from "../plan/quote.ts";
import type { Step } from "./tree.ts";
import type { NamedRow, Names } from "./words.ts";

/** An index that would help: SQLite was asked with it in place. */
export interface Advice {
  readonly table: Table;
  /** as `indexes:` lists them: `-createdAt` runs down */
  readonly columns: readonly string[];
  /** what goes on without it */
  readonly because: string;
}

/** Something slow in a plan, at the rows of one alias. */
interface Problem {
  readonly alias: string;
  readonly kind: "scan" | "sort" | "lookup";
}

/** How a plan would be with an index in place. */
export type PlanWith = (createIndex: string) => readonly Step[];

const weights: { readonly [kind in Problem["kind"]]: number } = { scan: 3, lookup: 3, sort: 2 };

/** What is slow in a plan, and an index for each where SQLite would use one. */
export function adviceFor(steps: readonly Step[], names: Names, planWith: PlanWith): readonly Advice[] {
  const problems = problemsOf(steps, names);
  const aliases = [...new Set(problems.map(({ alias }) => alias))];
  return aliases.flatMap((alias) => {
    const row = names.rows.get(alias)!;
    const before = weigh(problems);
    const tried = candidates(alias, names).map((columns) => {
      const after = problemsOf(planWith(createIndex(row.table, columns)), names);
      return { columns, weight: weigh(after) };
    });
    const best = tried.filter(({ weight }) => weight < before).sort((a, b) => a.weight - b.weight)[0];
    if (!best) return [];
    const kinds = problems.filter((problem) => problem.alias === alias).map(({ kind }) => kind);
    return [{ table: row.table, columns: best.columns.map(writtenPart), because: because(row, kinds) }];
  });
}

function because({ path, uses }: NamedRow, kinds: readonly Problem["kind"][]): string {
  if (kinds.includes("lookup")) return slow.lookUp(path);
  if (!kinds.includes("scan")) return slow.sortFound(path);
  if (kinds.includes("sort")) return slow.sortAll(path);
  return uses.order.length > 0 ? slow.findUntil(path) : slow.find(path);
}

function weigh(problems: readonly Problem[]): number {
  return problems.reduce((sum, { kind }) => sum + weights[kind], 0);
}

/** A scan is one where rows are left out again, or where they have to be sorted: who asks for all rows gets them best by a scan. */
function problemsOf(steps: readonly Step[], names: Names): readonly Problem[] {
  const sorted = steps.some((step) => step.kind === "sort" && step.what === "ORDER BY" && step.last === undefined);
  const apart = steps.flatMap((step) => (step.kind === "rows" ? [step.name] : []));
  let first = true;
  return steps.flatMap((step): readonly Problem[] => {
    const inside = problemsOf(step.steps, names);
    if ((step.kind !== "scan" && step.kind !== "search") || apart.includes(step.of)) return inside;
    const row = names.rows.get(step.of);
    if (!row) return inside;
    const own: Problem[] = [];
    const { equal, ranged, order } = row.uses;
    const filtered = equal.length > 0 || ranged.length > 0;
    const sorts = sorted && first && order.length > 0;
    if (step.automatic) own.push({ alias: step.of, kind: "lookup" });
    else if (step.kind === "scan" && (filtered || sorts)) own.push({ alias: step.of, kind: "scan" });
    if (sorts) own.push({ alias: step.of, kind: "sort" });
    first = false;
    return [...own, ...inside];
  });
}

interface Part {
  readonly column: Column;
  readonly descending: boolean;
}

/** Indexes to try, those first that do most with least. */
function candidates(alias: string, { rows }: Names): readonly (readonly Part[])[] {
  const { uses, table } = rows.get(alias)!;
  const equal = uses.equal.map((column) => ({ column, descending: false }));
  const order = uses.order.filter(({ column }) => !uses.equal.includes(column));
  const withoutKey = order.filter(({ column }) => !table.primaryKey.includes(column));
  const ranged = uses.ranged.slice(0, 1).map((column) => ({ column, descending: false }));
  const all = [
    [...equal, ...withoutKey],
    [...equal, ...order],
    equal,
    [...equal, ...ranged],
    ...equal.map((part) => [part, ...withoutKey]),
    ...equal.map((part) => [part]),
    withoutKey,
  ];
  return all.filter((parts) => parts.length > 0 && parts.length <= 4);
}

function createIndex(table: Table, parts: readonly Part[]): string {
  const columns = parts.map(({ column, descending }) => `${quoteName(column.sqlName)}${descending ? " DESC" : ""}`);
  return `CREATE INDEX "_af_advice" ON ${quoteName(table.sqlName)} (${columns.join(", ")})`;
}

function writtenPart({ column, descending }: Part): string {
  return descending ? `-${column.name}` : column.name;
}
