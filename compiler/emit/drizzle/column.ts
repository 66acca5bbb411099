import type { Column, OneRelation, Table } from "../../ir/table.ts";
import type { Constant, Type, Value } from "../../ir/type.ts";
import { reckonedText } from "../../plan/expression.ts";
import { tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { chain, union } from "../ts/lines.ts";
import { call, object, property, typeBody } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";
import type { Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";
import { sqlTemplate } from "./sqlTemplate.ts";

const core = "drizzle-orm/sqlite-core";
const own = "appflare/drizzle";

/**
 * A column of a table as Drizzle declares it.
 *
 * @param declared the tables that stand above this one in the file
 */
export function columnCode(module: Module, table: Table, column: Column, declared: ReadonlySet<Table>): Code {
  const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column;
  const key = ownForeignKey(table, column);
  const links = [
    ...typeLinks(module, column.type),
    ...(isKey ? [keyLink(column)] : column.nullable ? [] : [raw(".notNull()")]),
    ...(column.unique && !isKey && isDeclaredUnique(table, column) ? [raw(".unique()")] : []),
    ...defaultLinks(module, column),
    ...computedLinks(module, column),
    ...(key ? [references(module, key, declared)] : []),
  ];
  const functions = key !== undefined || column.default?.kind === "now" || column.onUpdate !== undefined;
  return chain(columnStart(module, column), links, { expand: functions && links.length > 1 });
}

/** `integer("done", { mode: "boolean" })` */
function columnStart(module: Module, { type, sqlName }: Column): Code {
  const [builder, from, options] = builderOf(type);
  return call(module.value(builder, from), [ts`${sqlName}`, ...(options ? [options] : [])]);
}

function builderOf(type: Type): [name: string, from: string, options?: Code] {
  switch (type.kind) {
    case "string":
    case "uuid":
    case "date":
      return ["text", core];
    case "enum":
      return ["text", core, object([ts`enum: ${raw(type.enum.name)}`])];
    case "integer":
      return ["integer", core];
    case "number":
      return ["real", core];
    case "boolean":
      return ["integer", core, literal({ mode: "boolean" })];
    case "timestamp":
      return ["integer", core, literal({ mode: "timestamp_ms" })];
    case "json":
    case "array":
    case "object":
      return ["text", core, literal({ mode: "json" })];
    case "bigint":
    case "bytes":
      return [type.kind, own];
    case "decimal":
      return ["decimal", own, literal({ scale: type.scale })];
  }
}

/** What TypeScript cannot tell from the builder: the type of JSON. */
function typeLinks(module: Module, type: Type): Code[] {
  if (type.kind === "array" || type.kind === "object" || type.kind === "json") {
    return [ts`.$type<${jsonType(module, type)}>()`];
  }
  return [];
}

/** A type inside JSON, in its wire form: that is what is stored. */
function jsonType(module: Module, type: Type): Code {
  switch (type.kind) {
    case "integer":
    case "number":
      return raw("number");
    case "boolean":
      return raw("boolean");
    case "json":
      return module.type("JsonValue", own);
    case "enum":
      return raw(type.enum.name);
    case "array":
      return arrayType(jsonValue(module, type.items), type.items);
    case "object":
      return typeBody([...type.properties].map(([name, value]) => property(name, jsonValue(module, value), value)));
    default:
      return raw("string");
  }
}

function jsonValue(module: Module, value: Value): Code {
  const type = jsonType(module, value.type);
  return value.nullable ? union([type, raw("null")]) : type;
}

function arrayType(item: Code, { nullable }: Value): Code {
  return nullable ? ts`(${item})[]` : ts`${item}[]`;
}

/** Only Drizzle's own integers can be told that SQLite counts them. */
function keyLink({ type, default: byDefault }: Column): Code {
  return byDefault?.kind === "count" && type.kind === "integer"
    ? raw(".primaryKey({ autoIncrement: true })")
    : raw(".primaryKey()");
}

/** A unique index that the manifest declares is printed with the table's indexes. */
function isDeclaredUnique(table: Table, column: Column): boolean {
  return !table.indexes.some(
    ({ unique, where, parts }) => unique && !where && parts.length === 1 && parts[0]!.on === column,
  );
}

function defaultLinks(module: Module, { type, default: byDefault, onUpdate }: Column): Code[] {
  const moment = ts`() => new ${module.global("Date")}()`;
  const now = type.kind === "date" ? ts`${moment}.toISOString().slice(0, 10)` : moment;
  const links: Code[] = [];
  if (byDefault?.kind === "constant") links.push(ts`.default(${constant(module, type, byDefault.value)})`);
  if (byDefault?.kind === "now") links.push(ts`.$defaultFn(${now})`);
  if (byDefault?.kind === "uuid" || byDefault?.kind === "nanoid") {
    links.push(ts`.$defaultFn(${module.value(byDefault.kind, own)})`);
  }
  if (onUpdate) links.push(ts`.$onUpdateFn(${now})`);
  return links;
}

function computedLinks(module: Module, { type, computed }: Column): Code[] {
  if (computed?.kind !== "expr") return [];
  const sql = sqlTemplate(module, reckonedText(type, computed.sql));
  return [call(raw(".generatedAlwaysAs"), [sql, literal({ mode: "virtual" })])];
}

/** A constant in the form that Drizzle takes for the column's type. */
function constant(module: Module, type: Type, value: Constant): Code {
  if (value === null) return raw("null");
  if (type.kind === "timestamp") return ts`new ${module.global("Date")}(${String(value)})`;
  if (type.kind === "bigint") return raw(`${BigInt(String(value))}n`);
  if (type.kind === "bytes")
    return ts`${module.global("Uint8Array")}.from(${module.global("atob")}(${String(value)}), (byte) => byte.charCodeAt(0))`;
  return literal(value as Data);
}

/** The relation of one column that stands on this one; keys of several columns are constraints of the table. */
function ownForeignKey(table: Table, column: Column): OneRelation | undefined {
  for (const relation of table.relations.values()) {
    if (relation.kind === "one" && relation.columns.length === 1 && relation.columns[0] === column) return relation;
  }
  return undefined;
}

/** A table that stands below, or this one, is not typed yet: the annotation keeps its type out of this one's. */
function references(
  module: Module,
  { to, references, onDelete, onUpdate }: OneRelation,
  declared: ReadonlySet<Table>,
): Code {
  const returns = declared.has(to) ? raw("") : ts`: ${module.type("AnySQLiteColumn", core)}`;
  const target = ts`()${returns} => ${raw(tableSymbol(to))}${raw(propertyAccess(references[0]!.name))}`;
  const actions = {
    ...(onDelete !== "restrict" && { onDelete }),
    ...(onUpdate !== "restrict" && { onUpdate }),
  };
  return call(raw(".references"), [target, ...(Object.keys(actions).length > 0 ? [literal(actions)] : [])]);
}
