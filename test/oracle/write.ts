import { holds } from "./condition.ts";
import { broken } from "./constraints.ts";
import { evaluate } from "./expression.ts";
import {
  columnsOf,
  isComputed,
  type Json,
  keyOf,
  type Manifest,
  mapEntries,
  relationOf,
  type Type,
  tenantOf,
  typeOf,
} from "./manifest.ts";
import { eyesOf, shown } from "./read.ts";
import { type Change, forbids, leadsToHidden } from "./refusals.ts";
import { removeRows } from "./removal.ts";
import type { Row, Tables } from "./rows.ts";
import { isRow, permits, seenBy, type Verb } from "./rules.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { computed, countsOf } from "./tables.ts";
import { fromWire, same, toWire, type Value } from "./value.ts";

/** The write is refused, by one of these codes; behind `forbidden` stands which rule. */
export class Refused extends Error {
  readonly codes: readonly string[];

  constructor(codes: readonly string[]) {
    super(`refused: ${codes.join(", ")}`);
    this.codes = codes;
  }
}

export interface Written {
  readonly tables: Tables;
  readonly result: Json;
}

interface Step {
  readonly tables: Tables;
  /** the rows that were written, as the write left them; of a delete as they were */
  readonly rows: readonly Row[];
}

/**
 * What a mutation leaves, and answers.
 *
 * @param user who writes, null for nobody; absent where there is no sign-in
 * @throws Refused where nothing is written
 */
export function write(
  manifest: Manifest,
  tables: Tables,
  mutation: Json,
  args: Scope["args"],
  user?: Row | null,
): Written {
  if (mutation.steps) return writeSteps(manifest, tables, mutation, args, user);
  const declared = mapEntries(mutation.args ?? {}, (type) => typeOf(type as string));
  const table: string = mutation.insert ?? mutation.update ?? mutation.upsert ?? mutation.delete;
  const { caller } = eyesOf(manifest, tables, mutation, user);
  const scope = scopeOf({ manifest, tables, args, declared, ...(caller && { caller }) }, table);
  const step = run(mutation, scope);
  const after = eyesOf(manifest, step.tables, mutation, user);
  const single = mutation.insert ?? mutation.upsert ?? mutation.expect === "one";
  // what was removed is seen as it was
  const seen = mutation.delete ? eyesOf(manifest, tables, mutation, user) : after;
  const inner = { ...scope, tables: seen.tables, ...(seen.caller && { caller: seen.caller }) };
  const made = step.rows.map((row) => answered(row, mutation.returns, inner));
  return { tables: step.tables, result: single ? made[0] : made };
}

/** "One atomic unit: all of it or nothing." */
function writeSteps(
  manifest: Manifest,
  tables: Tables,
  { steps, returns = {}, ...mutation }: Json,
  args: Scope["args"],
  user: Row | null | undefined,
): Written {
  let now = tables;
  const results: Record<string, Json> = {};
  for (const [name, step] of Object.entries(steps as { readonly [name: string]: Json })) {
    if (step.check) {
      expectRows(manifest, now, { ...mutation, ...step.check }, args, user);
      continue;
    }
    const written = write(manifest, now, { ...mutation, ...step, returns: returns[name] }, args, user);
    now = written.tables;
    if (returns[name]) results[name] = written.result;
  }
  return { tables: now, result: returns[Object.keys(returns)[0] ?? ""] ? results : null };
}

/** "`check: { table, where, is: some|none, else }` must hold", of rows that the caller may read. */
function expectRows(manifest: Manifest, all: Tables, check: Json, args: Scope["args"], user: Row | null | undefined) {
  const declared = mapEntries(check.args ?? {}, (type) => typeOf(type as string));
  const seen = eyesOf(manifest, all, check, user);
  const scope = scopeOf({ manifest, args, declared, ...seen }, check.table);
  const found = seen.tables[check.table]!.some((row) => holds(check.where, row, scope) === true);
  if (found !== (check.is === "some")) throw new Refused([check.else]);
}

/** "Read-back after a write the caller cannot read: the key alone, no error." */
function answered(row: Row, returns: readonly string[] | undefined, scope: Scope): Json {
  const { manifest, table, columns } = scope;
  const found = scope.tables[table!]!.find((other) => isRow(manifest, table!, other, row));
  const names = found ? shown(returns, found, scope) : keyOf(manifest, table!);
  return Object.fromEntries(names.map((name) => [name, toWire((found ?? row)[name]!, columns[name]!)]));
}

function run(written: Json, scope: Scope): Step {
  if (written.insert) return insert(written, scope);
  if (written.upsert) return upsert(written, scope);
  const found = meant(written.where ?? {}, scope);
  const refused = unexpected(written.expect, found.length);
  try {
    const step = written.delete ? remove(found, scope) : update(found, written.set ?? {}, written.input ?? [], scope);
    if (refused) throw new Refused([refused]);
    return step;
  } catch (error) {
    if (!(error instanceof Refused) || !refused) throw error;
    throw new Refused([refused, ...error.codes]);
  }
}

