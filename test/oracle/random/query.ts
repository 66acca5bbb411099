import type { AskedQuery } from "../ask.ts";
import { columnsOf, type Json, keyOf, type Manifest, relationOf, type Type, tablesOf } from "../manifest.ts";
import { measured } from "../measure.ts";
import type { WireRows } from "../rows.ts";
import { scopeOf } from "../scope.ts";
import { Arguments, condition, entryOf, onColumns, type Setting } from "./condition.ts";
import type { Random } from "./random.ts";

interface Asking extends Setting {
  readonly args: Arguments;
}

/** "A guarded column cannot be ordered or grouped by." */
const hasOrder = ({ kind, read }: Type): boolean =>
  read === undefined && !["json", "bytes", "array", "object"].includes(kind);

/**
 * A query over one of the tables, and a call of it.
 *
 * @param caller how often conditions speak of the caller, from 0 to 1
 */
export function randomQuery(random: Random, manifest: Manifest, rows: WireRows, caller = 0) {
  const args = new Arguments(random);
  const setting: Asking = { random, manifest, rows, args, caller };
  const table = random.pick(Object.keys(manifest.tables));
  const body = random.pick([list, list, list, page, get, aggregate, aggregate])(setting, table);
  const { declared, sent } = args.usedIn(body);
  const query = { ...(Object.keys(declared).length > 0 && { args: declared }), ...body };
  const size = body.page ? { size: 1 + random.below(4) } : {};
  return { query, call: (name: string): AskedQuery => ({ query: name, args: sent, ...size }) };
}

function list(setting: Asking, table: string): Json {
  const { random } = setting;
  if (random.chance(0.15)) return distinctList(setting, table);
  return { list: table, ...rowOptions(setting, table, 2) };
}

/** Ordered by all that is selected, so that there is one answer. */
function distinctList(setting: Asking, table: string): Json {
  const { random, manifest } = setting;
  const columns = columnsOf(manifest, table);
  const select = random.some(
    Object.keys(columns).filter((name) => hasOrder(columns[name]!)),
    1,
    3,
  );
  return {
    list: table,
    select,
    distinct: true,
    ...where(setting, table),
    orderBy: select.map((name) => term(random, name)),
    ...window(setting),
  };
}

function page(setting: Asking, table: string): Json {
  const { random } = setting;
  const { limit, offset, ...rest } = rowOptions(setting, table, 1);
  return {
    page: table,
    ...rest,
    ...(random.chance(0.4) && { bothWays: true }),
    ...(random.chance(0.3) && { total: true }),
  };
}

/** One row by its key. */
function get(setting: Asking, table: string): Json {
  const { random, manifest, rows, args } = setting;
  const key = keyOf(manifest, table);
  const types = columnsOf(manifest, table);
  const found = rows[table]!.length > 0 && random.chance(0.8) ? random.pick(rows[table]!) : undefined;
  const fixed = key.map((name, index) => {
    const argument = `k${index}`;
    const { kind } = types[name]!;
    args.declared[argument] = kind;
    args.sent[argument] =
      found?.[name] ??
      { integer: 7, bigint: "7", string: "none", date: "2000-01-01", Level: "low" }[kind] ??
      "01900000-0000-7000-8000-00000000000a";
    return [name, `$args.${argument}`];
  });
  const { orderBy, limit, offset, where, ...rest } = rowOptions(setting, table, 2);
  const more = random.chance(0.4) ? { all: [condition(setting, table, 2)] } : {};
  return { get: table, ...rest, where: { ...Object.fromEntries(fixed), ...more } };
}

function where(setting: Asking, table: string): Json {
  return setting.random.chance(0.75) ? { where: condition(setting, table, 3) } : {};
}

/** Now and then also of what `with` measures. */
function whereMeasured(setting: Asking, table: string, nested: Json): Json {
  const aggregates = Object.entries(nested as { [name: string]: Json }).filter(([, entry]) => entry.aggregate);
  if (aggregates.length === 0 || setting.random.chance(0.5)) return where(setting, table);
  const [name, { aggregate }] = setting.random.pick(aggregates);
  const types = typesOf(setting, relationOf(setting.manifest, table, name)!.to, aggregate);
  const own = entryOf(where(setting, table).where ?? {});
  return { where: { ...own, [`${name}Aggregate`]: onColumns(setting, types) } };
}

function typesOf({ manifest }: Asking, table: string, measures: Json) {
  const tables = Object.fromEntries(tablesOf(manifest).map((name) => [name, []]));
  return measured(measures, [], scopeOf({ manifest, tables, args: {}, declared: {} }, table)).types;
}

function window({ random, args }: Asking): Json {
  const number = (name: string): Json => {
    if (random.chance(0.6)) return random.below(5);
    args.declared[`${name}${Object.keys(args.declared).length}`] = "integer";
    const argument = Object.keys(args.declared).at(-1)!;
    args.sent[argument] = random.below(5);
    return `$args.${argument}`;
  };
  return {
    ...(random.chance(0.3) && { limit: number("limit") }),
    ...(random.chance(0.2) && { offset: number("offset") }),
  };
}

