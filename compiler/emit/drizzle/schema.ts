import type { App } from "../../ir/app.ts";
import { isStored } from "../../ir/sqlExpressions.ts";
import type { Table } from "../../ir/table.ts";
import type { TableSchema } from "../../migrate/schema.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import { relationsSymbol, rowType, tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { documented } from "../ts/lines.ts";
import { call, member, object } from "../ts/list.ts";
import { literal } from "../ts/literal.ts";
import { exportConst, exportType, Module } from "../ts/module.ts";
import { columnCode } from "./column.ts";
import { constraintsCode } from "./constraints.ts";
import { relationsCode } from "./relations.ts";

/** `schema.ts`: the tables for Drizzle, their relations and the types of their rows. */
export const drizzleEmitter: Emitter = {
  name: "drizzle",
  summary: "Drizzle tables, relations and row types",
  emit(app: App, { database }: EmitContext) {
    const module = new Module("schema.ts", declaredNames(app));
    for (const { name, description, members } of app.enums.values()) {
      module.add(exportConst(name, ts`${literal(members)} as const`), description);
      module.add(exportType(name, ts`(typeof ${raw(name)})[number]`));
    }
    const schemas = new Map(database.tables.map((schema) => [schema.name, schema]));
    const declared = new Set<Table>();
    for (const table of app.tables.values()) {
      module.add(tableCode(module, table, schemas.get(table.sqlName)!, declared), table.description);
      module.add(exportType(rowType(table), ts`typeof ${raw(tableSymbol(table))}.$inferSelect`));
      declared.add(table);
    }
    for (const table of app.tables.values()) {
      if (table.relations.size > 0) module.add(exportConst(relationsSymbol(app, table), relationsCode(module, table)));
    }
    return [module.file("The tables of the database, for Drizzle.")];
  },
};

/** Values and types live apart in TypeScript: an enum is both under one name. */
function declaredNames(app: App): Set<string> {
  const names = new Set<string>(app.enums.keys());
  for (const table of app.tables.values()) {
    names.add(tableSymbol(table)).add(rowType(table)).add(relationsSymbol(app, table));
  }
  return names;
}

/** @param declared the tables that stand above this one in the file */
function tableCode(module: Module, table: Table, schema: TableSchema, declared: ReadonlySet<Table>): Code {
  const columns = [...table.columns.values()]
    .filter(isStored)
    .map((column) => documented(column.description, member(column.name, columnCode(module, table, column, declared))));
  const constraints = constraintsCode(module, table, schema, declared);
  const create = call(module.value("sqliteTable", "drizzle-orm/sqlite-core"), [
    ts`${table.sqlName}`,
    object(columns, { expand: true }),
    ...(constraints ? [constraints] : []),
  ]);
  return exportConst(tableSymbol(table), create);
}
