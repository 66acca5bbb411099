import type { BatchStatement } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import type { InverseRelation } from "../ir/table.ts";
import { type Assigned, assigned, changeRefusals } from "./changeGuard.ts";
import { guardOf } from "./guard.ts";
import { keysSql } from "./linkKeys.ts";
import { quoteName } from "./quote.ts";
import { columnSql } from "./scope.ts";
import { sequence } from "./sql.ts";
import { guarding, type Surroundings, scopeWithin, type WrittenRow, wordsIn } from "./surroundings.ts";
import { setClause } from "./write.ts";

/** Rows of which each leads to one other come to lead to this one: they are updated, and obey the rules for that. */
export function adoption(
  { to, inverse }: InverseRelation,
  keys: readonly Operand[],
  row: WrittenRow,
  inner: Surroundings,
): readonly BatchStatement[] {
  const scope = scopeWithin(to, inner);
  const set = inverse.columns.map((column, at) =>
    sequence(`${quoteName(column.sqlName)} = `, row.valueOf(inverse.references[at]!)),
  );
  const own = assigned([], scope);
  const change: Assigned = {
    ...own,
    columns: inverse.columns.map(({ name }) => ({ name, sent: [] })),
    next(column) {
      const at = inverse.columns.indexOf(column);
      return at < 0 ? own.next(column) : row.valueOf(inverse.references[at]!);
    },
  };
  const name = quoteName(to.sqlName);
  const met = sequence(`${columnSql(to.primaryKey[0]!, scope)} IN (`, keysSql(keys, scope), ")");
  return [
    ...guarding(guardOf(changeRefusals(to, change, scope, [inverse]), wordsIn(inner), name, [met]), inner),
    { step: inner.step, table: to.name, sql: sequence(`UPDATE ${name}`, setClause(to, [], set), " WHERE ", met) },
  ];
}
