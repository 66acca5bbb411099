import type { Condition, Operand } from "../ir/condition.ts";
import { readableBy, rowsReadableBy } from "../ir/heldBy.ts";
import type { Column, RuleVerb, Table, Tenant, VerbRules } from "../ir/table.ts";
import type { Constant } from "../ir/type.ts";
import type { Eyes } from "./scope.ts";

/*
 * What rules ask of a row, as conditions: a table's rules are one condition for each verb.
 */

/** What has to hold of a row that the caller may do that to it; undefined: the table asks nothing. */
export function permission({ rules, tenant }: Pick<Table, "rules" | "tenant">, verb: RuleVerb): Condition | undefined {
  const asked = [...(tenant ? [isOwn(tenant)] : []), ...(rules ? [granted(rules[verb])] : [])];
  return asked.length < 2 ? asked[0] : { kind: "all", of: asked };
}

/** One of the grants holds, and no denial. */
export function granted({ grants, denials }: VerbRules): Condition {
  const allowed: Condition = { kind: "any", of: grants.map(({ when = always }) => when) };
  const denied = denials.map(({ when = always }): Condition => ({ kind: "not", of: when }));
  return denied.length === 0 ? allowed : { kind: "all", of: [allowed, ...denied] };
}

const always: Condition = { kind: "all", of: [] };

/** The row belongs to the caller's tenant. Nobody belongs to no tenant: null is none. */
function isOwn({ column, field }: Tenant): Condition {
  const [left, right]: Operand[] = [
    { kind: "column", column, of: column },
    { kind: "user", field: field.name, of: { ...field, nullable: false } },
  ];
  return { kind: "compare", left: left!, op: "eq", right: right! };
}

/** A condition that the caller has one of these roles (`negated`: none of them); undefined: it is another. */
export function roleTest(condition: Condition): { roles: readonly Constant[]; negated: boolean } | undefined {
  if (condition.kind === "compare" && (condition.op === "eq" || condition.op === "ne")) {
    const { left, right } = condition;
    const other = isRole(left) ? right : isRole(right) ? left : undefined;
    return other?.kind === "constant" ? { roles: [other.value], negated: condition.op === "ne" } : undefined;
  }
  if (condition.kind !== "in" || !isRole(condition.left) || condition.list.kind !== "constant") return undefined;
  return { roles: (condition.list.value ?? []) as readonly Constant[], negated: condition.negated };
}

const isRole = (operand: Operand): boolean => operand.kind === "user" && operand.field === "role";

/** Whether there are rows of which these eyes do not see the column. */
export const isGuarded = (column: Column, { auth, see }: Eyes): boolean =>
  see !== undefined && readableBy(column, { auth }) !== "always";

/** Whether there are rows of the table that these eyes do not see. */
export const hidesRows = (table: Table, { auth, see }: Eyes): boolean =>
  see !== undefined && rowsReadableBy(table, { auth }) !== "always";
