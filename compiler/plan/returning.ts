import type { Sql } from "../../runtime/server/plan.ts";
import type { Selection } from "../ir/operation.ts";
import { readable } from "./eyes.ts";
import { columnJson, jsonObject } from "./json.ts";
import { rowOf } from "./row.ts";
import type { Scope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** What is returned of a row that was removed: it could be read. */
export function returningRemoved(returns: Selection, scope: Scope): Sql {
  return sequence(" RETURNING ", rowOf(returns, scope).json, ' AS "row"');
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
