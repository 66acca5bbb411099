import type { Sql } from "../../runtime/server/plan.ts";
import type { Operand } from "../ir/condition.ts";
import { operandSql } from "./operand.ts";
import type { Scope } from "./scope.ts";
import { sequence } from "./sql.ts";

/** Which part of the rows comes, in their order. */
interface Window {
  readonly limit?: Operand | undefined;
  readonly offset?: Operand | undefined;
}

/** `LIMIT` and `OFFSET`. SQLite knows no offset without a limit. */
export function windowSql({ limit, offset }: Window, scope: Scope): Sql {
  if (!limit) return "";
  const from: readonly Sql[] = offset ? [" OFFSET ", operandSql(offset, scope)] : [];
  return sequence(" LIMIT ", operandSql(limit, scope), ...from);
}
