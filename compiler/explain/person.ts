import type { Sql } from "../../runtime/server/plan.ts";
import type { App } from "../ir/app.ts";
import type { Person } from "../ir/heldBy.ts";
import type { Audience, Operation } from "../ir/operation.ts";
import { isSequence } from "./text.ts";

const OF_CALLER = "$user";
const OF_ROLE = "$user.role=";

/** Who can be asked for: nobody, or somebody of a role. */
export function peopleOf({ auth }: App): ReadonlyMap<string, Person> {
  return new Map<string, Person>([
    ["nobody", "nobody"],
    ...(auth?.roles ?? []).map((role) => [role, { role }] as const),
  ]);
}

/** Whether an operation lets somebody call it. */
export function mayCall(audience: Audience, person: Person): boolean {
  if (audience === "public" || person === "nobody") return audience === "public";
  return audience === "user" || (typeof person === "object" && audience.includes(person.role));
}

/** Who an operation is explained for where nothing is said: of the first role that may call it, or nobody where there are none. */
export function usualCaller({ auth }: Pick<Operation, "auth">, app: App): Person {
  return [...peopleOf(app).values()].find((person) => person !== "nobody" && mayCall(auth, person)) ?? "nobody";
}

/** A statement as it is for a caller: what hangs on who calls is settled, what hangs on arguments stays. */
export function sqlFor(sql: Sql, person: Person): Sql {
  const settled = (part: Sql): Sql => sqlFor(part, person);
  if (typeof sql === "string") return sql;
  if (isSequence(sql)) return sql.map(settled);
  if ("when" in sql) {
    const { when, then, otherwise } = sql;
    if (when.startsWith(OF_CALLER))
      return isSo(when, person) ? settled(then) : otherwise === undefined ? absent : settled(otherwise);
    return { when, then: settled(then), ...(otherwise !== undefined && { otherwise: settled(otherwise) }) };
  }
  if ("join" in sql) return { ...sql, of: sql.of.map(settled) };
  if (!("around" in sql)) return sql;
  return {
    before: settled(sql.before),
    around: settled(sql.around),
    after: settled(sql.after),
    ...(sql.otherwise !== undefined && { otherwise: settled(sql.otherwise) }),
  };
}

/** A sequence of nothing is absent. */
const absent: Sql = [];

function isSo(name: string, person: Person): boolean {
  if (person === "nobody") return false;
  return name === OF_CALLER || (typeof person === "object" && name === OF_ROLE + person.role);
}
