import type { WriteOperation } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { Expectation } from "../ir/operation.ts";
import type { Table } from "../ir/table.ts";
import { fixesOneRow } from "../ir/uniqueWhere.ts";

interface Expecting {
  readonly table: Table;
  readonly where?: Condition;
  readonly expect?: Expectation;
}

/**
 * What a plan says of the number of rows. A guard stands behind the write only where a refusal has something to undo: no row at
 * all needs none, and neither does a row too many where there can be only one.
 */
export function expectation({ table, where, expect }: Expecting): Pick<WriteOperation, "atLeast" | "guard"> {
  if (!expect) return {};
  const { minimum, maximum } = expect;
  const tooFew = minimum > 1 ? `changes() < ${minimum}` : undefined;
  const canExceed = maximum !== undefined && !(maximum >= 1 && where && fixesOneRow(where, table));
  const tooMany = canExceed ? `changes() > ${maximum}` : undefined;
  return { ...(minimum > 0 && { atLeast: minimum }), ...guard(tooFew, tooMany) };
}

/** Right behind a write `changes()` counts its rows, without those of triggers and cascades. */
function guard(tooFew: string | undefined, tooMany: string | undefined): Pick<WriteOperation, "guard"> {
  const wrong = [tooFew, tooMany].filter((condition) => condition !== undefined);
  if (wrong.length === 0) return {};
  const code = !tooFew
    ? "'_af:conflict'"
    : !tooMany
      ? "'_af:not_found'"
      : `iif(${tooFew}, '_af:not_found', '_af:conflict')`;
  return { guard: `INSERT INTO "_af_guard" ("code") SELECT ${code} WHERE ${wrong.join(" OR ")}` };
}
