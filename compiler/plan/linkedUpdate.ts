import type { BatchStatement } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import { steadyKey } from "../ir/linkChanges.ts";
import type { Body } from "../ir/operation.ts";
import type { Column } from "../ir/table.ts";
import { callersOwn } from "../ir/tenants.ts";
import { fixedValues } from "../ir/uniqueWhere.ts";
import { answeredRow, countsOthers } from "./answeredRow.ts";
import { changeLinks } from "./linking.ts";
import { operandSql } from "./operand.ts";
import { bareTable, columnSql, readScope, type Scope, unnamed } from "./scope.ts";
import { join, sequence } from "./sql.ts";
import { type Surroundings, scopeWithin, type WrittenRow, within } from "./surroundings.ts";

type Update = Extract<Body, { kind: "update" }>;

/**
 * What an update does with the links of its row, behind the update and its guard: the row is there then.
 *
 * @param here its `returns` is answered here where it counts links
 */
export function linkStatements(body: Update, here: Surroundings): readonly BatchStatement[] {
  const { links = [] } = body;
  if (links.length === 0) return [];
  const row = rowByKey(body, here);
  const changes = links.flatMap((change, index) =>
    changeLinks(change, row, within(here, change.relation, index, false)),
  );
  return countsOthers(here.returns) ? [...changes, answeredRow(here.returns, row, here)] : changes;
}

/** The row that `where` names by a unique key, which the update leaves as it is. */
function rowByKey({ table, where, assignments }: Update, here: Surroundings): WrittenRow {
  const tenant = here.style.eyes.see && table.tenant;
  const key = steadyKey(where, assignments, table, tenant)!;
  const own = tenant ? [{ column: tenant.column, value: callersOwn(tenant) }] : [];
  const fixed = [...fixedValues(where as Condition), ...own];
  const known = (column: Column) =>
    operandSql(fixed.find((candidate) => candidate.column === column)!.value, scopeWithin(table, here));
  return {
    valueOf(column) {
      if (key.includes(column)) return known(column);
      const scope: Scope = { ...readScope(table, unnamed(here.style)), bare: true };
      const same = key.map((part) => sequence(`${columnSql(part, scope)} = `, known(part)));
      return sequence(
        `(SELECT ${columnSql(column, scope)} FROM ${bareTable(table, scope)} WHERE `,
        join(" AND ", same),
        ")",
      );
    },
  };
}