function term(random: Random, name: string): Json {
  if (random.chance(0.5)) return random.chance(0.5) ? name : `-${name}`;
  return {
    column: name,
    ...(random.chance(0.5) && { descending: true }),
    ...(random.chance(0.6) && { nulls: random.pick(["first", "last"]) }),
  };
}

/** What may be said of rows, nested ones too. */
function rowOptions(setting: Asking, table: string, depth: number): Json {
  const { random, manifest } = setting;
  const columns = columnsOf(manifest, table);
  const nested = depth > 0 && random.chance(0.6) ? withOf(setting, table, depth) : {};
  const orderable = Object.keys(columns).filter((name) => hasOrder(columns[name]!));
  const measures = Object.entries(nested).flatMap(([relation, entry]) =>
    Object.keys((entry as Json).aggregate ?? {}).map((name) => `${relation}Aggregate.${name}`),
  );
  const order = random.some([...orderable, ...measures], 1, 3);
  return {
    ...(random.chance(0.5) && { select: random.some(Object.keys(columns), 1, 4) }),
    ...whereMeasured(setting, table, nested),
    ...(Object.keys(nested).length > 0 && { with: nested }),
    ...(random.chance(0.6) && { orderBy: order.map((name) => term(random, name)) }),
    ...window(setting),
  };
}

function withOf(setting: Asking, table: string, depth: number): Json {
  const { random, manifest } = setting;
  const relations = Object.keys(manifest.tables[table]!.relations ?? {});
  return Object.fromEntries(
    random.some(relations, 0, 2).map((name) => {
      const { to, many } = relationOf(manifest, table, name)!;
      if (random.chance(0.2)) return [name, true];
      const { orderBy, limit, offset, ...toOne } = rowOptions(setting, to, depth - 1);
      if (!many) return [name, toOne];
      if (random.chance(0.6))
        return [
          name,
          {
            ...toOne,
            ...(orderBy && { orderBy }),
            ...(limit !== undefined && { limit }),
            ...(offset !== undefined && { offset }),
          },
        ];
      const aggregate = measures(setting, to);
      return [name, { aggregate, ...where(setting, to), ...(random.chance(0.3) && { rows: true }) }];
    }),
  );
}

/** Measures over rows of a table, over their relations too. */
function measures(setting: Asking, table: string): Json {
  const { random } = setting;
  return Object.fromEntries(random.times(1, 3, (index) => [`m${index}`, measure(setting, table)]));
}

function measure(setting: Asking, table: string): Json {
  const { random, manifest } = setting;
  const path: string[] = [];
  let at = table;
  let filtered = table;
  while (path.length < 2 && random.chance(0.3)) {
    const relations = Object.keys(manifest.tables[at]!.relations ?? {});
    if (relations.length === 0) break;
    const name = random.pick(relations);
    const { to, many } = relationOf(manifest, at, name)!;
    path.push(name);
    at = to;
    if (many) filtered = to;
  }
  const filter = random.chance(0.3) ? { where: condition(setting, filtered, 1) } : {};
  const columns = columnsOf(manifest, at);
  const fn = random.pick(["count", "count", "sum", "avg", "min", "max"]);
  const fitting = Object.keys(columns).filter((name) => fits(fn, name, columns[name]!, setting.rows[at]!));
  if (fitting.length === 0 || (fn === "count" && random.chance(0.5)))
    return { count: path.length > 0 ? path.join(".") : "all", ...filter };
  const distinct =
    ["count", "sum", "avg"].includes(fn) && path.length === 0 && random.chance(0.2) ? { distinct: true } : {};
  return { [fn]: [...path, random.pick(fitting)].join("."), ...distinct, ...filter };
}

/** Sums are of what does not leave their type. */
function fits(fn: string, name: string, type: Type, rows: WireRows[string]): boolean {
  if (type.count) return false;
  if (fn !== "sum" && fn !== "avg") return hasOrder(type);
  if (type.expr !== undefined) return false;
  const isNumber = type.read === undefined && ["integer", "bigint", "number", "decimal"].includes(type.kind);
  return isNumber && rows.every((row) => Math.abs(Number(row[name] ?? 0)) < 1e12);
}

function aggregate(setting: Asking, table: string): Json {
  const { random, manifest } = setting;
  const select = measures(setting, table);
  const base = { aggregate: table, ...where(setting, table), select };
  if (random.chance(0.4)) return base;
  const columns = columnsOf(manifest, table);
  const groupBy = random.some(
    Object.keys(columns).filter((name) => hasOrder(columns[name]!) && !columns[name]!.count),
    1,
    2,
  );
  const grouped = {
    ...Object.fromEntries(groupBy.map((name) => [name, columns[name]!])),
    ...typesOf(setting, table, select),
  };
  const having = random.chance(0.4) ? { having: onColumns(setting, grouped) } : {};
  const orderBy = random.some([...groupBy, ...Object.keys(select)], 1, 2).map((name) => term(random, name));
  return { ...base, groupBy, ...having, ...(random.chance(0.6) && { orderBy }), ...window(setting) };
}
