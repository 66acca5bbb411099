import type { App } from "./app.ts";
import type { Assignment } from "./assignment.ts";
import type { Condition, Operand } from "./condition.ts";
import type { Each } from "./items.ts";
import type { LinkChange, NestedWrite, NewRow } from "./nestedWrite.ts";
import type {
  Argument,
  Body,
  Expectation,
  NestedSelection,
  Operation,
  OrderTerm,
  Selection,
  UniqueKey,
} from "./operation.ts";
import { rankName } from "./ranks.ts";
import { statementText } from "./statement.ts";
import type { Check, Step } from "./step.ts";
import type { Column, Index, Measure, Relation, Table } from "./table.ts";
import type { Constant, Type, Value } from "./type.ts";

/** Plain data, keys in a fixed order, nothing undefined: what `JSON.stringify` prints as canonical JSON. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** The linked model as plain data: what leads to another thing is its name. */
export function modelOf(app: App): Data {
  return plain({
    name: app.name,
    description: app.description,
    database: app.database,
    worker: app.worker,
    cors: app.cors,
    enums: entries(app.enums, ({ members, description }) => ({ members, description })),
    tables: entries(app.tables, tableData),
    operations: entries(app.operations, operationData),
  });
}

/** The tables of an App as plain data, for `linkTables`. */
export function tablesModel({ enums, tables }: Pick<App, "enums" | "tables">): TablesModel {
  return plain({
    enums: entries(enums, ({ members }) => members),
    tables: entries(tables, tableData),
  }) as TablesModel;
}

/** What `linkTables` takes: enums and tables by name. */
export type TablesModel = {
  readonly enums: { readonly [name: string]: readonly string[] };
  readonly tables: { readonly [name: string]: Data };
};

function tableData(table: Table): object {
  const { sqlName, description, columns, primaryKey, relations, indexes, checks, conditions, searchable, uniqueKeys } =
    table;
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
  };
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
  const { renamedFrom, backfill, computed, measured } = column;
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

function valueData({ type, nullable }: Value): object {
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

function conditionData(condition: Condition): object {
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
    case "search":
      return { kind: condition.kind, text: operandData(condition.text) };
    case "includes":
      return { ...condition, left: operandData(condition.left), list: operandData(condition.list) };
    case "element":
      return { ...condition, list: operandData(condition.list), of: conditionData(condition.of) };
  }
}

