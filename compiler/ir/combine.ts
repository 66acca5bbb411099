import type { Place } from "../manifest/place.ts";
import type { Condition } from "./condition.ts";
import type { Scope } from "./scopes.ts";
import type { LiteralContext } from "./texts.ts";

/** A lowered condition; `absent` when all that it holds is (undefined values of a handler); undefined when it is wrong, which was said. */
export type Lowered = Condition | "absent" | undefined;

/** All of them: a map of conditions. */
export const allOf = (conditions: readonly Lowered[]): Lowered => combined("all", conditions);

/** Any of them: a list of conditions. */
export const anyOf = (conditions: readonly Lowered[]): Lowered => combined("any", conditions);

function combined(kind: "all" | "any", conditions: readonly Lowered[]): Lowered {
  if (conditions.includes(undefined)) return;
  const present = conditions.filter((condition): condition is Condition => typeof condition === "object");
  if (present.length === 0 && conditions.length > 0) return "absent";
  return present.length === 1 ? present[0] : { kind, of: present };
}

/** What an undefined of a handler means: no condition in a read, a mistake where it would widen a write. */
export function absence(place: Place, scope: Scope, { report }: LiteralContext): Lowered {
  return scope.optional ? "absent" : report("condition/undefined", place, [scope.name]);
}
