import type { Sql } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import { constantSql, isLong } from "./constant.ts";
import { columnSql, type Scope } from "./scope.ts";
import { integerBind } from "./sql.ts";

/** An operand as SQL, in its type's SQL form. A list stands as JSON text. */
export function operandSql(operand: Operand, scope: Scope): Sql {
  switch (operand.kind) {
    case "column":
      return columnSql(operand.column, scope);
    case "constant":
      return constantSql(operand.value, operand.of.type, scope);
    case "now":
      return { now: operand.of.type.kind === "date" ? "date" : "timestamp" };
    case "argument": {
      const bind = { arg: operand.path.join(".") };
      return isLong(operand.of.type) ? integerBind(bind) : bind;
    }
  }
}

/** Whether the operand may be null when it is there. */
export function canBeNull(operand: Operand): boolean {
  if (operand.kind === "constant") return operand.value === null;
  return operand.kind === "column" ? operand.column.nullable : operand.of.nullable;
}

/** The optional arguments among operands: what holds one is absent when the argument is. */
export function optionalNames(...operands: readonly Operand[]): string[] {
  return operands.flatMap((operand) =>
    operand.kind === "argument" && operand.optional ? [operand.path.join(".")] : [],
  );
}