function operandData(operand: Operand): object {
  const of = valueData(operand.of);
  switch (operand.kind) {
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

function operationData({ kind, description, auth, args, errors, body, else: otherwise, after }: Operation): object {
  return {
    kind,
    description,
    auth,
    args: entries(args, argumentData),
    errors: entries(errors, ({ status, message }) => ({ status, message })),
    body: bodyData(body),
    else: otherwise && elseData(otherwise),
    after: after && { run: after.run, args: entries(after.args, operandData) },
  };
}

function argumentData({ optional, default: value, description, column, ...of }: Argument): object {
  return { ...valueData(of), optional, default: value, description, column: column?.name };
}

function bodyData(body: Body | Check): object {
  if (body.kind === "sql")
    return { ...body, text: statementText(body.text), returns: body.returns && valueData(body.returns) };
  if (body.kind === "handler") return { ...body, returns: body.returns && valueData(body.returns) };
  const where = "where" in body && body.where ? { where: conditionData(body.where) } : {};
  switch (body.kind) {
    case "get":
      return { ...body, selection: selectionData(body.selection), ...where };
    case "list":
      return {
        ...body,
        selection: selectionData(body.selection),
        ...where,
        orderBy: body.orderBy.map(termData),
        limit: operandData(body.limit),
        offset: body.offset && operandData(body.offset),
      };
    case "page":
      return { ...body, selection: selectionData(body.selection), ...where, orderBy: body.orderBy.map(termData) };
    case "aggregate":
      return {
        ...body,
        table: body.table.name,
        ...where,
        groupBy: body.groupBy && names(body.groupBy),
        measures: body.measures.map(measureData),
        selection: undefined,
        having: body.having && conditionData(body.having),
        orderBy: body.orderBy.map(termData),
        limit: body.limit && operandData(body.limit),
        offset: body.offset && operandData(body.offset),
      };
    case "insert":
      return {
        ...body,
        table: body.table.name,
        each: body.each && eachData(body.each),
        assignments: body.assignments.map(assignmentData),
        nested: body.nested?.map(nestedWriteData),
        returns: selectionData(body.returns),
      };
    case "upsert":
      return {
        ...body,
        table: body.table.name,
        each: body.each && eachData(body.each),
        conflict: keyData(body.conflict),
        assignments: body.assignments.map(assignmentData),
        set: body.set?.map(assignmentData),
        returns: selectionData(body.returns),
      };
    case "update":
    case "delete":
      return {
        ...body,
        table: body.table.name,
        ...where,
        each: body.each && eachData(body.each),
        ...("assignments" in body && { assignments: body.assignments.map(assignmentData) }),
        ...("links" in body && { links: body.links?.map(linkData) }),
        expect: expectData(body.expect),
        returns: selectionData(body.returns),
      };
    case "steps":
      return {
        kind: body.kind,
        steps: body.steps.map(stepData),
        returns: entries(body.returns, ({ columns }) => names(columns)),
      };
    case "check":
      return { ...body, table: body.table.name, ...where };
  }
}

/** What a write of a step returns is said by the steps. */
function stepData({ name, body, each, else: otherwise }: Step): object {
  const { kind, ...data } = bodyData(body) as { readonly kind: string };
  return {
    name,
    kind,
    ...data,
    returns: undefined,
    ...(body.kind === "get" && { selection: body.selection.table.name, expect: expectData(body.expect) }),
    each: each && eachData(each),
    else: otherwise.size > 0 ? elseData(otherwise) : undefined,
  };
}

function elseData(otherwise: Step["else"]): object {
  return Object.fromEntries([...otherwise].map(([builtIn, { code }]) => [builtIn, code]));
}

function eachData(each: Each): object {
  if (each.kind === "argument") return each;
  return { kind: each.kind, table: each.table.name, where: each.where && conditionData(each.where) };
}

function expectData(expect: Expectation | undefined): object | undefined {
  return expect && { minimum: expect.minimum, maximum: expect.maximum };
}

function nestedWriteData(write: NestedWrite): object {
  const { kind, relation } = write;
  if (write.kind === "link") return { kind, relation: relation.name, keys: write.keys.map(operandData) };
  return { kind, relation: relation.name, each: write.each, row: newRowData(write.row) };
}

function newRowData({ table, assignments, nested }: NewRow): object {
  return { table: table.name, assignments: assignments.map(assignmentData), nested: nested?.map(nestedWriteData) };
}

function linkData({ relation, change, keys }: LinkChange): object {
  return { relation: relation.name, change, keys: keys.map(operandData) };
}

function keyData({ columns, where }: UniqueKey): object {
  return { columns: names(columns), where: where && conditionData(where) };
}

function selectionData({ table, columns, with: nested, aggregates }: Selection): object {
  return {
    table: table.name,
    columns: names(columns),
    with: nested.map(nestedData),
    aggregates: aggregates?.map(({ name, relation, where, measures }) => ({
      name,
      relation: relation.name,
      where: where && conditionData(where),
      measures: measures.map(measureData),
    })),
  };
}

function measureData({ column, fn, of, distinct, where }: Measure): object {
  const way = of && [...of.rows, ...of.ones].map(({ name }) => name);
  return {
    name: column.name,
    ...valueData(column),
    fn,
    way,
    column: of?.column?.name,
    distinct,
    where: where && conditionData(where),
  };
}

function nestedData({ name, selection, where, orderBy, limit, offset }: NestedSelection): object {
  return {
    name,
    selection: selectionData(selection),
    where: where && conditionData(where),
    orderBy: orderBy.map(termData),
    limit: limit && operandData(limit),
    offset: offset && operandData(offset),
  };
}

function termData(term: OrderTerm): object {
  if ("by" in term) return { by: rankName(term.by), descending: term.descending };
  return { ...term, column: term.column.name };
}

function assignmentData({ column, value }: Assignment): object {
  return {
    column: column.name,
    value: "by" in value ? { kind: value.kind, by: operandData(value.by) } : operandData(value),
  };
}

const names = (columns: readonly Column[]): readonly string[] => columns.map(({ name }) => name);

function entries<V>(map: ReadonlyMap<string, V>, dataOf: (value: V) => object): object {
  return Object.fromEntries([...map].map(([name, value]) => [name, dataOf(value)]));
}

/** Without what is undefined, and without the names and places that data has no use for. */
function plain(value: unknown): Data {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Constant;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  );
}
