import type { Condition, Operand } from "./condition.ts";
import type { Column, Index, Relation, Rule, Table, VerbRules } from "./table.ts";
import type { Type, Value } from "./type.ts";

/** A table as plain data: what leads to another thing is its name. */
export function tableData(table: Table): object {
  const { sqlName, description, columns, primaryKey, relations, indexes, checks, conditions, searchable, uniqueKeys } =
    table;
  const { rules, tenant } = table;
  return {
    sqlName,
    description,
    junctionOf: table.junctionOf,
    renamedFrom: table.renamedFrom,
    columns: entries(columns, columnData),
    primaryKey: names(primaryKey),
    uniqueKeys: uniqueKeys.map(names),
    relations: entries(relations, relationData),
    indexes: indexes.map(indexData),
    checks: Object.fromEntries(checks.map(({ name, sqlName, sql }) => [name, { sqlName, sql }])),
    conditions: entries(conditions, conditionData),
    searchable: searchable.length > 0 ? names(searchable) : undefined,
    rules: rules && entries(new Map(Object.entries(rules)), rulesData),
    tenant: tenant && { column: tenant.column.name, field: tenant.field.name },
  };
}

function rulesData({ grants, denials }: VerbRules): object {
  return { grants: grants.map(ruleData), denials: denials.map(ruleData) };
}

function ruleData({ name, when, then, columns, message }: Rule): object {
  return { name, when: when && conditionData(when), then: then && conditionData(then), columns, message };
}

function columnData({
  sqlName,
  description,
  default: value,
  onUpdate,
  version,
  unique,
  madeBy,
  ...column
}: Column): object {
  const { renamedFrom, backfill, computed, measured, read, write, secret } = column;
  return {
    sqlName,
    ...valueData(column),
    description,
    default: value,
    onUpdate,
    version,
    unique,
    madeBy,
    renamedFrom,
    backfill,
    computed,
    read: read && conditionData(read),
    write: write && conditionData(write),
    secret,
    measured: computed &&
      measured && { relation: measured.relation.name, where: measured.where && conditionData(measured.where) },
  };
}

function relationData(relation: Relation): object {
  const { kind, description } = relation;
  const to = relation.to.name;
  switch (relation.kind) {
    case "one": {
      const { columns, references, optional, onDelete, onUpdate } = relation;
      return {
        kind,
        to,
        columns: names(columns),
        references: names(references),
        optional,
        onDelete,
        onUpdate,
        description,
      };
    }
    case "hasOne":
    case "many":
      return { kind, to, inverse: relation.inverse.name, description };
    case "manyToMany":
      return {
        kind,
        to,
        junction: relation.junction.name,
        near: relation.near.name,
        far: relation.far.name,
        description,
      };
  }
}

function indexData({ sqlName, parts, unique, where }: Index): object {
  const on = parts.map(({ on, descending }) => ({
    ...("sql" in on ? { sql: on.sql } : { column: on.name }),
    descending,
  }));
  return { sqlName, parts: on, unique, where: where && conditionData(where) };
}

/** A type with its nulls, as plain data. */
export function valueData({ type, nullable }: Value): object {
  return { type: typeData(type), nullable };
}

function typeData(type: Type): object {
  switch (type.kind) {
    case "enum":
      return { kind: type.kind, enum: type.enum.name };
    case "array":
      return { ...type, items: valueData(type.items) };
    case "object":
      return {
        kind: type.kind,
        properties: entries(type.properties, ({ optional, description, ...of }) => ({
          ...valueData(of),
          optional,
          description,
        })),
      };
    default:
      return type;
  }
}

/** A condition as plain data. */
export function conditionData(condition: Condition): object {
  switch (condition.kind) {
    case "all":
    case "any":
      return { kind: condition.kind, of: condition.of.map(conditionData) };
    case "not":
      return { kind: condition.kind, of: conditionData(condition.of) };
    case "compare":
    case "match":
      return { ...condition, left: operandData(condition.left), right: operandData(condition.right) };
    case "in":
      return { ...condition, left: operandData(condition.left), list: operandData(condition.list) };
    case "isNull":
      return { ...condition, of: operandData(condition.of), is: operandData(condition.is) };
    case "related":
      return { ...condition, relation: condition.relation.name, of: condition.of && conditionData(condition.of) };
    case "near":
      return {
        kind: condition.kind,
        latitude: operandData(condition.latitude),
        longitude: operandData(condition.longitude),
        within: operandData(condition.within),
        of: names(condition.of),
      };
    case "may":
      return { kind: condition.kind, verb: condition.verb };
    case "search":
      return { kind: condition.kind, text: operandData(condition.text) };
    case "includes":
      return { ...condition, left: operandData(condition.left), list: operandData(condition.list) };
    case "element":
      return { ...condition, list: operandData(condition.list), of: conditionData(condition.of) };
  }
}

/** A value in a condition or a write, as plain data. */
export function operandData(operand: Operand): object {
  const of = valueData(operand.of);
  switch (operand.kind) {
    case "before":
    case "column":
    case "item":
    case "step":
      return { ...operand, column: operand.column.name, of };
    case "property":
      return { ...operand, below: operandData(operand.below), of };
    case "length":
      return { kind: operand.kind, list: operandData(operand.list), of };
    case "expression":
      return { ...operand, sql: operand.sql.map((part) => (typeof part === "string" ? part : operandData(part))), of };
    default:
      return { ...operand, of };
  }
}

export const names = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);

export function entries<V>(map: ReadonlyMap<string, V>, dataOf: (value: V) => object): object {
  return Object.fromEntries([...map].map(([name, value]) => [name, dataOf(value)]));
}
