import {
  type ColumnManifest,
  columnsOf,
  type Json,
  keyOf,
  type Manifest,
  type TableManifest,
  typeOf,
} from "../manifest.ts";
import { condition } from "./condition.ts";
import type { Random } from "./random.ts";
import { members } from "./value.ts";

const names = ["alphas", "betas", "gammas", "deltas"];
const kinds = [
  "string",
  "integer",
  "bigint",
  "number",
  "decimal",
  "boolean",
  "uuid",
  "timestamp",
  "date",
  "json",
  "bytes",
  "Level",
];
const keys = ["integer", "integer", "string", "uuid", "bigint", "date", "Level"];

type Tables = Record<string, { -readonly [key in keyof TableManifest]: TableManifest[key] }>;

/** Tables with columns of all types, keys of one column or two, and relations of every kind, to themselves as well. */
export function randomManifest(random: Random): Manifest {
  const tables: Tables = {};
  for (const name of names.slice(0, 2 + random.below(3))) tables[name] = randomTable(random);
  const manifest: Manifest = { database: { query: { maxRows: 1e12 } }, enums: { Level: members }, tables, queries: {} };
  for (const name of Object.keys(tables))
    random.times(0, 2, (index) => addOne(random, manifest, tables, name, `to${"AB"[index]}`));
  for (const name of Object.keys(tables)) if (random.chance(0.4)) addManyToMany(random, manifest, tables, name);
  for (const name of Object.keys(tables)) addCount(random, tables, name);
  for (const name of Object.keys(tables)) addExpression(random, tables, name);
  for (const name of Object.keys(tables))
    for (const word of random.some(["isGood", "isNew"], 0, 2))
      tables[name]!.conditions = {
        ...tables[name]!.conditions,
        [word]: condition({ random, manifest, rows: {} }, name, 2),
      };
  return manifest;
}

function randomTable(random: Random): Tables[string] {
  const composite = random.chance(0.2);
  const columns: Record<string, string | ColumnManifest> = composite
    ? { shop: random.pick(["integer", "string"]), nr: random.pick(["integer", "Level"]) }
    : { id: { type: random.pick(keys) } };
  for (const [index, kind] of random.some([...kinds, ...kinds], 2, 7).entries())
    columns[`${kind.toLowerCase()}${"ABCDEFG"[index]}`] = written(random, kind);
  if (random.chance(0.4)) columns["list"] = listColumn(random);
  if (random.chance(0.4)) columns["info"] = objectColumn(random);
  const indexed = random
    .some(Object.keys(columns), 0, 2)
    .filter((name) => !["list", "info"].includes(name) && !/^(json|bytes)/.test(name));
  return {
    columns,
    ...(composite && { primaryKey: random.chance(0.5) ? ["shop", "nr"] : ["nr", "shop"] }),
    relations: {},
    ...(indexed.length > 0 && {
      indexes: [{ columns: indexed.map((name) => (random.chance(0.3) ? `-${name}` : name)) }],
    }),
  };
}

/** Shorthand and long form, null or not. */
function written(random: Random, kind: string): string | ColumnManifest {
  const nullable = random.chance(0.6);
  const scale = kind === "decimal" && random.chance(0.5) ? { scale: random.pick([0, 1, 2]) } : undefined;
  if (!scale && random.chance(0.5)) return `${kind}${nullable ? "?" : ""}`;
  return { type: kind, ...scale, ...(nullable && { nullable: true }) };
}

const itemKinds = ["string", "integer", "bigint", "decimal", "boolean", "timestamp", "date", "Level", "number"];

function listColumn(random: Random): ColumnManifest {
  const items = random.chance(0.3)
    ? { type: "object", properties: { size: "integer", name: "string?" } }
    : `${random.pick(itemKinds)}${random.chance(0.3) ? "?" : ""}`;
  return { type: "array", items, ...(random.chance(0.5) && { nullable: true }) };
}

