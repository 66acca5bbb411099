import type { Sql } from "../../runtime/server/plan.ts";
import type { Condition } from "../ir/condition.ts";
import type { TypeOf } from "../ir/type.ts";
import { fromJson } from "./fromJson.ts";
import { listItems } from "./membership.ts";
import { canBeNull, operandSql } from "./operand.ts";
import { elementScope, type Scope } from "./scope.ts";
import { around, join, sequence } from "./sql.ts";

type ConditionOf<K extends Condition["kind"]> = Extract<Condition, { kind: K }>;

/** A condition over the elements of a list in JSON. `write` writes the condition inside. Null has no elements. */
export function elementsSql(
  { list, quantifier, of }: ConditionOf<"element">,
  scope: Scope,
  write: (condition: Condition, scope: Scope) => Sql,
): Sql {
  const inner = elementScope(scope);
  const met = write(of, inner);
  const found = quantifier === "every" ? around("(", met, ") IS NOT TRUE") : met;
  const select = sequence("EXISTS (SELECT 1 FROM json_each(", operandSql(list, scope), `) AS ${inner.element} WHERE `);
  return around(quantifier === "some" ? select : sequence("NOT ", select), found, ")");
}

/** That every item of one list is an element of another: what is left of the one without the other is nothing. EXCEPT holds nulls to be equal. */
export function includesSql({ left, list }: ConditionOf<"includes">, scope: Scope): Sql {
  const { items } = left.of.type as TypeOf<"array">;
  const held = operandSql(left, scope);
  const elements = sequence("SELECT ", fromJson(items.type, "value"), " FROM json_each(", held, ")");
  const missing = sequence("NOT EXISTS (", listItems(list, scope), " EXCEPT ", elements, ")");
  const lists = [left, list].filter(canBeNull);
  return join(" AND ", [...lists.map((operand) => sequence(operandSql(operand, scope), " IS NOT NULL")), missing]);
}
