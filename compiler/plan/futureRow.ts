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
  /** what it is made of, where rows of a list are judged together */
  parts(asks: Sql): FutureParts;
}

/** Columns with their values; and in SQL behind a `*`, what is reckoned of these. */
export interface FutureParts {
  readonly values: readonly { readonly name: string; readonly sql: Sql }[];
  readonly computed: string;
}

/**
 * @param next what a column will hold
 * @param outer where the values stand
 * @param source what stands behind them, where there is one row for each of several
 */
export function futureRow(table: Table, next: (column: Column) => Sql, outer: Scope, source: Sql = ""): FutureRow {
  const scope: Scope = { ...innerScope(outer, table), few: true, bare: true, future: true };
  const stored = [...table.columns.values()].filter(isStored);
  const own = stored.filter(({ computed }) => !computed);
  const parts = (asks: Sql): FutureParts => {
    const asked = ({ sqlName }: Column) => mentions(asks, `${scope.row}.${quoteName(sqlName)}`);
    const reckoned = stored.filter((column) => column.computed && asked(column));
    const given = reckoned.length > 0 ? own : own.filter(asked);
    return {
      values: given.map((column) => ({ name: quoteName(column.sqlName), sql: valueIn(column, next(column)) })),
      computed: reckoned.map((column) => `, ${computedValue(column)} AS ${quoteName(column.sqlName)}`).join(""),
    };
  };
  return {
    scope,
    parts,
    from(asks) {
      const { values, computed } = parts(asks);
      const listed = values.map(({ name, sql }) => sequence(sql, ` AS ${name}`));
      const row = sequence("SELECT ", listed.length === 0 ? "NULL" : join(", ", listed), source);
      const whole = computed === "" ? row : sequence(`SELECT *${computed} FROM (`, row, ")");
      return sequence("(", whole, `) AS ${scope.row}`);
    },
  };
}

const wholeKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["integer", "bigint", "decimal", "boolean", "timestamp"]);

/** Numbers are bound as floating point; a column makes whole ones of them, and its neighbours reckon with these. */
function valueIn({ type }: Column, value: Sql): Sql {
  return wholeKinds.has(type.kind) && value !== "NULL" ? sequence("CAST(", value, " AS INTEGER)") : value;
}

function computedValue({ type, computed }: Column): string {
  if (computed?.kind !== "expr") throw new Error("Only what is stored has a value of its own");
  return `(${reckonedText(type, computed.sql)})`;
}