/** The rows that a write means: "unreadable rows are skipped". */
function meant(where: Json, scope: Scope): readonly Row[] {
  const { manifest, tables, table, caller } = scope;
  const seen = caller?.hides ? seenBy(manifest, tables, caller.user) : scope;
  const found = seen.tables[table!]!.filter((row) => holds(where, row, { ...scope, ...seen }) === true);
  return tables[table!]!.filter((row) => found.some((other) => isRow(manifest, table!, other, row)));
}

/** @throws Refused where rules do not let the caller do it */
function obey(verb: Verb, changes: readonly Change[], written: readonly string[], scope: Scope): void {
  const { manifest, table, caller } = scope;
  if (!caller?.hides) return;
  const codes = changes.flatMap((change) => forbids(manifest, table!, verb, change, written, caller));
  if (codes.length > 0) throw new Refused(codes);
}

/** What stands behind a reference that the caller may not read is not there. */
function hiddenReference(changes: readonly Change[], scope: Scope): readonly string[] {
  const isHidden = scope.caller?.hides && changes.some((change) => leadsToHidden(scope.table!, change, scope));
  return isHidden ? ["foreign_key_violation"] : [];
}

/** "Too few is `not_found`, too many `conflict`." */
function unexpected(expect: Json, found: number): string | undefined {
  if (expect === undefined) return undefined;
  const words: Json = { one: { min: 1, max: 1 }, some: { min: 1 }, none: { max: 0 } };
  const { min = 0, max = Number.POSITIVE_INFINITY } =
    typeof expect === "number" ? { min: expect, max: expect } : (words[expect] ?? expect);
  return found < min ? "not_found" : found > max ? "conflict" : undefined;
}

function insert({ values = {}, input = [] }: Json, scope: Scope): Step {
  const tenant = scope.caller?.hides && tenantOf(scope.manifest, scope.table!);
  const given = {
    ...Object.fromEntries(input.map((name: string) => [name, `$args.${name}?`])),
    ...values,
    // "an insert gets the column from the caller by itself"
    ...(tenant && { [tenant]: `$user.${tenant}` }),
  };
  const sent = sentOf(given, scope);
  const row = withComputed(
    mapEntries(scope.columns, (type, name) =>
      isComputed(type) ? null : Object.hasOwn(sent, name) ? sent[name]! : fromWire(type.default, type),
    ),
    scope,
  );
  obey("create", [{ after: row }], Object.keys(sent), scope);
  const changes = [{ after: row }];
  return changed([...scope.tables[scope.table!]!, row], [row], scope, hiddenReference(changes, scope));
}

/** Values by column, of those that were sent. */
function sentOf(given: Json, scope: Scope, own?: Row): { [name: string]: Value } {
  const written = Object.entries(given as { [name: string]: Json }).map(([name, value]) => [
    name,
    assigned(value, scope.columns[name]!, own?.[name] ?? null, scope),
  ]);
  return Object.fromEntries(written.filter(([, value]) => value !== undefined));
}

/** A row that is in no table, with what SQL makes of it. */
const withComputed = (row: Row, { columns, manifest, tables, table }: Scope): Row => {
  const evaluated = mapEntries(columns, ({ expr }, name) => (expr ? evaluate(expr, row) : row[name]!));
  return { ...evaluated, ...countsOf(manifest, tables, table!, evaluated) };
};

function update(found: readonly Row[], set: Json, input: readonly string[], scope: Scope): Step {
  const isLink = (name: string) => !Object.hasOwn(scope.columns, name);
  const links = Object.entries(set as { readonly [name: string]: Json }).filter(([name]) => isLink(name));
  const values = Object.fromEntries(Object.entries(set).filter(([name]) => !isLink(name)));
  const given: Json = { ...Object.fromEntries(input.map((name) => [name, `$args.${name}?`])), ...values };
  const rows = found.map((row) => withComputed({ ...row, ...sentOf(given, scope, row) }, scope));
  const changes = found.map((before, index) => ({ before, after: rows[index]! }));
  obey("update", changes, [...Object.keys(sentOf(given, scope)), ...links.map(([name]) => name)], scope);
  const linked = links.reduce((tables, [name, { add }]) => link(tables, name, add, found, scope), scope.tables);
  const kept = scope.tables[scope.table!]!.map((row) => (found.includes(row) ? rows[found.indexOf(row)]! : row));
  return changed(kept, rows, { ...scope, tables: linked }, hiddenReference(changes, scope));
}

