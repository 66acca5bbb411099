import { Place } from "../manifest/place.ts";
import type { CallOperand, Condition, Operand } from "./condition.ts";
import { type ColumnDraft, type TableDraft, tableDraft } from "./draft.ts";
import type { Data, TablesModel } from "./serialize.ts";
import type { Column, IndexPart, OneRelation, Relation, Rule, Rules, RuleVerb, Table, VerbRules } from "./table.ts";
import type { Enum, Type, Value } from "./type.ts";

/** Data as it is read: this file trusts what `tablesModel` wrote. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of each part is that of `serialize.ts`
type Read = any;

/** Nothing that was linked from data has a place in a manifest. */
const nowhere = Place.root({
  locate: () => {
    throw new Error("A table that was linked from data has no place in a manifest");
  },
});

/** Tables of an App, linked again from the data that `tablesModel` made of them. Their places lead nowhere. */
export function linkTables({ enums, tables }: TablesModel): ReadonlyMap<string, Table> {
  const linker = new Linker(enums);
  const all = Object.entries(tables) as [string, Read][];
  for (const [name, data] of all) linker.declare(name, data);
  for (const kind of ["one", "hasOne", "many", "manyToMany"])
    for (const [name, data] of all) linker.relate(name, data, kind);
  for (const [name, data] of all) linker.complete(name, data);
  return linker.tables;
}

class Linker {
  readonly tables = new Map<string, TableDraft>();
  readonly #enums: ReadonlyMap<string, Enum>;

  constructor(enums: TablesModel["enums"]) {
    this.#enums = new Map(Object.entries(enums).map(([name, members]) => [name, { name, members, place: nowhere }]));
  }

