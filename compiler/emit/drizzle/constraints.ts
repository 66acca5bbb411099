import type { Column, Index, OneRelation, Relation, Table } from "../../ir/table.ts";
import type { TableSchema } from "../../migrate/schema.ts";
import { tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { chain } from "../ts/lines.ts";
import { array, call, member, object } from "../ts/list.ts";
import type { Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";
import { sqlTemplate } from "./sqlTemplate.ts";

const core = "drizzle-orm/sqlite-core";

/**
 * What a table has besides columns: `(table) => [index(…).on(…), …]`; undefined when there is nothing.
 *
 * @param schema the table as SQLite knows it
 * @param declared the tables that stand above this one in the file
 */
export function constraintsCode(
  module: Module,
  table: Table,
  schema: TableSchema,
  declared: ReadonlySet<Table>,
): Code | undefined {
  const self = module.local("table");
  const keys = [...table.relations.values()].filter(isCompositeKey);
  const checks = [...schema.columns.flatMap((column) => column.checks), ...schema.checks];
  const wheres = new Map(schema.indexes.map(({ name, where }) => [name, where]));
  const items = [
    ...(table.primaryKey.length > 1 ? [primaryKey(module, columnsOf(self, table.primaryKey))] : []),
    ...keys.map((key) => foreignKey(module, key, self)),
    ...table.indexes.map((index) => indexCode(module, index, self, wheres.get(index.sqlName))),
    ...checks.map(({ name, sql }) => call(module.value("check", core), [ts`${name}`, sqlTemplate(module, sql)])),
  ];
  if (items.length === 0) return undefined;
  const indexesColumns = table.indexes.some(({ parts }) => parts.some(({ on }) => !("sql" in on)));
  const parameter = table.primaryKey.length > 1 || keys.length > 0 || indexesColumns ? self : raw("");
  // a key to a table below: the annotation keeps that table's type out of this one's
  const below = keys.some(({ to }) => to !== table && !declared.has(to));
  const returns = below ? ts`: ${module.type("SQLiteTableExtraConfigValue", core)}[]` : raw("");
  return ts`(${parameter})${returns} => ${array(items)}`;
}

function isCompositeKey(relation: Relation): relation is OneRelation {
  return relation.kind === "one" && relation.columns.length > 1;
}

function columnsOf(owner: Code, columns: readonly Column[]): Code {
  return array(columns.map(({ name }) => ts`${owner}${raw(propertyAccess(name))}`));
}

function primaryKey(module: Module, columns: Code): Code {
  return call(module.value("primaryKey", core), [object([member("columns", columns)])]);
}

function foreignKey(module: Module, relation: OneRelation, self: Code): Code {
  const { from, to, columns, references, onDelete, onUpdate } = relation;
  const foreign = columnsOf(to === from ? self : raw(tableSymbol(to)), references);
  const key = call(module.value("foreignKey", core), [
    object([member("columns", columnsOf(self, columns)), member("foreignColumns", foreign)]),
  ]);
  return chain(key, [
    ...(onDelete === "restrict" ? [] : [call(raw(".onDelete"), [ts`${onDelete}`])]),
    ...(onUpdate === "restrict" ? [] : [call(raw(".onUpdate"), [ts`${onUpdate}`])]),
  ]);
}

function indexCode(module: Module, index: Index, self: Code, where: string | undefined): Code {
  const parts = index.parts.map(({ on, descending }) => {
    if ("sql" in on) return sqlTemplate(module, descending ? `${on.sql} DESC` : on.sql);
    const column = ts`${self}${raw(propertyAccess(on.name))}`;
    return descending ? ts`${module.value("desc", "drizzle-orm")}(${column})` : column;
  });
  const start = module.value(index.unique ? "uniqueIndex" : "index", core);
  return chain(ts`${start}(${index.sqlName})`, [
    call(raw(".on"), parts),
    ...(where === undefined ? [] : [ts`.where(${sqlTemplate(module, where)})`]),
  ]);
}
