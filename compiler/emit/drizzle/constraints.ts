import type { Index, OneRelation, Table } from "../../ir/table.ts";
import type { IndexSchema } from "../../migrate/schema.ts";
import type { EmitContext } from "../emitter.ts";
import { tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { chain } from "../ts/lines.ts";
import { array, call, member, object } from "../ts/list.ts";
import type { Module } from "../ts/module.ts";
import { propertyAccess, templateText } from "../ts/string.ts";

const core = "drizzle-orm/sqlite-core";

/** What a table has besides columns: `(table) => [index(…).on(…), …]`; undefined when there is nothing. */
export function constraintsCode(
  module: Module,
  table: Table,
  { database }: EmitContext,
  declared: ReadonlySet<Table>,
): Code | undefined {
  const self = module.local("table");
  const columnsOf = (columns: readonly { readonly name: string }[], owner: Code = self): Code =>
    array(columns.map((column) => ts`${owner}${raw(propertyAccess(column.name))}`));
  const schema = database.tables.find((candidate) => candidate.name === table.sqlName);
  const keys = [...table.relations.values()].filter(
    (relation): relation is OneRelation => relation.kind === "one" && relation.columns.length > 1,
  );
  const items = [
    ...(table.primaryKey.length > 1 ? [primaryKey(module, columnsOf(table.primaryKey))] : []),
    ...keys.map((relation) => foreignKey(module, relation, columnsOf)),
    ...table.indexes.map((index) =>
      indexCode(
        module,
        index,
        self,
        schema?.indexes.find((candidate) => candidate.name === index.sqlName),
      ),
    ),
    ...[...(schema?.columns ?? []).flatMap((column) => column.checks), ...(schema?.checks ?? [])].map(({ name, sql }) =>
      call(module.value("check", core), [ts`${name}`, sqlTemplate(module, sql)]),
    ),
  ];
  if (items.length === 0) return undefined;
  // a key to a table below: the annotation keeps that table's type out of this one's
  const below = keys.some(({ to }) => to !== table && !declared.has(to));
  const returns = below ? ts`: ${module.type("SQLiteTableExtraConfigValue", core)}[]` : raw("");
  return ts`(${self})${returns} => ${array(items)}`;
}

function primaryKey(module: Module, columns: Code): Code {
  return call(module.value("primaryKey", core), [object([member("columns", columns)])]);
}

function foreignKey(
  module: Module,
  { from, to, columns, references, onDelete, onUpdate }: OneRelation,
  columnsOf: (columns: readonly { readonly name: string }[], owner?: Code) => Code,
): Code {
  const foreign = to === from ? columnsOf(references) : columnsOf(references, raw(tableSymbol(to)));
  const key = call(module.value("foreignKey", core), [
    object([member("columns", columnsOf(columns)), member("foreignColumns", foreign)]),
  ]);
  return chain(key, [
    ...(onDelete === "restrict" ? [] : [ts`.onDelete(${onDelete})`]),
    ...(onUpdate === "restrict" ? [] : [ts`.onUpdate(${onUpdate})`]),
  ]);
}

function indexCode(module: Module, index: Index, self: Code, schema: IndexSchema | undefined): Code {
  const parts = index.parts.map(({ on, descending }) => {
    if ("sql" in on) return sqlTemplate(module, descending ? `${on.sql} DESC` : on.sql);
    const column = ts`${self}${raw(propertyAccess(on.name))}`;
    return descending ? ts`${module.value("desc", "drizzle-orm")}(${column})` : column;
  });
  const start = module.value(index.unique ? "uniqueIndex" : "index", core);
  return chain(ts`${start}(${index.sqlName})`, [
    call(raw(".on"), parts),
    ...(schema?.where === undefined ? [] : [ts`.where(${sqlTemplate(module, schema.where)})`]),
  ]);
}

/** SQL text as Drizzle takes it. */
function sqlTemplate(module: Module, sql: string): Code {
  return ts`${module.value("sql", "drizzle-orm")}\`${raw(templateText(sql))}\``;
}
