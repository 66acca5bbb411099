import type { Sql } from "../../runtime/server/plan.ts";
import type { Selection } from "../ir/operation.ts";
import type { Column, Measure, Measured, MeasuredValue, MeasureFunction } from "../ir/table.ts";
import { quoteName } from "./quote.ts";
import { groupedRows, relatedRows, rowsAlong } from "./relatedRows.ts";
import { columnSql, innerScope, isJoined, relatedScope, type Scope, type WriteCondition } from "./scope.ts";
import { around, join, sequence, whereSql } from "./sql.ts";

/** Measures over the rows of a SELECT, as its columns. */
export function measureColumns(measures: readonly Measure[], rows: Scope, write: WriteCondition): Sql {
  return namedMeasures(
    measures.map((measure) => [measure, measure.column.sqlName] as const),
    rows,
    write,
  );
}

function namedMeasures(
  measures: readonly (readonly [Measure, sqlName: string])[],
  rows: Scope,
  write: WriteCondition,
): Sql {
  return join(
    ", ",
    measures.map(([measure, name]) => sequence(measureSql(measure, rows, write), ` AS ${quoteName(name)}`)),
  );
}

/**
 * Many rows whose relation no index serves: for each of them all rows of the other table would be read. So these are read once and put
 * into groups, and the groups are joined.
 *
 * @returns what stands behind the table, and the scope in which the measures are there
 */
export function joinedMeasures(
  { aggregates = [] }: Selection,
  outer: Scope,
  write: WriteCondition,
): { joins: Sql; scope: Scope } {
  const joined = new Set<Measure>();
  const joins = aggregates.map((of): Sql => {
    const rows = relatedScope(outer, of.relation);
    const groups = groupedRows(of, outer, rows, write);
    if (!groups) return "";
    for (const measure of of.measures) joined.add(measure);
    const { row } = innerScope(rows, of.selection.table, `${rows.path} (results)`);
    const keys = groups.inner.map((column, index) => `${column} AS "$${index}"`).join(", ");
    const measures = of.measures.map((measure, index) => [measure, of.carried[index]!.sqlName] as const);
    const on = groups.outer.map((column, index) => `${row}."$${index}" = ${column}`).join(" AND ");
    return sequence(
      ` LEFT JOIN (SELECT ${keys}, `,
      namedMeasures(measures, rows, write),
      " FROM ",
      groups.from,
      whereSql(groups.conditions),
      ` GROUP BY ${groups.inner.join(", ")}) AS ${row} ON ${on}`,
    );
  });
  return { joins: sequence(...joins), scope: joined.size === 0 ? outer : { ...outer, joined } };
}

/** A column where the SELECT has no name for it yet: what is measured is reckoned for the row, unless it is joined. */
export function carriedSql(column: Column, scope: Scope, write: WriteCondition | undefined): Sql {
  if (!column.measured || isJoined(column, scope)) return columnSql(column, scope);
  if (!write) throw new Error(`"${column.name}" is measured, and nothing here reads other rows`);
  return measuredSql(column.measured, scope, write);
}

/** A measure over the rows of a relation, as a value of the row that has it. */
export function measuredSql({ relation, where, measure }: Measured, scope: Scope, write: WriteCondition): Sql {
  const rows = relatedScope(scope, relation);
  const { from, conditions } = relatedRows({ relation, where }, scope, rows, write);
  const value = measure.of?.rows.length ? measureSql(measure, rows, write) : reckoned(measure, rows, write);
  const own = measure.where && !measure.of?.rows.length ? [write(measure.where, rows)] : [];
  return sequence("(SELECT ", value, " FROM ", from, whereSql([...conditions, ...own]), ")");
}

/**
 * A measure over the rows of a SELECT. What lies beyond a relation to many is reckoned for each row in a sub-select, and then of these:
 * no row is counted again for what another measure is joined with.
 */
function measureSql(measure: Measure, rows: Scope, write: WriteCondition): Sql {
  if (measure.of?.rows.length) return overMany({ ...measure, of: measure.of }, rows, write);
  const filter = measure.where ? around(" FILTER (WHERE ", write(measure.where, rows), ")") : "";
  return reckoned(measure, rows, write, filter);
}

function reckoned({ fn, distinct, of }: Measure, rows: Scope, write: WriteCondition, filter: Sql = ""): Sql {
  const value = sequence(distinct ? "DISTINCT " : "", valueSql(fn, of, rows, write));
  return inItsUnit(fn, of, sequence(`${fn}(`, value, ")", filter));
}

function overMany(
  { fn, of, where }: Measure & { readonly of: MeasuredValue },
  outer: Scope,
  write: WriteCondition,
): Sql {
  const { from, conditions, scope } = rowsAlong(of.rows, outer, write);
  const own = where ? [write(where, scope)] : [];
  const each = (part: MeasureFunction | "total"): Sql =>
    sequence(
      `(SELECT ${part}(`,
      valueSql(fn, of, scope, write),
      ") FROM ",
      from,
      whereSql([...conditions, ...own]),
      ")",
    );
  if (fn === "count") return sequence("ifnull(sum(", each("count"), "), 0)");
  if (fn !== "avg") return inItsUnit(fn, of, sequence(`${fn}(`, each(fn), ")"));
  // `total` is floating point, and does not overflow as sums of 64 bits do
  return inItsUnit(fn, of, sequence("sum(", each("total"), ") / sum(", each("count"), ")"));
}

/** What a row gives to a measure: its own column, or one of the row that relations to one lead to. */
function valueSql(fn: MeasureFunction, of: MeasuredValue | undefined, scope: Scope, write: WriteCondition): Sql {
  if (!of) return "*";
  if (of.ones.length === 0) return of.column ? inUnit(fn, of, columnSql(of.column, scope)) : "*";
  const end = rowsAlong(of.ones, scope, write);
  const value = of.column ? inUnit(fn, of, columnSql(of.column, end.scope)) : "1";
  return sequence(`(SELECT ${value} FROM `, end.from, whereSql(end.conditions), ")");
}

/*
 * A sum of integers has to be one that JavaScript's numbers hold. 2^53 · 1024 is 2^63: so the sum of what is 1024 times as much overflows
 * in SQLite, which refuses it, just where the sum itself would leave the safe integers.
 */
const UNIT = 1024;

const isCounted = (fn: MeasureFunction, of: MeasuredValue | undefined): boolean =>
  fn === "sum" && of?.column?.type.kind === "integer";

const inUnit = (fn: MeasureFunction, of: MeasuredValue, value: string): string =>
  isCounted(fn, of) ? `${value} * ${UNIT}` : value;

/** What comes of it in the unit of the result: an average of decimals is a number, and they are stored as integers. */
function inItsUnit(fn: MeasureFunction, of: MeasuredValue | undefined, sql: Sql): Sql {
  if (isCounted(fn, of)) return sequence(sql, ` / ${UNIT}`);
  const type = of?.column?.type;
  return fn === "avg" && type?.kind === "decimal" && type.scale > 0
    ? sequence(sql, ` / 1${"0".repeat(type.scale)}.0`)
    : sql;
}
