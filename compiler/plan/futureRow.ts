import type { Sql } from "../../runtime/server/plan.ts";
import { isStored } from "../ir/sqlExpressions.ts";
import type { Column, Table } from "../ir/table.ts";
import type { TypeKind } from "../ir/type.ts";
import { reckonedText } from "./expression.ts";
import { quoteName } from "./quote.ts";
import { innerScope, type Scope } from "./scope.ts";
import { join, mentions, sequence } from "./sql.ts";

/** A row as a write will leave it, which stands in no table: what rules say of it, they say of a sub-select that has its values. */
export interface FutureRow {
  readonly scope: Scope;
  /** the sub-select with its alias, giving what `asks` asks of it */
  from(asks: Sql): Sql;
}

/**
 * @param next what a column will hold
 * @param outer where the values stand
 * @param source what stands behind them, where there is one row for each of several
 */
export function futureRow(table: Table, next: (column: Column) => Sql, outer: Scope, source: Sql = ""): FutureRow {
  const scope: Scope = { ...innerScope(outer, table), bare: true };
  const stored = [...table.columns.values()].filter(isStored);
  const own = stored.filter(({ computed }) => !computed);
  return {
    scope,
    from(asks) {
      const asked = ({ sqlName }: Column) => mentions(asks, `${scope.row}.${quoteName(sqlName)}`);
      const computed = stored.filter((column) => column.computed && asked(column));
      const given = computed.length > 0 ? own : own.filter(asked);
      const values = given.map((column) => sequence(valueIn(column, next(column)), named(column)));
      const row = sequence("SELECT ", values.length === 0 ? "NULL" : join(", ", values), source);
      const made = computed.map((column) => `, ${computedValue(column)}${named(column)}`).join("");
      return sequence("(", made === "" ? row : sequence(`SELECT *${made} FROM (`, row, ")"), `) AS ${scope.row}`);
    },
  };
}

const named = ({ sqlName }: Column): string => ` AS ${quoteName(sqlName)}`;

const whole: ReadonlySet<TypeKind> = new Set<TypeKind>(["integer", "bigint", "decimal", "boolean", "timestamp"]);

/** Numbers are bound as floating point; a column makes whole ones of them, and its neighbours reckon with these. */
function valueIn({ type }: Column, value: Sql): Sql {
  return whole.has(type.kind) && value !== "NULL" ? sequence("CAST(", value, " AS INTEGER)") : value;
}

function computedValue({ type, computed }: Column): string {
  if (computed?.kind !== "expr") throw new Error("Only what is stored has a value of its own");
  return `(${reckonedText(type, computed.sql)})`;
}
