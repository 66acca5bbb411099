import { columnsOf, type Json, type Manifest, mapEntries, relationOf, type Type } from "../manifest.ts";
import type { WireRows } from "../rows.ts";
import type { Random } from "./random.ts";
import { possibleValue } from "./value.ts";

/** Arguments that a query came to have, and what is sent for them. */
export class Arguments {
  readonly declared: Record<string, Json> = {};
  readonly sent: Record<string, unknown> = {};
  readonly random: Random;
  readonly #ways: readonly string[];

  /** @param only how all of them are declared, where that is not left to chance */
  constructor(random: Random, only?: "required") {
    this.random = random;
    this.#ways = only ? [only] : ["required", "nullable", "nullable", "optional"];
  }

  /** `$args.a1` for a value that is sent. */
  sending(type: Type, value: unknown): string {
    const name = this.#declare(written(type));
    this.sent[name] = value;
    return `$args.${name}${type.nullable ? "?" : ""}`;
  }

  /** `$args.a1?` for a value that is written to a column, if it is sent: null only where the column may be null. */
  written(type: Type, mayBeAbsent: boolean): string {
    if (!mayBeAbsent && !type.nullable) return this.sending(type, possibleValue(this.random, type));
    const name = this.#declare({ ...longForm(type), ...(type.nullable ? { nullable: true } : { optional: true }) });
    if (this.random.chance(0.7)) this.sent[name] = possibleValue(this.random, type);
    return `$args.${name}?`;
  }

  /** Those that something speaks of. */
  usedIn(body: Json) {
    const text = JSON.stringify(body);
    const used = <T>(of: { readonly [name: string]: T }) =>
      Object.fromEntries(Object.entries(of).filter(([name]) => new RegExp(`\\$args\\.${name}\\b`).test(text)));
    return { declared: used(this.declared), sent: used(this.sent) };
  }

  #declare(written: Json): string {
    const name = `a${Object.keys(this.declared).length}`;
    this.declared[name] = written;
    return name;
  }

  /** `$args.a1?`: a value of the type, null or nothing, however it is declared. */
  reference(type: Type): string {
    const name = `a${Object.keys(this.declared).length}`;
    const how = this.random.pick(this.#ways);
    const plain = longForm(type);
    if (how === "nullable") this.declared[name] = { ...plain, nullable: true };
    else if (how === "optional") this.declared[name] = { ...plain, optional: true };
    else this.declared[name] = plain;
    const absent = how !== "required" && this.random.chance(0.35);
    if (!absent) this.sent[name] = possibleValue(this.random, { ...type, nullable: how === "nullable" });
    return `$args.${name}${how === "required" ? "" : "?"}`;
  }
}

function longForm({ kind, scale, items, properties }: Type): { [key: string]: Json } {
  return {
    type: kind,
    ...(kind === "decimal" && { scale }),
    ...(items && { items: written(items) }),
    ...(properties && { properties: mapEntries(properties, written) }),
  };
}

const written = (type: Type) => ({ ...longForm(type), ...(type.nullable && { nullable: true }) });

export interface Setting {
  readonly random: Random;
  readonly manifest: Manifest;
  readonly rows: WireRows;
  /** where conditions may speak of the caller; how often they do, from 0 to 1 */
  readonly caller?: number;
  /** in the `then` of a rule: `$before` may stand there */
  readonly then?: boolean;
  /** where conditions may speak of arguments */
  readonly args?: Arguments;
}

const flag: Type = { kind: "boolean", nullable: true, scale: 0 };

