import type { AuthSettings } from "../../ir/auth.ts";
import { measureFunctions } from "../../ir/measure.ts";
import { takes } from "../../ir/measures.ts";
import { holdsDegrees } from "../../ir/near.ts";
import { canBeOrdered } from "../../ir/orders.ts";
import { isToMany } from "../../ir/relationKinds.ts";
import { isSearchable } from "../../ir/search.ts";
import type { Column, MeasureFunction, Relation, Table } from "../../ir/table.ts";
import { callerKeys, callerReferences } from "./auth.ts";
import { type Choice, type Use, valueDefinitions, valueSchema } from "./columnValues.ts";
import { changeable, conditionSchema, describe, describeRelation, relatedSchema, writable } from "./conditions.ts";
import { tableExamples } from "./examples.ts";
import { type Definitions, listOf, mapOf, offer, ref, type Schema } from "./offer.ts";
import { literals, now } from "./references.ts";

const choice: Choice = { owner: "value", references: [now], literals: true };
/** In an index not even the time. */
const fixed: Choice = { owner: "literal", references: [], literals: true };

/** What an editor offers about tables, wherever the manifest speaks of one. */
export function tableDefinitions(tables: readonly Table[], auth: AuthSettings | undefined): Definitions {
  const columns = tables.flatMap((table) => [...table.columns.values()]);
  const met: Choice = { ...choice, references: [now, ...callerReferences(auth)] };
  const values = {
    ...valueDefinitions(columns, ["compare"], met),
    ...valueDefinitions(columns, ["write", "change"], choice),
    ...valueDefinitions(columns, ["compare"], fixed),
  };
  return Object.assign({}, values, ...tables.map((table) => definitionsOf(table, values, met, auth))) as Definitions;
}

function definitionsOf(table: Table, values: Definitions, met: Choice, auth: AuthSettings | undefined): Definitions {
  const { name, columns, relations, conditions } = table;
  const examples = tableExamples(table);
  const own = (part: string) => ref(`${name}.${part}`);
  const rows = { where: own("condition"), select: own("columns"), with: own("with") };
  const write = { where: own("condition"), returns: own("columns") };
  const named = (of: Iterable<Column>, use: Use, from: Choice): Schema =>
    keyed(
      Array.from(of, (column) => [column.name, column] as const),
      use,
      from,
    );
  const keyed = (of: Iterable<readonly [string, Column]>, use: Use, from: Choice): Schema =>
    mapOf(of, (column) => ({
      title: column.name,
      description: describe(column),
      ...(valueSchema(column, use, from, values) ?? offer([])),
    }));
  const compared = keyed([...columns, ...callerKeys(auth)], "compare", met).properties as Schema;
  const related = mapOf(relations, relatedSchema).properties as Schema;
  return {
    [`${name}.table`]: declaration(table, auth),
    [`${name}.condition`]: {
      ...conditionSchema(`${name}.condition`, { ...compared, ...related, near: near(table) }, conditions.keys()),
      ...examples.condition,
    },
    [`${name}.literals`]: conditionSchema(
      `${name}.literals`,
      named(columns.values(), "compare", fixed).properties as Schema,
    ),
    [`${name}.columns`]: { ...listOf([...columns.keys()]), ...examples.columns },
    [`${name}.written`]: listOf(writable(table, auth).map((column) => column.name)),
    [`${name}.changes`]: listOf(changeable(table, auth).map((column) => column.name)),
    [`${name}.order`]: { ...order(table), ...examples.order },
    [`${name}.with`]: { ...withSchema(table), ...examples.with },
    [`${name}.get`]: { properties: rows },
    [`${name}.list`]: { properties: { ...rows, orderBy: own("order") } },
    [`${name}.page`]: { properties: { ...rows, orderBy: own("order") } },
    [`${name}.aggregate`]: {
      properties: { where: own("condition"), select: own("measures"), groupBy: listOf(ordered(table)) },
    },
    [`${name}.measures`]: measures(table),
    [`${name}.insert`]: { properties: { input: own("written"), values: own("values"), returns: own("columns") } },
    [`${name}.update`]: { properties: { ...write, input: own("changes"), set: own("set") } },
    [`${name}.upsert`]: {
      properties: {
        input: own("written"),
        values: own("values"),
        set: own("set"),
        conflict: conflicts(table),
        returns: own("columns"),
      },
    },
    [`${name}.delete`]: { properties: write },
    [`${name}.values`]: { ...named(writable(table, auth), "write", choice), ...examples.value },
    [`${name}.set`]: { ...named(changeable(table, auth), "change", choice), ...examples.value },
  };
}

