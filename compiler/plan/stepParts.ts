import type { BatchStatement, ForeignKeyProbe, Sql } from "../../runtime/server/plan.ts";
import type { Selection, Step } from "../ir/operation.ts";
import { tableOf } from "../ir/step.ts";
import { quoteText } from "./quote.ts";
import { sequence } from "./sql.ts";

/** A refusal's word as SQL, with the step that it names, and the item. */
export function refusal({ name, each }: Step, code: string): Sql {
  const word = `_af:${code}:${name}`;
  return each?.kind === "argument" ? sequence(`${quoteText(`${word}:`)} || `, { item: 0 }) : quoteText(word);
}

/** A statement that writes. */
export function write(
  step: Step,
  sql: Sql,
  returns: Selection | undefined,
  foreignKeys: readonly ForeignKeyProbe[],
): BatchStatement {
  return {
    step: step.name,
    table: tableOf(step).name,
    sql,
    ...(returns && { answers: true }),
    ...(foreignKeys.length > 0 && { foreignKeys }),
  };
}

/** A statement that refuses. */
export function guard(step: Step, sql: Sql): BatchStatement {
  return { step: step.name, sql };
}
