import type { Sql, WriteOperation } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Expectation } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { withoutVersion } from "../ir/version.ts";
import { conditionSql } from "./condition.ts";
import { readScope, type Style, tableSql, unnamed } from "./scope.ts";
import { sequence, whereSql } from "./sql.ts";

interface Meant {
  readonly table: Table;
  readonly where?: Condition | undefined;
  readonly expect?: Expectation | undefined;
}

/** Where a write names the version of its row and met none: whether the row is there, and somebody else was faster. */
export function staleness({ table, where, expect }: Meant, style: Style): Pick<WriteOperation, "stale"> {
  const stale = isStale({ table, where, expect }, style);
  return stale === undefined ? {} : { stale: sequence("SELECT ", stale, ' AS "stale"') };
}

/** Whether a row that was not met is there with another version; undefined where that makes no difference. */
export function isStale({ table, where, expect }: Meant, style: Style): Sql | undefined {
  const rest = expect && expect.minimum === 1 && where && withoutVersion(where);
  if (!rest) return undefined;
  const scope = readScope(table, unnamed(style));
  const rows = sequence("SELECT 1 FROM ", tableSql(table, scope), whereSql([conditionSql(rest, scope)]));
  return sequence("EXISTS (", rows, ")");
}