/** Adds links of many to many: "both ends must be readable, else `not_found`". One that is there already stays the one. */
function link(tables: Tables, name: string, keys: readonly Json[], found: readonly Row[], scope: Scope): Tables {
  const { manifest, caller } = scope;
  const { to, through, links } = relationOf(manifest, scope.table!, name)!;
  const [near, far] = links as [(typeof links)[0], (typeof links)[0]];
  const [key] = keyOf(manifest, to);
  let rows = tables[through!]!;
  for (const written of keys) {
    const value = sent(written, columnsOf(manifest, to)[key!]!, scope)!;
    const target = scope.tables[to]!.find((row) => same(row[key!]!, value));
    const isSeen = target && (!caller?.hides || permits(manifest, to, "read", target, caller));
    if (!isSeen && found.length > 0) throw new Refused(["not_found"]);
    for (const row of found) {
      const made = {
        ...Object.fromEntries(near.to.map((column, index) => [column, row[near.from[index]!]!])),
        ...Object.fromEntries(far.from.map((column, index) => [column, target![far.to[index]!]!])),
      };
      if (!rows.some((other) => isRow(manifest, through!, other, made))) rows = [...rows, made];
    }
  }
  return { ...tables, [through!]: rows };
}

/** "Create or update, whichever it becomes": by the row that has the values of the unique key. */
function upsert({ values, set, conflict }: Json, scope: Scope): Step {
  const key = (conflict as readonly string[]).map((name) => assigned(values[name], scope.columns[name]!, null, scope)!);
  const met = scope.tables[scope.table!]!.filter((row) =>
    (conflict as readonly string[]).every((name, index) => same(row[name]!, key[index]!)),
  );
  const without = Object.fromEntries(Object.entries(values).filter(([name]) => !conflict.includes(name)));
  if (met.length === 0) return insert({ values }, scope);
  const { manifest, caller } = scope;
  if (!caller?.hides || permits(manifest, scope.table!, "read", met[0]!, caller))
    return update(met, set ?? without, [], scope);
  // "`unique_violation`, as an insert would"
  insert({ values }, scope);
  throw new Error("Two rows have one key");
}

function remove(found: readonly Row[], scope: Scope): Step {
  obey(
    "delete",
    found.map((before) => ({ before })),
    [],
    scope,
  );
  const left = removeRows(scope.manifest, scope.tables, scope.table!, found);
  const codes = broken(scope.manifest, left);
  if (codes.length > 0) throw new Refused(codes);
  return { tables: computed(scope.manifest, left), rows: found };
}

/**
 * The tables with other rows in one of them, if these may be.
 *
 * @param against what stands against it besides
 */
function changed(
  rows: readonly Row[],
  written: readonly Row[],
  { manifest, tables, table }: Scope,
  against: readonly string[],
): Step {
  const next = { ...tables, [table!]: rows };
  const codes = [...against, ...broken(manifest, next)];
  if (codes.length > 0) throw new Refused(codes);
  const after = computed(manifest, next);
  const key = keyOf(manifest, table!);
  const now = (row: Row): Row => after[table!]!.find((other) => key.every((name) => same(other[name]!, row[name]!)))!;
  return { tables: after, rows: written.map(now) };
}

/** The value that a column gets; undefined where its argument was not sent. "`increment` of null stays null." */
function assigned(written: Json, type: Type, own: Value, scope: Scope): Value | undefined {
  const [op] = written !== null && typeof written === "object" ? Object.keys(written) : [];
  if (type.kind !== "json" && type.kind !== "object" && op && ["increment", "decrement", "multiply"].includes(op)) {
    const by = sent(written[op], type, scope);
    if (by === undefined) return undefined;
    return own === null || by === null ? null : reckoned(op, own as number, by as number);
  }
  return sent(written, type, scope);
}

function reckoned<N extends number | bigint>(op: string, own: N, by: N): Value {
  if (op === "multiply") return ((own as number) * (by as number)) as Value;
  return op === "increment"
    ? (((own as number) + (by as number)) as Value)
    : (((own as number) - (by as number)) as Value);
}

function sent(written: Json, type: Type, { args, caller }: Scope): Value | undefined {
  if (typeof written === "string" && written.startsWith("$user.")) return caller!.user![written.slice(6)]!;
  if (typeof written !== "string" || !written.startsWith("$args.")) return fromWire(unescaped(written), type);
  const name = written.slice(6).replace("?", "");
  return Object.hasOwn(args, name) ? fromWire(args[name], type) : undefined;
}

/** "`$$` escapes, everywhere." */
function unescaped(written: Json): Json {
  if (typeof written === "string") return written.replace(/^\$\$/, "$");
  if (Array.isArray(written)) return written.map(unescaped);
  return typeof written === "object" && written !== null ? mapEntries(written, unescaped) : written;
}
