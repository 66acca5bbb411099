import type { AskedQuery } from "../ask.ts";
import { foreignKeysOf } from "../foreignKeys.ts";
import { columnsOf, isComputed, type Json, keyOf, type Manifest, type Type, tenantOf } from "../manifest.ts";
import type { WireRows } from "../rows.ts";
import { Arguments, condition, literal, onColumns, type Setting } from "./condition.ts";
import type { Random } from "./random.ts";
import { certainValue, possibleValue } from "./value.ts";

interface Options {
  readonly caller?: number;
  /** `$user` has a value */
  readonly isSignedIn?: boolean;
  readonly isSystem?: boolean;
  /** how often an update adds links, from 0 to 1 */
  readonly links?: number;
}

interface Writing extends Setting, Options {
  readonly args: Arguments;
  readonly table: string;
}

/**
 * A write to one of the tables, and a call of it.
 *
 * @param options `caller`: how often conditions speak of the caller, from 0 to 1
 */
export function randomWrite(random: Random, manifest: Manifest, rows: WireRows, options: Options = {}) {
  const args = new Arguments(random, "required");
  // who is there to sign in is no matter of chance
  const table = random.pick(Object.keys(manifest.tables).filter((name) => name !== "users"));
  const setting: Writing = { random, manifest, rows, args, table, ...options };
  return asked(body(setting), args);
}

const body = (setting: Writing): Json => setting.random.pick([insert, update, update, upsert, remove])(setting);

function asked(body: Json, args: Arguments) {
  const { declared, sent } = args.usedIn(body);
  const mutation = { ...(Object.keys(declared).length > 0 && { args: declared }), ...body };
  return { mutation, call: (name: string): AskedQuery => ({ query: name, args: sent }) };
}

/** Several writes in one, with a check before one of them. */
export function randomSteps(random: Random, manifest: Manifest, rows: WireRows, options: Options) {
  const args = new Arguments(random, "required");
  const tables = Object.keys(manifest.tables);
  const returns: Record<string, Json> = {};
  const made = random.times(2, 3, (index) => {
    const table = random.pick(tables.filter((name) => name !== "users"));
    const { returns: columns, ...step } = body({ random, manifest, rows, args, table, ...options });
    if (columns) returns[`s${index}`] = columns;
    return [`s${index}`, step] as const;
  });
  const checked = random.pick(tables);
  const where = { all: [condition({ random, manifest, rows, args, ...options }, checked, 2)] };
  const check = { table: checked, where, is: random.pick(["some", "none"]), else: "not_so" };
  const isChecked = random.chance(0.4);
  const steps = isChecked ? [...made.slice(0, 1), ["c", { check }] as const, ...made.slice(1)] : made;
  return asked(
    {
      ...(isChecked && { errors: { not_so: { status: 409, message: "It is not so." } } }),
      steps: Object.fromEntries(steps),
      ...(Object.keys(returns).length > 0 && { returns }),
    },
    args,
  );
}

/** Columns that a write names by itself, without those of references. */
function plainColumns({ manifest, table, isSystem }: Writing): readonly (readonly [string, Type])[] {
  const tenant = isSystem ? undefined : tenantOf(manifest, table);
  const references = foreignKeysOf(manifest, table).flatMap(({ from }) => from);
  const apart = [...keyOf(manifest, table), ...references, ...(tenant ? [tenant] : [])];
  return Object.entries(columnsOf(manifest, table)).filter(
    ([name, type]) => !apart.includes(name) && !isComputed(type),
  );
}

/** A value, a value that is sent, or one that may be sent. */
function value({ random, args }: Writing, type: Type, mayBeAbsent: boolean): Json {
  if (random.chance(0.4)) return literal(possibleValue(random, type));
  return args.written(type, mayBeAbsent && random.chance(0.6));
}

/** The key, or another's; references to rows that are there, or are not. */
function identity(setting: Writing, isNew: number): Record<string, Json> {
  const { random, manifest, rows, table, args } = setting;
  const types = columnsOf(manifest, table);
  const result: Record<string, Json> = {};
  const other = rows[table]!.length > 0 && !random.chance(isNew) ? random.pick(rows[table]!) : undefined;
  for (const name of keyOf(manifest, table))
    result[name] = args.sending(types[name]!, other?.[name] ?? certainValue(random, types[name]!));
  for (const { from, to, references } of foreignKeysOf(manifest, table)) {
    const target = rows[to]!.length > 0 && random.chance(0.9) ? random.pick(rows[to]!) : undefined;
    for (const [index, name] of from.entries()) {
      if (name in result) continue;
      if (to === "users" && setting.isSignedIn && random.chance(0.5)) {
        result[name] = "$user.id";
        continue;
      }
      const type = types[name]!;
      const found = target?.[references[index]!] ?? (type.nullable ? null : certainValue(random, type));
      result[name] = args.sending(type, found);
    }
  }
  return result;
}

