import type { Sql } from "../../runtime/server/plan.ts";
import type { Assignment } from "../ir/assignment.ts";
import type { Operand } from "../ir/condition.ts";
import { isLong } from "./constant.ts";
import { operandSql, optionalNames } from "./operand.ts";
import { columnSql, type Scope } from "./scope.ts";
import { sequence, whenSent } from "./sql.ts";

const signs = { increment: "+", decrement: "-", multiply: "*" } as const;

/** The optional arguments without which the column is left as it is. */
export function assignmentNames({ value }: Assignment): readonly string[] {
  return optionalNames("by" in value ? value.by : value);
}

/** A column, or a relation of many to many, that is written when these optional arguments were sent. */
export interface Written {
  readonly name: string;
  readonly sent: readonly string[];
}

/** The columns that are written. */
export function writtenBy(assignments: readonly Assignment[]): readonly Written[] {
  return assignments.map((assignment) => ({ name: assignment.column.name, sent: assignmentNames(assignment) }));
}

/** What is written to the column, given that its argument was sent. Null with anything applied stays null. */
export function assignedSql({ column, value }: Assignment, scope: Scope): Sql {
  if (!("by" in value)) return operandSql(value, scope);
  const own = columnSql(column, scope);
  const by = column.type.kind === "number" ? operandSql(value.by, scope) : wholeSql(value.by, scope);
  if (value.kind === "multiply" && column.type.kind === "decimal" && value.by.of.type.kind === "decimal")
    return scaledProduct(own, by, value.by.of.type.scale);
  return sequence(`${own} ${signs[value.kind]} `, by);
}

/** The column's value after the write: what is written, or what it was where nothing is. */
export function valueAfter(assignment: Assignment | undefined, scope: Scope, otherwise: Sql): Sql {
  if (!assignment) return otherwise;
  return whenSent(assignmentNames(assignment), assignedSql(assignment, scope), otherwise);
}

/** Numbers are bound as floating point; what is reckoned with 64 bits must not be. */
function wholeSql(operand: Operand, scope: Scope): Sql {
  const sql = operandSql(operand, scope);
  return typeof sql === "string" || isLong(operand.of.type) ? sql : sequence("CAST(", sql, " AS INTEGER)");
}

/**
 * The product of two decimals, rounded half away from zero. SQLite goes over to floating point where 64 bits do not do: such a
 * product becomes infinite, which the column's check refuses.
 */
function scaledProduct(own: string, by: Sql, scale: number): Sql {
  if (scale === 0) return sequence(`${own} * `, by);
  const unit = `1${"0".repeat(scale)}`;
  const half = `5${"0".repeat(scale - 1)}`;
  const product = sequence(`${own} * `, by);
  const rounded = sequence("(", product, " + iif(", product, ` < 0, -${half}, ${half})) / ${unit}`);
  return sequence("CASE typeof(", product, ") WHEN 'integer' THEN ", rounded, " WHEN 'real' THEN 9e999 END");
}
