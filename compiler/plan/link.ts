import type { Sql } from "../../runtime/server/plan.ts";
import type { Column, Relation, Table } from "../ir/table.ts";
import { columnSql, innerScope, type Scope, tableSql } from "./scope.ts";
import { join, sequence } from "./sql.ts";

/** How the rows of a relation are reached: what stands behind FROM, and which of its columns equal which of the row's. */
export interface Link {
  readonly from: Sql;
  /** of `from`, pair by pair with `outer` */
  readonly inner: readonly string[];
  /** of the row that has the relation */
  readonly outer: readonly string[];
  /** whether an index finds `inner` */
  readonly indexed: boolean;
}

/** The way from a row to the rows of one of its relations, which go by the scope `inner`. */
export function linkOf(relation: Relation, outer: Scope, inner: Scope): Link {
  const outerColumns = columnsOf(linkColumns(relation), outer);
  if (relation.kind !== "manyToMany") {
    const columns = relation.kind === "one" ? relation.references : relation.inverse.columns;
    const from = tableSql(relation.to, inner);
    return { from, inner: columnsOf(columns, inner), outer: outerColumns, indexed: isIndexed(relation.to, columns) };
  }
  const { junction, near, far, to } = relation;
  const middle = innerScope(inner, junction);
  const on = equal(columnsOf(far.references, inner), columnsOf(far.columns, middle));
  const from = sequence(tableSql(junction, middle), " JOIN ", tableSql(to, inner), ` ON ${on}`);
  return {
    from,
    inner: columnsOf(near.columns, middle),
    outer: outerColumns,
    indexed: isIndexed(junction, near.columns),
  };
}

/** The columns of its own table that a relation stands on. */
export function linkColumns(relation: Relation): readonly Column[] {
  if (relation.kind === "one") return relation.columns;
  return relation.kind === "manyToMany" ? relation.near.references : relation.inverse.references;
}

export function columnsOf(columns: readonly Column[], scope: Scope): string[] {
  return columns.map((column) => columnSql(column, scope));
}

/** `a = b`, pair by pair. */
export function equal(left: readonly string[], right: readonly string[]): string {
  return join(
    " AND ",
    left.map((column, index) => `${column} = ${right[index]}`),
  ) as string;
}

/** One column, or several as a row value. */
export function tuple(columns: readonly string[]): string {
  return columns.length === 1 ? columns[0]! : `(${columns.join(", ")})`;
}

/** Whether an index over all rows starts with the columns, in any order. */
function isIndexed(table: Table, columns: readonly Column[]): boolean {
  const indexes = table.indexes.flatMap(({ parts, where }) => (where ? [] : [parts.map((part) => part.on)]));
  return [table.primaryKey, ...table.uniqueKeys, ...indexes].some((parts) => {
    const first = parts.slice(0, columns.length);
    return columns.every((column) => first.includes(column));
  });
}
