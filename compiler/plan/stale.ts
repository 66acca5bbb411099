import type { WriteOperation } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Expectation } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { withoutVersion } from "../ir/version.ts";
import { conditionSql, whereSql } from "./condition.ts";
import { readScope, type Style, tableSql } from "./scope.ts";
import { sequence } from "./sql.ts";

interface Meant {
  readonly table: Table;
  readonly where?: Condition;
  readonly expect?: Expectation;
}

/** Where a write names the version of its row and met none: whether the row is there, and somebody else was faster. */
export function staleness({ table, where, expect }: Meant, style: Style): Pick<WriteOperation, "stale"> {
  const rest = expect && expect.minimum === 1 && where && withoutVersion(where);
  if (!rest) return {};
  const scope = readScope(table, { constants: style.constants });
  const rows = sequence(`SELECT 1 FROM ${tableSql(table, scope)}`, whereSql([conditionSql(rest, scope)]));
  return { stale: sequence("SELECT EXISTS (", rows, ') AS "stale"') };
}
