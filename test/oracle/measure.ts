import { holds } from "./condition.ts";
import { columnsOf, type Json, mapEntries, relationOf, type Type } from "./manifest.ts";
import { type Row, related } from "./rows.ts";
import { type Measured, type Scope, scopeOf } from "./scope.ts";
import { compare, same, type Value } from "./value.ts";

/** Measures over rows of the scope's table. */
export function measured(measures: { readonly [name: string]: Json }, rows: readonly Row[], scope: Scope): Measured {
  const each = mapEntries(measures, (written) => measure(written, rows, scope));
  return { values: mapEntries(each, ({ value }) => value), types: mapEntries(each, ({ type }) => type) };
}

/** What `with: { relation: { aggregate, where } }` says beside a row. */
export function measuresOf(name: string, entry: Json, row: Row, scope: Scope): Measured {
  const relation = relationOf(scope.manifest, scope.table!, name)!;
  const inner = scopeOf(scope, relation.to);
  const rows = related(scope.tables, relation, row).filter((other) => holds(entry.where ?? {}, other, inner) !== false);
  return measured(entry.aggregate, rows, inner);
}

function measure(written: Json, rows: readonly Row[], outer: Scope): { readonly value: Value; readonly type: Type } {
  const [fn, path] = Object.entries(written).find(([key]) => key !== "distinct" && key !== "where") as [string, string];
  let scope = outer;
  let found = rows;
  const filter = () => found.filter((row) => holds(written.where ?? {}, row, scope) !== false);
  const steps = path === "all" ? [] : path.split(".");
  const column = steps.length > 0 && isColumn(steps, outer) ? steps.pop() : undefined;
  // `where` speaks of the table, or of the last relation to many
  const lastMany = lastManyOf(steps, outer);
  if (lastMany === -1) found = filter();
  for (const [index, name] of steps.entries()) {
    const relation = relationOf(scope.manifest, scope.table!, name)!;
    found = found.flatMap((row) => related(scope.tables, relation, row));
    scope = scopeOf(scope, relation.to);
    if (index === lastMany) found = filter();
  }
  if (column === undefined) return { value: found.length, type: { kind: "integer", nullable: false, scale: 0 } };
  const values = found.map((row) => row[column]!).filter((value) => value !== null);
  const type = scope.columns[column]!;
  return reckon(fn, written.distinct ? distinct(values) : values, type);
}

/** The table that a measure's `where` speaks of. */
export function filteredTable(written: Json, outer: Scope): string {
  const [, path] = Object.entries(written).find(([key]) => key !== "distinct" && key !== "where") as [string, string];
  const steps = path === "all" ? [] : path.split(".");
  if (steps.length > 0 && isColumn(steps, outer)) steps.pop();
  const filtered = steps.slice(0, lastManyOf(steps, outer) + 1);
  return filtered.reduce((table, name) => relationOf(outer.manifest, table, name)!.to, outer.table!);
}

function lastManyOf(steps: readonly string[], outer: Scope): number {
  let table = outer.table!;
  let last = -1;
  for (const [index, name] of steps.entries()) {
    const { to, many } = relationOf(outer.manifest, table, name)!;
    if (many) last = index;
    table = to;
  }
  return last;
}

function isColumn(steps: readonly string[], outer: Scope): boolean {
  const table = steps.slice(0, -1).reduce((from, name) => relationOf(outer.manifest, from, name)!.to, outer.table!);
  return Object.hasOwn(columnsOf(outer.manifest, table), steps.at(-1)!);
}

const distinct = (values: readonly Value[]): readonly Value[] =>
  values.filter((value, index) => values.findIndex((other) => same(other, value)) === index);

/** "`avg`/`sum`/`min`/`max` of no rows: null; `count` is 0." */
function reckon(fn: string, values: readonly Value[], of: Type): { readonly value: Value; readonly type: Type } {
  const type = { ...of, nullable: true };
  if (fn === "count") return { value: values.length, type: { kind: "integer", nullable: false, scale: 0 } };
  if (fn === "avg") return { value: average(values, of), type: { kind: "number", nullable: true, scale: 0 } };
  if (values.length === 0) return { value: null, type };
  if (fn === "sum") return { value: sum(values, of), type };
  const sorted = [...values].sort(compare);
  return { value: (fn === "min" ? sorted[0] : sorted.at(-1))!, type };
}

function average(values: readonly Value[], { kind, scale }: Type): number | null {
  if (values.length === 0) return null;
  const total = values.reduce((sum: number, value) => sum + Number(value), 0);
  return total / values.length / (kind === "decimal" ? 10 ** scale : 1);
}

function sum(values: readonly Value[], { kind }: Type): Value {
  if (kind === "integer" || kind === "number") return values.reduce((sum: number, value) => sum + (value as number), 0);
  return values.reduce((sum: bigint, value) => sum + (value as bigint), 0n);
}