/** The columns of unique keys. */
function conflicts({ columns, uniqueKeys, indexes }: Table): Schema {
  const partial = indexes.flatMap(({ unique, parts }) => (unique ? parts.map(({ on }) => on) : []));
  const unique = new Set<unknown>([...uniqueKeys.flat(), ...partial]);
  return listOf([...columns.values()].filter((column) => unique.has(column)).map(({ name }) => name));
}

/** What each function can be reckoned over, one relation away at most. */
function measures(table: Table): Schema {
  const over = (fn: MeasureFunction): readonly string[] => [
    ...measurable(fn, table),
    ...[...table.relations.values()].flatMap(({ name, to }) => [
      ...(fn === "count" ? [name] : []),
      ...measurable(fn, to).map((column) => `${name}.${column}`),
    ]),
  ];
  const functions = measureFunctions.map(
    (fn) => [fn, offer(fn === "count" ? ["all", ...over(fn)] : over(fn))] as const,
  );
  return {
    additionalProperties: {
      properties: {
        ...Object.fromEntries(functions),
        where: ref(`${table.name}.condition`),
        distinct: { const: true },
      },
    },
  };
}

const measurable = (fn: MeasureFunction, { columns }: Table): readonly string[] =>
  [...columns.values()].filter(({ type, secret }) => takes(fn, type) && !secret).map(({ name }) => name);

const ordered = ({ columns }: Table): readonly string[] =>
  [...columns.values()].filter(canBeOrdered).map(({ name }) => name);

function order(table: Table): Schema {
  const names = ordered(table);
  const terms = [...names, ...names.map((name) => `-${name}`)];
  const long = {
    type: "object",
    properties: { column: offer(terms), descending: {}, nulls: {} },
    additionalProperties: false,
  };
  return { items: offer(terms, { type: "string" }, long) };
}

/** A place of the row is in two columns. */
const near = ({ columns }: Table): Schema => {
  return { properties: { of: listOf([...columns.values()].filter(holdsDegrees).map(({ name }) => name)) } };
};

/** Related rows to load. Closed, unlike what names columns: one row has neither order nor limit. */
function withSchema({ relations }: Table): Schema {
  return mapOf(relations, (relation) => ({
    description: describeRelation(relation),
    ...offer([true], nested(relation)),
  }));
}

function nested(relation: Relation): Schema {
  const own = (part: string) => ref(`${relation.to.name}.${part}`);
  const one = { select: own("columns"), where: own("condition"), with: own("with") };
  const rows = { orderBy: own("order"), limit: ref("limit"), offset: ref("offset") };
  const many = { ...one, ...rows, aggregate: own("measures"), rows: { const: true } };
  return { type: "object", properties: isToMany(relation) ? many : one, additionalProperties: false };
}

const keyTypes = new Set(["uuid", "integer", "bigint", "string", "date", "enum"]);

/** The table's own entry under `tables`. */
function declaration({ name, columns, relations }: Table, auth: AuthSettings | undefined): Schema {
  const all = [...columns.values()];
  const keys = all.filter(({ type, nullable }) => !nullable && keyTypes.has(type.kind)).map((column) => column.name);
  const indexed = listOf(all.flatMap((column) => [column.name, `-${column.name}`]));
  const condition = ref(`${name}.condition`);
  const linked = [...relations.values()].flatMap(({ kind, name: link }) => (kind === "manyToMany" ? [link] : []));
  const long = { when: condition, then: condition, columns: listOf([...writableNames(all), ...linked]) };
  const rule = { additionalProperties: { allOf: [condition, { properties: long }] } };
  const ruled = Object.fromEntries(["read", "create", "update", "delete"].map((verb) => [verb, rule]));
  const tenants = all
    .filter((column) => auth?.fields.has(column.name) && !column.nullable)
    .map((column) => column.name);
  const declared = [...columns].filter(([, { madeBy }]) => madeBy === undefined);
  return {
    properties: {
      columns: mapOf(declared, (column) => ({
        properties: { default: offer(defaults(column)), read: condition, write: condition },
      })),
      primaryKey: { ...offer(keys), ...listOf(keys) },
      indexes: { items: { ...indexed, properties: { columns: indexed, where: ref(`${name}.literals`) } } },
      conditions: { additionalProperties: condition },
      rules: { properties: { ...ruled, deny: { properties: ruled } } },
      ...(tenants.length > 0 && { tenant: offer(tenants) }),
      searchable: listOf(all.filter(isSearchable).map((column) => column.name)),
    },
  };
}

const writableNames = (columns: readonly Column[]): readonly string[] =>
  columns.filter(({ computed, version }) => !computed && !version).map(({ name }) => name);

const defaults = ({ type }: Column): readonly unknown[] =>
  type.kind === "timestamp" || type.kind === "date" ? ["now"] : literals(type);
