import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import { everyPart, operandsOf } from "../ir/conditionParts.ts";
import type { Selection } from "../ir/operation.ts";
import { readable } from "./eyes.ts";
import { isHidden } from "./guarded.ts";
import { columnJson, jsonObject } from "./json.ts";
import { quoteName } from "./quote.ts";
import { rowOf } from "./row.ts";
import type { Scope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** What stands behind a write that answers its rows, or the statement before it that does. */
export interface Told {
  readonly returning: Sql;
  readonly rows?: Sql;
}

/**
 * What is answered of rows that go, which could be read: what RETURNING says, or where columns are guarded by what may be gone with them, a
 * statement before the removal.
 *
 * @param which what stands behind the table
 */
export function removed(returns: Selection, scope: Scope, which: Sql): Told {
  const { json } = rowOf(returns, scope);
  const isApart = returns.columns.some((column) => isHidden(column, scope) && speaksOfOthers(column.read!));
  if (!isApart) return { returning: sequence(" RETURNING ", json, ' AS "row"') };
  const from = ` AS "row" FROM ${quoteName(returns.table.sqlName)}`;
  return { returning: "", rows: sequence("SELECT ", json, from, which) };
}

/** Whether a condition speaks of other rows than its own, or counts them. */
function speaksOfOthers(condition: Condition): boolean {
  return everyPart(condition).some(
    (part) =>
      part.kind === "related" ||
      part.kind === "may" ||
      operandsOf(part).some((operand) => operand.kind === "column" && operand.column.measured),
  );
}

/** What is returned of a row as it was written. */
export function returning(returns: Selection, scope: Scope): Sql {
  return sequence(" RETURNING ", writtenJson(returns, scope), ' AS "row"');
}

/** A written row's JSON: of one that the caller may not read, the key alone. Its scope is that of the table itself. */
export function writtenJson(returns: Selection, scope: Scope): Sql {
  const { json } = rowOf(returns, scope);
  const seen = readable(returns.table, scope);
  if (seen === undefined) return json;
  const key = jsonObject(returns.table.primaryKey.map((column) => [column.name, columnJson(column, scope)] as const));
  return sequence("iif(", seen, ", ", json, ", ", key, ")");
}
