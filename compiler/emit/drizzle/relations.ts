import { isToMany } from "../../ir/relationKinds.ts";
import type { OneRelation, Relation, Table } from "../../ir/table.ts";
import { tableSymbol } from "../symbols.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { array, call, member, object } from "../ts/list.ts";
import { literal } from "../ts/literal.ts";
import type { Module } from "../ts/module.ts";
import { propertyAccess } from "../ts/string.ts";

/** `relations(tasks, ({ one, many }) => ({ … }))`. A many-to-many relation leads to the junction table, as Drizzle has it. */
export function relationsCode(module: Module, table: Table): Code {
  const entries = [...table.relations.values()];
  const needs = { one: entries.some((relation) => !isToMany(relation)), many: entries.some(isToMany) };
  const words = { one: module.local("one"), many: module.local("many") };
  const parameters = (["one", "many"] as const)
    .filter((word) => needs[word])
    .map((word) => (words[word].flat() === word ? raw(word) : ts`${raw(word)}: ${words[word]}`));
  const members = entries.map((relation) => member(relation.name, relationCode(relation, words)));
  return call(module.value("relations", "drizzle-orm"), [
    raw(tableSymbol(table)),
    ts`(${object(parameters)}) => (${object(members, { expand: true })})`,
  ]);
}

function relationCode(relation: Relation, words: { readonly one: Code; readonly many: Code }): Code {
  const target = raw(tableSymbol(relation.kind === "manyToMany" ? relation.junction : relation.to));
  const key = relation.kind === "one" ? relation : relation.kind === "manyToMany" ? relation.near : relation.inverse;
  const named = isAmbiguous(key);
  const options = [
    ...(named ? [member("relationName", literal(`${key.from.name}.${key.name}`))] : []),
    ...(relation.kind === "one" ? pairs(key.from, key.columns, key.to, key.references) : []),
    // with a name Drizzle's types ask for the pairs on this side too
    ...(named && relation.kind === "hasOne" ? pairs(key.to, key.references, key.from, key.columns) : []),
  ];
  const word = isToMany(relation) ? words.many : words.one;
  return call(word, [target, ...(options.length > 0 ? [object(options)] : [])]);
}

/** The columns of this side, and those of the other that they equal. */
function pairs(
  own: Table,
  columns: OneRelation["columns"],
  other: Table,
  references: OneRelation["references"],
): Code[] {
  const listed = (table: Table, names: OneRelation["columns"]): Code =>
    array(names.map(({ name }) => raw(tableSymbol(table) + propertyAccess(name))));
  return [member("fields", listed(own, columns)), member("references", listed(other, references))];
}

/** Whether Drizzle needs a name to know the other end: where two keys connect the same two tables, in whichever direction. */
function isAmbiguous(key: OneRelation): boolean {
  if (key.from === key.to) return true;
  const keys = (from: Table, to: Table) =>
    [...from.relations.values()].filter((relation) => relation.kind === "one" && relation.to === to).length;
  return keys(key.from, key.to) + keys(key.to, key.from) > 1;
}