/** A condition over rows of a table. */
export function condition(setting: Setting, table: string, depth: number): Json {
  const { random, manifest } = setting;
  const below = () => condition(setting, table, depth - 1);
  const relations = Object.keys(manifest.tables[table]?.relations ?? {});
  const named = Object.keys(manifest.tables[table]?.conditions ?? {});
  if (setting.caller && random.chance(setting.caller)) return ofCaller(setting, table);
  const form = depth <= 0 ? 0 : random.below(11);
  if (form === 1) return random.times(0, 3, below);
  if (form === 2) return { [random.pick(["all", "any"])]: random.times(0, 3, below) };
  if (form === 3) return { not: below() };
  if (form >= 4 && form <= 6 && relations.length > 0) return related(setting, table, random.pick(relations), depth - 1);
  if (form === 7) return Object.assign({}, ...random.times(0, 3, () => entryOf(below())));
  if (form === 8 && named.length > 0) return random.pick(named);
  if (form === 9 && setting.args)
    return {
      [setting.args.reference(flag)]: random.pick([true, false, { ne: true }]),
    };
  const columns = columnsOf(manifest, table);
  return onColumns(setting, columns, { ...columns, ...propertiesOf(columns) });
}

/** Of a row and the caller, or of the caller alone; or what the caller may do to a related row. */
function ofCaller(setting: Setting, table: string): Json {
  const { random, manifest } = setting;
  const form = random.below(10);
  if (form === 0) return { "$user.role": random.pick(["admin", "staff", { ne: "user" }, { in: ["admin", "staff"] }]) };
  if (form === 1) return { "$user.level": test(setting, { kind: "integer", nullable: true, scale: 0 }, {}) };
  const ones = Object.keys(manifest.tables[table]?.relations ?? {}).flatMap((name) => {
    const relation = relationOf(manifest, table, name)!;
    const verbs = askable(manifest, table, relation.to);
    return relation.many || verbs.length === 0 ? [] : [[name, verbs] as const];
  });
  if (form <= 4 && ones.length > 0) {
    const [name, verbs] = random.pick(ones);
    return { [name]: { may: random.pick(verbs) } };
  }
  const columns = columnsOf(manifest, table);
  const alike = Object.entries(columns).flatMap(([name, { kind }]) =>
    (callerFields[kind] ?? []).map((field) => [name, field] as const),
  );
  // most of all, whose row it is
  const own = alike.filter(
    ([name, field]) => field === "id" && /^(id|.*ownerId)$/i.test(name) && columns[name]!.kind === "string",
  );
  const [name, field] = random.pick(own.length > 0 && random.chance(0.7) ? own : alike.length > 0 ? alike : [["", ""]]);
  if (name === "") return { "$user.role": "admin" };
  if (random.chance(0.8)) return { [name]: `$user.${field}` };
  return { [name]: { [random.pick(["eq", "ne"])]: `$user.${field}` } };
}

const callerFields: { readonly [kind: string]: readonly string[] } = {
  string: ["id", "id", "name", "image"],
  integer: ["level"],
  boolean: ["emailVerified"],
};

/** What may be asked of the rules of another table: that comes before, so that nothing is asked in a ring. */
function askable(manifest: Manifest, table: string, to: string): readonly string[] {
  const tables = Object.keys(manifest.tables);
  const { rules } = manifest.tables[to] ?? {};
  if (!rules || tables.indexOf(to) >= tables.indexOf(table)) return [];
  return ["read", "update", "delete"].filter((verb) => rules[verb] && Object.keys(rules[verb]).length > 0);
}

/** What `{ column: info.open }` names. */
function propertiesOf(columns: Columns): Columns {
  const pairs = Object.entries(columns).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).map(([property, type]) => [`${name}.${property}`, type] as const),
  );
  return Object.fromEntries(pairs);
}

/** Lists cannot stand beside other entries of a map. */
export const entryOf = (written: Json): Json =>
  Array.isArray(written) || typeof written === "string" ? { all: [written] } : written;

function related(setting: Setting, table: string, name: string, depth: number): Json {
  const { random, manifest } = setting;
  const { to, many } = relationOf(manifest, table, name)!;
  const inside = () => condition({ ...setting, then: false }, to, depth);
  if (many)
    return { [name]: Object.fromEntries(random.some(["some", "every", "none"], 1, 2).map((word) => [word, inside()])) };
  if (random.chance(0.2)) return { [name]: null };
  return { [name]: entryOf(inside()) };
}

