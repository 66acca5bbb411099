import { holds } from "./condition.ts";
import { type Json, keyOf, type Manifest, mapEntries, relationOf, typeOf } from "./manifest.ts";
import { measured, measuresOf } from "./measure.ts";
import { type Row, related, type Tables } from "./rows.ts";
import { seenBy } from "./rules.ts";
import { type Caller, type Scope, scopeOf } from "./scope.ts";
import { compare, same, toWire, type Value } from "./value.ts";

/**
 * What a query answers, over rows in memory; of a page all its rows, as one walk reads them.
 *
 * @param user who asks, null for nobody; absent where there is no sign-in
 */
export function answer(manifest: Manifest, all: Tables, query: Json, args: Scope["args"], user?: Row | null): Json {
  const table = query.get ?? query.list ?? query.page ?? query.aggregate;
  const declared = mapEntries(query.args ?? {}, (type) => typeOf(type as string));
  const { tables, caller } = eyesOf(manifest, all, query, user);
  const scope = scopeOf({ manifest, tables, args, declared, ...(caller && { caller }) }, table);
  if (query.aggregate) return aggregate(query, scope);
  if (query.get) return rowsOf(tables[table]!, query, scope, 1)[0] ?? null;
  return rowsOf(tables[table]!, query, scope, query.page ? Number.POSITIVE_INFINITY : 100);
}

/** "As the caller, or `as: system`." */
export function eyesOf(
  manifest: Manifest,
  all: Tables,
  operation: Json,
  user: Row | null | undefined,
): { readonly tables: Tables; readonly caller?: Caller } {
  if (user === undefined) return { tables: all };
  return operation.as === "system" ? { tables: all, caller: { user, all } } : seenBy(manifest, all, user);
}

/** "All that the caller may read": what is left of these columns, or of all. */
export function shown(listed: readonly string[] | undefined, row: Row, { columns, caller, table }: Scope) {
  return (listed ?? Object.keys(columns)).filter((name) => !caller?.hides?.(table!, name, row));
}

/** Those rows that are asked for, in their order, as JSON. */
function rowsOf(rows: readonly Row[], query: Json, outer: Scope, defaultLimit: number): readonly Json[] {
  const scope = { ...outer, aggregates: aggregatesOf(query, outer) };
  const found = rows.filter((row) => holds(query.where ?? {}, row, scope) !== false);
  const key = query.distinct ? [] : keyOf(scope.manifest, scope.table!);
  const inOrder = sorted(found, query.orderBy ?? [], key, (row, name) => valueIn(row, name, scope));
  const made = inOrder.map((row) => jsonOf(row, query, scope));
  return window(query.distinct ? unique(made) : made, query, scope, defaultLimit);
}

function aggregatesOf({ with: nested = {} }: Json, scope: Scope): NonNullable<Scope["aggregates"]> {
  const measuring = Object.entries(nested as { [relation: string]: Json }).filter(([, entry]) => entry.aggregate);
  return Object.fromEntries(
    measuring.map(([name, written]) => [
      `${name}Aggregate`,
      { of: (row: Row) => measuresOf(name, written, row, scope), written },
    ]),
  );
}

function valueIn(row: Row, name: string, { aggregates }: Scope): Value {
  const [first, measure] = name.split(".") as [string, string?];
  return measure === undefined ? row[first]! : aggregates![first]!.of(row).values[measure]!;
}

/** "Total: the primary key is appended"; "nulls: first ascending, last descending; `{ column, nulls }` says otherwise". */
export function sorted(
  rows: readonly Row[],
  orderBy: readonly Json[],
  key: readonly string[],
  valueIn: (row: Row, name: string) => Value,
): readonly Row[] {
  const terms = [...orderBy, ...key].map((written) => {
    const text: string = written.column ?? written;
    const descending = text.startsWith("-") || written.descending === true;
    return {
      name: text.replace("-", ""),
      descending,
      nullsFirst: (written.nulls ?? (descending ? "last" : "first")) === "first",
    };
  });
  return [...rows].sort((left, right) => {
    for (const { name, descending, nullsFirst } of terms) {
      const [a, b] = [valueIn(left, name), valueIn(right, name)];
      if (same(a, b)) continue;
      if (a === null || b === null) return (a === null) === nullsFirst ? -1 : 1;
      return descending ? -compare(a, b) : compare(a, b);
    }
    return 0;
  });
}

function window<T>(rows: readonly T[], { limit, offset }: Json, { args }: Scope, defaultLimit: number): readonly T[] {
  const number = (written: unknown): number =>
    typeof written === "string" ? Number(args[written.replace("$args.", "")]) : (written as number);
  const from = number(offset ?? 0);
  return rows.slice(from, from + number(limit ?? defaultLimit));
}

const unique = (rows: readonly Json[]): readonly Json[] => {
  const texts = rows.map((row) => JSON.stringify(row));
  return rows.filter((_, index) => texts.indexOf(texts[index]!) === index);
};

/** A row as JSON: the columns of `select`, all unless told, and what is nested. */
function jsonOf(row: Row, query: Json, scope: Scope): Json {
  const names = shown(query.select, row, scope);
  const own = names.map((name) => [name, toWire(row[name]!, scope.columns[name]!)]);
  const nested = Object.entries(query.with ?? {}).flatMap(([name, entry]) => nestedIn(row, name, entry, scope));
  return Object.fromEntries([...own, ...nested]);
}

/** "Rows of that relation come only if row options or `rows: true` stand beside `aggregate`." */
function nestedIn(row: Row, name: string, entry: Json, scope: Scope): readonly (readonly [string, Json])[] {
  const relation = relationOf(scope.manifest, scope.table!, name)!;
  const query = entry === true ? {} : entry;
  const result: [string, Json][] = [];
  if (!query.aggregate || ["rows", "select", "with", "orderBy", "limit", "offset"].some((key) => key in query)) {
    const found = rowsOf(related(scope.tables, relation, row), query, scopeOf(scope, relation.to), 100);
    result.push([name, relation.many ? found : (found[0] ?? null)]);
  }
  if (query.aggregate) {
    const { values, types } = measuresOf(name, query, row, scope);
    result.push([`${name}Aggregate`, mapEntries(values, (value, measure) => toWire(value, types[measure]!))]);
  }
  return result;
}

/** "`aggregate`: one object, or rows with `groupBy`." */
function aggregate(query: Json, scope: Scope): Json {
  const rows = scope.tables[scope.table!]!.filter((row) => holds(query.where ?? {}, row, scope) !== false);
  if (!query.groupBy) {
    const { values, types } = measured(query.select, rows, scope);
    return mapEntries(values, (value, name) => toWire(value, types[name]!));
  }
  const names: readonly string[] = query.groupBy;
  const groups: Row[][] = [];
  for (const row of rows) {
    const group = groups.find(([first]) => names.every((name) => same(first![name]!, row[name]!)));
    if (group) group.push(row);
    else groups.push([row]);
  }
  const types = {
    ...Object.fromEntries(names.map((name) => [name, scope.columns[name]!])),
    ...measured(query.select, [], scope).types,
  };
  const results = groups.map((group): Row => {
    const own = Object.fromEntries(names.map((name) => [name, group[0]![name]!]));
    return { ...own, ...measured(query.select, group, scope).values };
  });
  const inner: Scope = { ...scope, columns: types };
  const kept = results.filter((row) => holds(query.having ?? {}, row, inner) !== false);
  const order = sorted(kept, query.orderBy ?? [], names, (row, name) => row[name]!);
  return window(order, query, scope, 100).map((row) => mapEntries(types, (type, name) => toWire(row[name]!, type)));
}