/** Values for all columns that need one, and for some of the others. */
function allValues(setting: Writing, isNew: number): Record<string, Json> {
  const { random } = setting;
  const written = plainColumns(setting).flatMap(([name, type]) => {
    const needed = !type.nullable && type.default === undefined;
    return needed || random.chance(0.7) ? [[name, value(setting, type, !needed)] as const] : [];
  });
  return { ...identity(setting, isNew), ...Object.fromEntries(written) };
}

function insert(setting: Writing): Json {
  return { insert: setting.table, values: allValues(setting, 0.7), ...returns(setting) };
}

function returns({ random, manifest, table }: Writing, counted = true): Json {
  const names = Object.entries(columnsOf(manifest, table)).filter(([, { count }]) => counted || !count);
  return counted && random.chance(0.4)
    ? {}
    : {
        returns: random.some(
          names.map(([name]) => name),
          1,
          4,
        ),
      };
}

function set(setting: Writing): Json {
  const { random, manifest, table, rows, args } = setting;
  const written = random.some(plainColumns(setting), 1, 3).map(([name, type]) => {
    const isNumber = ["integer", "bigint", "number", "decimal"].includes(type.kind);
    if (!isNumber || random.chance(0.5)) return [name, value(setting, type, true)] as const;
    const ops = ["increment", "decrement", ...(type.kind === "decimal" || type.kind === "bigint" ? [] : ["multiply"])];
    return [name, { [random.pick(ops)]: value(setting, { ...type, nullable: false }, true) }] as const;
  });
  const references = foreignKeysOf(manifest, table).filter(
    ({ from }) => from.length === 1 && !keyOf(manifest, table).includes(from[0]!),
  );
  const moved = random.some(references, 0, random.chance(0.3) ? 1 : 0).map(({ from, to, references }) => {
    const type = columnsOf(manifest, table)[from[0]!]!;
    const target = rows[to]!.length > 0 ? random.pick(rows[to]!)[references[0]!] : certainValue(random, type);
    return [from[0]!, args.sending(type, target)] as const;
  });
  return Object.fromEntries([...written, ...moved]);
}

/** By its key, or by any condition. */
function where(setting: Writing): Json {
  const { random, manifest, table } = setting;
  const types = columnsOf(manifest, table);
  // a condition alone may say nothing, which a write has to say otherwise
  if (random.chance(0.4)) return { all: [onColumns(setting, types), condition(setting, table, 2)] };
  return identityWhere(setting);
}

function identityWhere({ random, manifest, table, rows, args }: Writing): Json {
  const types = columnsOf(manifest, table);
  const found = rows[table]!.length > 0 ? random.pick(rows[table]!) : undefined;
  return Object.fromEntries(
    keyOf(manifest, table).map((name) => [
      name,
      args.sending(types[name]!, found?.[name] ?? certainValue(random, types[name]!)),
    ]),
  );
}

function expectation({ random }: Writing): Json {
  const expect = random.pick([undefined, undefined, "one", "one", "some", "none", 2, { min: 1, max: 2 }, { max: 1 }]);
  return expect === undefined ? {} : { expect };
}

function update(setting: Writing): Json {
  const links = linksOf(setting);
  if (links)
    return { update: setting.table, where: identityWhere(setting), set: links, expect: "one", ...returns(setting) };
  const changes = set(setting);
  if (Object.keys(changes).length === 0) return insert(setting);
  return { update: setting.table, where: where(setting), set: changes, ...expectation(setting), ...returns(setting) };
}

/** Links to add, to rows that are there for somebody or for nobody. */
function linksOf({ random, manifest, table, rows, args, links = 0 }: Writing): Json | undefined {
  const fitting = Object.entries(manifest.tables[table]!.relations ?? {}).filter(
    ([, { manyToMany, through }]) => manyToMany && !through && keyOf(manifest, manyToMany).length === 1,
  );
  if (fitting.length === 0 || links === 0 || !random.chance(links)) return undefined;
  const [name, { manyToMany: to }] = random.pick(fitting);
  const [key] = keyOf(manifest, to!);
  const type = columnsOf(manifest, to!)[key!]!;
  const add = random.times(1, 2, () => {
    const target = rows[to!]!.length > 0 && random.chance(0.95) ? random.pick(rows[to!]!) : undefined;
    return args.sending(type, target?.[key!] ?? certainValue(random, type));
  });
  return { [name]: { add } };
}

function upsert(setting: Writing): Json {
  const { manifest, table, random } = setting;
  const changes = set(setting);
  const withSet = Object.keys(changes).length > 0 && random.chance(0.8) ? { set: changes } : { set: {} };
  return {
    upsert: table,
    conflict: keyOf(manifest, table),
    values: allValues(setting, 0.4),
    ...withSet,
    ...returns(setting),
  };
}

function remove(setting: Writing): Json {
  return { delete: setting.table, where: where(setting), ...expectation(setting), ...returns(setting, false) };
}