  /** A table with its columns and keys. */
  declare(name: string, data: Read): void {
    const table = tableDraft(name, data.sqlName, nowhere);
    for (const [column, { type, measured: _, read: __, write: ___, ...rest }] of Object.entries<Read>(data.columns)) {
      table.columns.set(column, { name: column, ...rest, type: this.#type(type), place: nowhere });
    }
    table.primaryKey = columns(table, data.primaryKey);
    table.uniqueKeys.push(...data.uniqueKeys.map((key: readonly string[]) => columns(table, key)));
    if (data.searchable) table.searchable.push(...columns(table, data.searchable));
    if (data.description !== undefined) table.description = data.description;
    if (data.junctionOf !== undefined) table.junctionOf = data.junctionOf;
    if (data.renamedFrom !== undefined) table.renamedFrom = data.renamedFrom;
    this.tables.set(name, table);
  }

  /** The relations of a kind: `one` first, for the others are made of those. Each keeps its place in the order. */
  relate(name: string, data: Read, kind: string): void {
    const table = this.#table(name);
    for (const [relation, written] of Object.entries<Read>(data.relations)) {
      // the first round sets every name, so that the order is the manifest's
      if (kind === "one") table.relations.set(relation, undefined as unknown as Relation);
      if (written.kind === kind) table.relations.set(relation, this.#relation(table, relation, written));
    }
  }

  /** What may speak of relations: conditions, and indexes, which share them. */
  complete(name: string, data: Read): void {
    const table = this.#table(name);
    for (const [name, { measured, read, write }] of Object.entries<Read>(data.columns)) {
      const column = table.columns.get(name)!;
      if (measured) this.#count(table, column, measured);
      if (read) column.read = this.#condition(table, read);
      if (write) column.write = this.#condition(table, write);
    }
    if (data.rules) table.rules = this.#rules(table, data.rules);
    if (data.tenant) {
      const { column, field } = data.tenant;
      table.tenant = { column: columnOf(table, column), field: columnOf(this.#table("users"), field) };
    }
    for (const [condition, written] of Object.entries(data.conditions))
      table.conditions.set(condition, this.#condition(table, written));
    for (const { parts, where, ...index } of data.indexes) {
      table.indexes.push({
        ...index,
        parts: parts.map(
          ({ column, sql, descending }: Read): IndexPart => ({
            on: column === undefined ? { sql } : columnOf(table, column),
            descending,
          }),
        ),
        ...(where && { where: this.#condition(table, where) }),
        place: nowhere,
      });
    }
    for (const [check, { sqlName, sql }] of Object.entries<Read>(data.checks))
      table.checks.push({ name: check, sqlName, sql, place: nowhere });
  }

  #count(table: Table, column: ColumnDraft, { relation: name, where }: Read): void {
    const relation = table.relations.get(name)!;
    const measure = { column, fn: "count", distinct: false } as const;
    column.measured = { relation, ...(where && { where: this.#condition(relation.to, where) }), measure };
  }

  #rules(table: Table, data: Read): Rules {
    const rule = ({ when, then, ...rest }: Read): Rule => ({
      ...rest,
      ...(when && { when: this.#condition(table, when) }),
      ...(then && { then: this.#condition(table, then) }),
      place: nowhere,
    });
    const of = (verb: RuleVerb): VerbRules => ({
      grants: data[verb].grants.map(rule),
      denials: data[verb].denials.map(rule),
    });
    return { read: of("read"), create: of("create"), update: of("update"), delete: of("delete") };
  }

  #table(name: string): TableDraft {
    return this.tables.get(name)!;
  }

  #relation(from: TableDraft, name: string, { kind, to: toName, ...data }: Read): Relation {
    const to = this.#table(toName);
    const base = {
      name,
      from,
      to,
      ...(data.description !== undefined && { description: data.description }),
      place: nowhere,
    };
    if (kind === "one") {
      const { optional, onDelete, onUpdate } = data;
      return {
        kind,
        ...base,
        columns: columns(from, data.columns),
        references: columns(to, data.references),
        optional,
        onDelete,
        onUpdate,
      };
    }
    if (kind !== "manyToMany") return { kind, ...base, inverse: oneOf(to, data.inverse) };
    const junction = this.#table(data.junction);
    return { kind, ...base, junction, near: oneOf(junction, data.near), far: oneOf(junction, data.far) };
  }

  #value({ type, nullable }: Read): Value {
    return { type: this.#type(type), nullable };
  }

  #type(data: Read): Type {
    if (data.kind === "enum") return { kind: "enum", enum: this.#enums.get(data.enum)! };
    if (data.kind === "array") return { ...data, items: this.#value(data.items) };
    if (data.kind !== "object") return data;
    const properties = Object.entries<Read>(data.properties).map(
      ([name, { type, ...rest }]) => [name, { type: this.#type(type), ...rest }] as const,
    );
    return { kind: "object", properties: new Map(properties) };
  }

  #condition(table: Table, data: Read): Condition {
    switch (data.kind as Condition["kind"]) {
      case "all":
      case "any":
        return { kind: data.kind, of: data.of.map((part: Data) => this.#condition(table, part)) };
      case "not":
        return { kind: "not", of: this.#condition(table, data.of) };
      case "compare":
      case "match":
        return { ...data, left: this.#operand(table, data.left), right: this.#operand(table, data.right) };
      case "in":
        return { ...data, left: this.#operand(table, data.left), list: this.#operand(table, data.list) };
      case "isNull":
        return { ...data, of: this.#operand(table, data.of), is: this.#operand(table, data.is) };
      case "near":
        return {
          ...data,
          latitude: this.#operand(table, data.latitude),
          longitude: this.#operand(table, data.longitude),
          within: this.#operand(table, data.within),
          of: columns(table, data.of),
        };
      case "may":
        return { kind: "may", table, verb: data.verb };
      case "search":
        return { kind: "search", table, text: this.#operand(table, data.text) as CallOperand };
      case "related": {
        const relation = table.relations.get(data.relation)!;
        return { ...data, relation, ...(data.of && { of: this.#condition(relation.to, data.of) }) };
      }
      case "includes":
        return { ...data, left: this.#operand(table, data.left), list: this.#operand(table, data.list) };
      case "element":
        return { ...data, list: this.#operand(table, data.list), of: this.#condition(table, data.of) };
    }
  }

  #operand(table: Table, data: Read): Operand {
    const of = this.#value(data.of);
    switch (data.kind as Operand["kind"]) {
      case "before":
      case "column":
        return { kind: data.kind, column: columnOf(table, data.column), of };
      case "property":
        return { ...data, below: this.#operand(table, data.below), of };
      case "length":
        return { kind: "length", list: this.#operand(table, data.list), of };
      default:
        return { ...data, of };
    }
  }
}

const columnOf = (table: Table, name: string): Column => table.columns.get(name)!;
const columns = (table: Table, names: readonly string[]) => names.map((name) => table.columns.get(name)!);
const oneOf = (table: Table, name: string): OneRelation => table.relations.get(name) as OneRelation;
