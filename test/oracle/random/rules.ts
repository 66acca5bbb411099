import { foreignKeysOf } from "../foreignKeys.ts";
import { columnsOf, isComputed, type Json, keyOf, type Manifest, type TableManifest, typeOf } from "../manifest.ts";
import type { WireRows } from "../rows.ts";
import { withUsers } from "../users.ts";
import { condition, entryOf } from "./condition.ts";
import { randomManifest } from "./manifest.ts";
import type { Random } from "./random.ts";
import { possibleValue } from "./value.ts";

type Tables = Record<string, { -readonly [key in keyof TableManifest]: TableManifest[key] }>;

/** As the pool of values has them. */
const roles = ["user", "staff", "admin"];

/** A random manifest in which people sign in: rows have owners and members, tables have rules and tenants, columns are guarded. */
export function ruledManifest(random: Random): Manifest {
  const base = structuredClone(randomManifest(random)) as Manifest;
  const tables = base.tables as Tables;
  const user: Record<string, Json> = { fields: { level: { type: "integer", nullable: true } }, relations: {} };
  const isTenanted = random.chance(0.3);
  if (isTenanted) user["fields"].team = { type: "integer", default: 1 };
  for (const name of Object.keys(tables)) {
    const relations = tables[name]!.relations as Record<string, Json>;
    if (random.chance(0.75)) {
      relations["owner"] = { one: "users", ...(random.chance(0.5) && { optional: true }) };
      if (random.chance(0.4)) user["relations"][`${name}Own`] = { many: name, inverse: "owner" };
    }
    if (random.chance(0.3)) relations["members"] = { manyToMany: "users" };
    const isUnique = Object.values(relations).some(({ unique }) => unique);
    if (!isTenanted || isUnique || random.chance(0.4)) continue;
    tables[name]!.tenant = "team";
    (tables[name]!.columns as Record<string, Json>)["team"] = "integer";
  }
  const manifest = withUsers({ ...base, auth: { emailPassword: true, roles, user } });
  const complete = manifest.tables as Tables;
  for (const name of Object.keys(complete)) {
    if (name === "users") continue;
    if (random.chance(0.5))
      complete[name]!.conditions = { ...complete[name]!.conditions, isMine: judgement(random, manifest, name) };
    if (random.chance(0.75)) complete[name]!.rules = rules(random, manifest, name);
    guardColumns(random, manifest, name);
  }
  return manifest;
}

/** A condition that likely speaks of the caller. */
function judgement(random: Random, manifest: Manifest, table: string, more: { readonly then?: boolean } = {}): Json {
  const setting = { random, manifest, rows: {}, caller: random.pick([0.3, 0.6, 1]), ...more };
  return entryOf(condition(setting, table, 2));
}

function rules(random: Random, manifest: Manifest, table: string): Json {
  const of = (verb: string, least: number) =>
    Object.fromEntries(
      random.times(least, 2, (index) => [`${verb}${index}`, rule(random, manifest, table, verb)] as const),
    );
  const verbs = ["read", "create", "update", "delete"].filter(() => random.chance(0.85));
  const written: Record<string, Json> = {};
  for (const verb of verbs) {
    const granted = of(verb, 1);
    written[verb] = random.chance(0.25) ? { ...granted, all: {} } : granted;
  }
  const denied = ["read", "create", "update", "delete"].filter(() => random.chance(0.15));
  const denials = denied.map((verb) => [verb, { not: judgement(random, manifest, table) }] as const);
  if (verbs.length === 0) written["read"] = { anybody: {} };
  return { ...written, ...(denials.length > 0 && { deny: Object.fromEntries(denials) }) };
}

function rule(random: Random, manifest: Manifest, table: string, verb: string): Json {
  const when = judgement(random, manifest, table);
  const form = random.below(4);
  const message = random.chance(0.3) ? { message: `Not by ${verb}.` } : {};
  if (form === 0) return [when, judgement(random, manifest, table)];
  if (form === 1) return { when, ...message };
  if (form === 2 || verb !== "update") return when;
  const { relations = {} } = manifest.tables[table]!;
  const links = Object.keys(relations).filter((name) => relations[name]!.manyToMany);
  const columns = random.some([...writable(manifest, table), ...links], 1, 6);
  return {
    ...(random.chance(0.7) && { when }),
    ...(random.chance(0.6) && { then: judgement(random, manifest, table, { then: true }) }),
    ...(random.chance(0.6) && columns.length > 0 && { columns }),
    ...(random.chance(0.2) ? message : { message: "No." }),
  };
}

const writable = (manifest: Manifest, table: string): readonly string[] =>
  Object.entries(columnsOf(manifest, table))
    .filter(
      ([name, type]) =>
        !keyOf(manifest, table).includes(name) && !isComputed(type) && name !== manifest.tables[table]!.tenant,
    )
    .map(([name]) => name);

/** Columns of their own, which nothing else stands on. */
function guardColumns(random: Random, manifest: Manifest, table: string): void {
  const { columns, indexes = [] } = manifest.tables[table]!;
  const leads = foreignKeysOf(manifest, table).flatMap(({ from }) => from);
  const computedFrom = Object.values(columns).map((written) => typeOf(written).expr ?? "");
  for (const name of writable(manifest, table)) {
    const isFree = !leads.includes(name) && !computedFrom.some((expr) => expr.includes(name)) && indexes.length === 0;
    if (!Object.hasOwn(columns, name) || !isFree || random.chance(0.75)) continue;
    const written = columns[name]!;
    (columns as Record<string, Json>)[name] = {
      ...(typeof written === "string" ? { type: written } : written),
      ...(random.chance(0.8) && { read: judgement(random, manifest, table) }),
      ...(random.chance(0.4) && { write: judgement(random, manifest, table) }),
    };
  }
}

/** People to sign in. */
export function randomUsers(random: Random, manifest: Manifest): WireRows[string] {
  const types = columnsOf(manifest, "users");
  return ["ann", "bob", "cy", "a"].map((id, index) => ({
    id,
    name: random.pick(["a", "A", "ab", id]),
    email: `${id}@x.test`,
    emailVerified: random.chance(0.5),
    image: possibleValue(random, types["image"]!),
    role: index < 3 ? roles[index]! : "user",
    createdAt: "2026-01-02T03:04:05.006Z",
    updatedAt: "2026-01-02T03:04:05.006Z",
    banned: false,
    banReason: null,
    banExpires: null,
    level: possibleValue(random, types["level"]!),
    ...(types["team"] && { team: random.pick([1, 1, 2]) }),
  }));
}
