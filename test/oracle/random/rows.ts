import { columnsOf, isComputed, type Json, junctionOf, keyOf, type Manifest, tablesOf } from "../manifest.ts";
import type { WireRows } from "../rows.ts";
import type { Random } from "./random.ts";
import { certainValue, possibleValue } from "./value.ts";

type MutableRow = Record<string, Json>;

/**
 * Rows that fit together: keys are there once, references lead to rows.
 *
 * @param given rows of some tables, which refer to nothing
 */
export function randomRows(random: Random, manifest: Manifest, given: WireRows = {}): WireRows {
  const rows: Record<string, readonly MutableRow[]> = {};
  const declared = Object.keys(manifest.tables);
  for (const table of declared) rows[table] = given[table] ?? keyed(random, manifest, table);
  const count = () => declared.reduce((sum, table) => sum + rows[table]!.length, 0);
  // rows that go may have been referred to: then once more
  for (let before = Number.NaN; before !== count(); ) {
    before = count();
    for (const table of declared)
      for (const name of Object.keys(manifest.tables[table]!.relations ?? {}))
        refer(random, manifest, rows, table, name);
  }
  for (const table of tablesOf(manifest))
    if (!declared.includes(table)) rows[table] = junctionRows(random, manifest, rows, table);
  return rows;
}

function keyed(random: Random, manifest: Manifest, table: string): readonly MutableRow[] {
  const types = columnsOf(manifest, table);
  const key = keyOf(manifest, table);
  const seen = new Set<string>();
  const made = random.times(0, 6, () => {
    const own = Object.entries(types).filter(([, type]) => !isComputed(type));
    return Object.fromEntries(
      own.map(([name, type]) => [name, key.includes(name) ? certainValue(random, type) : possibleValue(random, type)]),
    );
  });
  return made.filter((row) =>
    isNew(
      seen,
      key.map((name) => row[name]),
    ),
  );
}

function isNew(seen: Set<string>, values: readonly unknown[]): boolean {
  const text = JSON.stringify(values);
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

/** Fills the columns of a `one`; rows that must refer to another and cannot are gone. */
function refer(
  random: Random,
  manifest: Manifest,
  rows: Record<string, readonly MutableRow[]>,
  table: string,
  name: string,
): void {
  const { one, columns, unique } = manifest.tables[table]!.relations![name]!;
  if (!one) return;
  const own = columns ?? [`${name}Id`];
  const types = columnsOf(manifest, table);
  const key = keyOf(manifest, one);
  const mayBeNull = own.every((column) => types[column]!.nullable);
  const seen = new Set<string>();
  const kept: MutableRow[] = [];
  for (const row of rows[table]!) {
    const targets = rows[one]!;
    const target = targets.length === 0 || (mayBeNull && random.chance(0.25)) ? undefined : random.pick(targets);
    const values = key.map((column) => target?.[column] ?? null);
    // half a reference is none
    if (target && mayBeNull && own.length > 1 && random.chance(0.15)) values[random.below(own.length)] = null;
    if (!values.includes(null) && unique && !isNew(seen, values)) values.fill(null);
    if (values.includes(null) && !mayBeNull) continue;
    for (const [index, column] of own.entries()) row[column] = values[index];
    kept.push(row);
  }
  rows[table] = kept;
}

function junctionRows(
  random: Random,
  manifest: Manifest,
  rows: Record<string, readonly MutableRow[]>,
  table: string,
): readonly MutableRow[] {
  const { near, far, ends, key } = junctionOf(manifest, table)!;
  const [from, to] = ends.map((end) => rows[end]!) as [readonly MutableRow[], readonly MutableRow[]];
  if (from.length === 0 || to.length === 0) return [];
  const seen = new Set<string>();
  const pair = (): MutableRow => {
    const [left, right] = [random.pick(from), random.pick(to)];
    return Object.fromEntries([
      ...near.from.map((column, index) => [column, left[near.to[index]!]]),
      ...far.from.map((column, index) => [column, right[far.to[index]!]]),
    ]);
  };
  return random.times(0, 8, pair).filter((row) =>
    isNew(
      seen,
      key.map((name) => row[name]),
    ),
  );
}
