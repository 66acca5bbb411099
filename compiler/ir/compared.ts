import type { Place } from "../manifest/place.ts";
import type { Lowered } from "./combine.ts";
import type { Condition, Operand } from "./condition.ts";
import type { BodyContext } from "./context.ts";
import type { Scope } from "./scopes.ts";
import type { Table } from "./table.ts";

/** What is compared, and where: the left side is a column of the table, something inside its JSON, or an argument. */
export interface Compared {
  readonly left: Operand;
  readonly table: Table;
  readonly scope: Scope;
  readonly context: BodyContext;
}

/** Lowers what stands behind something that is compared: a value, null, or a map of operators. */
export type LowerCompared = (compared: Compared, value: unknown, place: Place) => Lowered;

/** Whether a value is null, or is not. */
export const isNull = (of: Operand, is: boolean): Condition => ({
  kind: "isNull",
  of,
  is: { kind: "constant", value: is, of: { type: { kind: "boolean" }, nullable: false } },
});

/** Says that there is no such operator, and what it is called here where other tools know it, or what it was meant for. */
export function unknownOperator(
  operator: string,
  place: Place,
  native: string | undefined,
  operators: readonly string[],
  { report }: BodyContext,
  hint?: string,
): undefined {
  if (hint !== undefined) return report("condition/unknown-operator", place, [operator], { at: "key", hint });
  return report("condition/unknown-operator", place, [operator], {
    at: "key",
    ...(native ? { hint: `It is called "${native}" here.`, rewrite: native } : { suggest: [operator, operators] }),
  });
}
