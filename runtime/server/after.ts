import { fromSql } from "../wire/fromSql.ts";
import type { Args } from "./args.ts";
import { valueAt } from "./bind.ts";
import type { Call } from "./call.ts";
import type { Row } from "./database.ts";
import { lookup } from "./lookup.ts";
import type { AfterPlan, AfterValue } from "./plan.ts";
import { first, rowTextOf } from "./rows.ts";

/**
 * Makes what runs after a write ready.
 *
 * @returns a function for a write that has committed: it hands the mutation over and does not wait for it. `rows` are what was read of steps
 */
export function following(after: AfterPlan): (call: Call, rows: readonly Row[]) => void {
  const rowText = rowTextOf(after.hex);
  const values = Object.entries(after.args);
  return (call, rows) => {
    const read = JSON.parse(first(rows, rowText)) as Args | null;
    const args: { [name: string]: unknown } = {};
    for (const [name, value] of values) {
      const given = value === "step" ? read?.[name] : givenBy(value, call);
      if (given !== undefined) args[name] = given;
    }
    call.follow?.(after.run, args);
  };
}

function givenBy(value: Exclude<AfterValue, "step">, { args, now, caller }: Call): unknown {
  if ("value" in value) return value.value;
  if ("arg" in value) return valueAt(args, value.arg.split("."));
  if ("user" in value) return fromSql(value.shape)(caller && lookup(caller.user, value.user));
  const time = new Date(now).toISOString();
  return value.now === "date" ? time.slice(0, 10) : time;
}