type Columns = { readonly [name: string]: Type };

/**
 * A comparison of one of these columns, or properties.
 *
 * @param others columns to compare with
 */
export function onColumns(setting: Setting, columns: Columns, others: Columns = columns): Json {
  const name = setting.random.pick(Object.keys(columns));
  return { [name]: test(setting, columns[name]!, others) };
}

const ordered = ["gt", "gte", "lt", "lte"];

function test(setting: Setting, type: Type, columns: Columns): Json {
  const { random } = setting;
  if (type.kind === "array") return listTest(setting, type);
  if (type.kind === "object")
    return type.nullable && random.chance(0.2) ? null : onColumns(setting, type.properties!, columns);
  if (type.kind === "json" || type.kind === "bytes")
    return type.nullable && random.chance(0.5) ? null : { isNull: random.chance(0.5) };
  const form = random.below(6);
  if (form === 0) return operand(setting, type, columns);
  if (form === 1)
    return {
      isNull: random.chance(0.5) || !setting.args ? random.chance(0.5) : setting.args.reference(flag),
    };
  if (form === 2) return { [random.pick(["in", "notIn"])]: listOf(setting, type) };
  if (form === 3 && type.kind === "string") {
    const any = random.chance(0.4) ? { caseSensitive: false } : {};
    return {
      [random.pick(["contains", "startsWith", "endsWith"])]: operand(setting, { ...type, nullable: false }, columns),
      ...any,
    };
  }
  const operators = ["eq", "ne", ...(type.kind === "boolean" ? [] : ordered)];
  return Object.fromEntries(
    random
      .some(operators, 1, 2)
      .map((op) => [op, operand(setting, ordered.includes(op) ? { ...type, nullable: false } : type, columns)]),
  );
}

/** A value, an argument, or another column. */
function operand({ random, args, then }: Setting, type: Type, columns: Columns): Json {
  if (then && random.chance(0.4)) {
    const before = Object.keys(columns).filter(
      (name) => !name.includes(".") && columns[name]!.kind === type.kind && columns[name]!.scale === type.scale,
    );
    if (before.length > 0) return `$before.${random.pick(before)}`;
  }
  const form = random.below(5);
  if (form <= 1 && args) return args.reference(type);
  const alike = Object.keys(columns).filter(
    (name) => columns[name]!.kind === type.kind && columns[name]!.scale === type.scale,
  );
  if (form === 2 && alike.length > 0) return { column: random.pick(alike) };
  return literal(possibleValue(random, type));
}

/** A value as a manifest says it: `$` is doubled, everywhere in it. */
export function literal(value: Json): Json {
  if (typeof value === "string") return value.startsWith("$") ? `$${value}` : value;
  if (Array.isArray(value)) return value.map(literal);
  return typeof value === "object" && value !== null ? mapEntries(value, literal) : value;
}

function listOf({ random, args }: Setting, type: Type): Json {
  if (args && random.chance(0.5))
    return args.reference({ kind: "array", nullable: false, scale: 2, items: { ...type } });
  return random.times(0, 4, () => literal(possibleValue(random, type)));
}

function listTest(setting: Setting, type: Type): Json {
  const { random } = setting;
  const items = type.items!;
  const form = random.below(5);
  if (form === 0)
    return {
      length: random.chance(0.5) ? random.below(4) : { [random.pick(["eq", "ne", ...ordered])]: random.below(4) },
    };
  if (form === 1 && type.nullable) return { isNull: random.chance(0.5) };
  if (form <= 3 && items.kind !== "object")
    return { [random.pick(["includes", "includesAny"])]: listOf(setting, { ...items, nullable: false }) };
  const inside = items.kind === "object" ? onColumns(setting, items.properties!, {}) : test(setting, items, {});
  return { [random.pick(["some", "every", "none"])]: inside };
}
