import type { Bind, Sql } from "../../runtime/server/plan.ts";
import type { CallOperand, Operand } from "../ir/condition.ts";
import type { Column } from "../ir/table.ts";
import { constantSql, isLong } from "./constant.ts";
import { parameterSql, reckonedSql } from "./expression.ts";
import { fromJson } from "./fromJson.ts";
import { isHidden, rawOf } from "./guarded.ts";
import { carriedSql } from "./measure.ts";
import { quoteName, quoteText } from "./quote.ts";
import type { Scope, WriteCondition } from "./scope.ts";
import { integerBind, sequence } from "./sql.ts";

/**
 * An operand as SQL, in its type's SQL form. A list stands as JSON text.
 *
 * @param write given where the operand may be a measure, as in conditions
 */
export function operandSql(operand: Operand, scope: Scope, write?: WriteCondition): Sql {
  switch (operand.kind) {
    case "column":
      return isAsked(operand.column, scope)
        ? `${scope.row}.${rawOf(operand.column)}`
        : carriedSql(operand.column, scope, write);
    case "constant":
      return constantSql(operand.value, operand.of.type, scope);
    case "item":
      return `${scope.batch!.item}.${quoteName(operand.column.sqlName)}`;
    case "step":
      return scope.batch!.step(operand.step, operand.column);
    case "user":
      return { user: operand.field };
    case "session":
      return { session: operand.field };
    case "before":
      return carriedSql(operand.column, { ...scope, row: scope.before! }, write);
    case "now":
      return { now: operand.of.type.kind === "date" ? "date" : "timestamp" };
    case "argument": {
      const bind = { arg: operand.path.join(".") };
      return isLong(operand.of.type) ? integerBind(bind) : bind;
    }
    case "expression": {
      const parts = operand.sql.map((part) => {
        if (typeof part === "string") return part;
        const sql = operandSql(part, scope);
        return part.kind === "column" ? sql : parameterSql(part.of.type, sql);
      });
      return reckonedSql(operand.of.type, sequence(...parts));
    }
    case "property": {
      const path = quoteText(`$.${operand.path.join(".")}`);
      return fromJson(operand.of.type, sequence("json_extract(", operandSql(operand.below, scope), `, ${path})`));
    }
    case "element":
      return fromJson(operand.of.type, `${scope.element}.value`);
    case "length":
      return sequence("json_array_length(", operandSql(operand.list, scope), ")");
  }
}

const isAsked = (column: Column, scope: Scope): boolean =>
  !!scope.asked && !scope.bare && !column.measured && isHidden(column, scope);

/** A parameter for what the Worker makes something of: numbers and texts, which are the same in SQL. */
export function callBind(operand: CallOperand): Bind {
  return operand.kind === "argument" ? { arg: operand.path.join(".") } : { value: operand.value as number | string };
}

/** Whether the operand may be null when it is there. */
export function canBeNull(operand: Operand): boolean {
  if (operand.kind === "constant") return operand.value === null;
  return operand.kind === "column" ? operand.column.nullable : operand.of.nullable;
}

/** The optional arguments among operands: what holds one is absent when the argument is. */
export function optionalNames(...operands: readonly Operand[]): string[] {
  return operands.flatMap((operand) => {
    if (operand.kind === "property") return optionalNames(operand.below);
    if (operand.kind === "length") return optionalNames(operand.list);
    return operand.kind === "argument" && operand.optional ? [operand.path.join(".")] : [];
  });
}
