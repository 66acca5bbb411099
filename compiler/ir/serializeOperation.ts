import type { Assignment } from "./assignment.ts";
import type { Each } from "./items.ts";
import type { LinkChange, NestedWrite, NewRow } from "./nestedWrite.ts";
import type {
  Argument,
  Body,
  Check,
  Expectation,
  NestedSelection,
  Operation,
  OrderTerm,
  Selection,
  Step,
  UniqueKey,
} from "./operation.ts";
import { rankName } from "./ranks.ts";
import type { RateLimit } from "./rateLimit.ts";
import { conditionData, entries, names, operandData, valueData } from "./serializeTable.ts";
import { statementText } from "./statement.ts";
import type { Measure } from "./table.ts";

/** An operation as plain data: what leads to another thing is its name. */
export function operationData({
  kind,
  description,
  auth,
  asSystem,
  rateLimit,
  args,
  errors,
  body,
  else: otherwise,
  after,
  scan,
}: Operation): object {
  return {
    kind,
    description,
    auth,
    asSystem,
    rateLimit: rateLimit && { name: rateLimit.name, ...rateLimitData(rateLimit) },
    args: entries(args, argumentData),
    errors: entries(errors, ({ status, message }) => ({ status, message })),
    body: bodyData(body),
    else: otherwise && elseData(otherwise),
    after: after && { run: after.run, args: entries(after.args, operandData) },
    scan,
  };
}

/** A limit, without the name that it stands under. */
export function rateLimitData({ requests, seconds, by, exact }: RateLimit): object {
  return { requests, seconds, by, exact };
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