function objectColumn(random: Random): ColumnManifest {
  const properties: Record<string, string | ColumnManifest> = { open: "boolean" };
  for (const kind of random.some(itemKinds, 1, 3)) properties[`p${kind}`] = `${kind}?`;
  if (random.chance(0.4))
    properties["deep"] = { type: "object", nullable: true, properties: { word: "string", size: "integer?" } };
  if (random.chance(0.4)) properties["words"] = { type: "array", items: "string" };
  return { type: "object", properties, ...(random.chance(0.5) && { nullable: true }) };
}

/** A relation to one, and the other end of it. */
function addOne(random: Random, manifest: Manifest, tables: Tables, from: string, name: string): void {
  const to = random.pick(Object.keys(tables));
  const optional = to === from || random.chance(0.6);
  const key = keyOf(manifest, to);
  const unique = random.chance(0.25);
  // never in a ring: nothing is said of rows that are met when another's going took them already
  const leadsBack = Object.keys(tables).indexOf(to) < Object.keys(tables).indexOf(from);
  const onDelete =
    leadsBack && random.chance(0.6) ? { onDelete: random.pick(["cascade", optional ? "set null" : "restrict"]) } : {};
  const relations = tables[from]!.relations as Record<string, Json>;
  if (key.length === 1) {
    relations[name] = {
      one: to,
      ...onDelete,
      ...(optional && { optional: true }),
      ...(unique && { unique: true }),
      ...(random.chance(0.3) && { index: true }),
    };
  } else {
    const columns = key.map((column) => `${name}${column === "nr" ? "Nr" : "Shop"}`);
    const types = columnsOf(manifest, to);
    for (const [index, column] of columns.entries())
      (tables[from]!.columns as Record<string, Json>)[column] = `${types[key[index]!]!.kind}${optional ? "?" : ""}`;
    relations[name] = { one: to, ...onDelete, columns, references: key, ...(unique && { unique: true }) };
  }
  if (random.chance(0.85))
    (tables[to]!.relations as Record<string, Json>)[`${from}${name.slice(2)}`] = {
      [unique ? "hasOne" : "many"]: from,
      inverse: name,
    };
}

function addManyToMany(random: Random, manifest: Manifest, tables: Tables, from: string): void {
  const to = random.pick(Object.keys(tables));
  const relations = tables[from]!.relations as Record<string, Json>;
  const own = `${from}Links`;
  if (random.chance(0.6)) {
    relations["links"] = { manyToMany: to };
    if (random.chance(0.6))
      (tables[to]!.relations as Record<string, Json>)[`${own}Back`] = { manyToMany: from, inverse: "links" };
    return;
  }
  if (from === to || keyOf(manifest, from).length > 1 || keyOf(manifest, to).length > 1) return;
  tables[`${from}Pairs`] = {
    columns: { id: "integer" },
    relations: { left: { one: from, optional: random.chance(0.5) }, right: { one: to, optional: random.chance(0.5) } },
  };
  relations["links"] = { manyToMany: to, through: `${from}Pairs` };
}

/** A column that counts the rows of a relation. */
function addCount(random: Random, tables: Tables, name: string): void {
  const many = Object.entries(tables[name]!.relations!).filter(([, each]) => each.many ?? each.manyToMany);
  if (many.length === 0 || random.chance(0.6)) return;
  const [relation] = random.pick(many);
  (tables[name]!.columns as Record<string, Json>)["counted"] = { count: relation };
}

/** A column that SQLite computes: forms that `expression.ts` knows. */
function addExpression(random: Random, tables: Tables, name: string): void {
  const columns = tables[name]!.columns as Record<string, Json>;
  const [of, kind] =
    Object.entries(columns)
      .map(([column, type]) => [column, typeOf(type).kind] as const)
      .find(([column, kind]) => column !== "id" && column !== "counted" && (kind === "string" || kind === "integer")) ??
    [];
  if (of === undefined || random.chance(0.5)) return;
  columns["computed"] = random.pick(
    kind === "string"
      ? [
          { type: "string?", expr: `${of} || '!'` },
          { type: "string", expr: `ifnull(${of}, '')` },
        ]
      : [
          { type: "integer?", expr: `-${of}` },
          { type: "boolean", expr: `${of} IS NULL` },
        ],
  );
}
