import { holds } from "./condition.ts";
import { broken } from "./constraints.ts";
import { isComputed, type Json, keyOf, type Manifest, mapEntries, type Type, typeOf } from "./manifest.ts";
import { removeRows } from "./removal.ts";
import type { Row, Tables } from "./rows.ts";
import { type Scope, scopeOf } from "./scope.ts";
import { computed } from "./tables.ts";
import { fromWire, same, toWire, type Value } from "./value.ts";

/** The write is refused, by one of these codes. */
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
 * @throws Refused where nothing is written
 */
export function write(manifest: Manifest, tables: Tables, mutation: Json, args: Scope["args"]): Written {
  const declared = mapEntries(mutation.args ?? {}, (type) => typeOf(type as string));
  const table: string = mutation.insert ?? mutation.update ?? mutation.upsert ?? mutation.delete;
  const scope = scopeOf({ manifest, tables, args, declared }, table);
  const step = run(mutation, scope);
  const single = mutation.insert ?? mutation.upsert ?? mutation.expect === "one";
  const made = step.rows.map((row) => answered(row, mutation.returns, scope.columns));
  return { tables: step.tables, result: single ? made[0] : made };
}

function answered(row: Row, returns: readonly string[] | undefined, columns: Scope["columns"]): Json {
  const names = returns ?? Object.keys(columns);
  return Object.fromEntries(names.map((name) => [name, toWire(row[name]!, columns[name]!)]));
}

function run(written: Json, scope: Scope): Step {
  if (written.insert) return insert(written, scope);
  if (written.upsert) return upsert(written, scope);
  const found = scope.tables[scope.table!]!.filter((row) => holds(written.where ?? {}, row, scope) === true);
  const refused = unexpected(written.expect, found.length);
  try {
    const step = written.delete ? remove(found, scope) : update(found, written.set ?? {}, written.input ?? [], scope);
    if (refused) throw new Refused([refused]);
    return step;
  } catch (error) {
    if (error instanceof Refused && refused) throw new Refused([refused, ...error.codes]);
    throw error;
  }
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
  const given = { ...Object.fromEntries(input.map((name: string) => [name, `$args.${name}?`])), ...values };
  const row = mapEntries(scope.columns, (type, name) => {
    if (isComputed(type)) return null;
    const value = Object.hasOwn(given, name) ? assigned(given[name], type, null, scope) : undefined;
    return value === undefined ? fromWire(type.default, type) : value;
  });
  return changed([...scope.tables[scope.table!]!, row], [row], scope);
}

function update(found: readonly Row[], set: Json, input: readonly string[], scope: Scope): Step {
  const given: Json = { ...Object.fromEntries(input.map((name) => [name, `$args.${name}?`])), ...set };
  const after = (row: Row): Row =>
    mapEntries(scope.columns, (type, name) => {
      const value = Object.hasOwn(given, name) ? assigned(given[name], type, row[name]!, scope) : undefined;
      return value === undefined ? row[name]! : value;
    });
  const rows = found.map(after);
  const kept = scope.tables[scope.table!]!.map((row) => (found.includes(row) ? rows[found.indexOf(row)]! : row));
  return changed(kept, rows, scope);
}

/** "Create or update, whichever it becomes": by the row that has the values of the unique key. */
function upsert({ values, set, conflict }: Json, scope: Scope): Step {
  const key = (conflict as readonly string[]).map((name) => assigned(values[name], scope.columns[name]!, null, scope)!);
  const met = scope.tables[scope.table!]!.filter((row) =>
    (conflict as readonly string[]).every((name, index) => same(row[name]!, key[index]!)),
  );
  const without = Object.fromEntries(Object.entries(values).filter(([name]) => !conflict.includes(name)));
  return met.length > 0 ? update(met, set ?? without, [], scope) : insert({ values }, scope);
}

function remove(found: readonly Row[], scope: Scope): Step {
  const left = removeRows(scope.manifest, scope.tables, scope.table!, found);
  const codes = broken(scope.manifest, left);
  if (codes.length > 0) throw new Refused(codes);
  return { tables: computed(scope.manifest, left), rows: found };
}

/** The tables with other rows in one of them, if these may be. */
function changed(rows: readonly Row[], written: readonly Row[], { manifest, tables, table }: Scope): Step {
  const next = { ...tables, [table!]: rows };
  const codes = broken(manifest, next);
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

function sent(written: Json, type: Type, { args }: Scope): Value | undefined {
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
