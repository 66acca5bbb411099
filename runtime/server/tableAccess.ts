import { fromWire } from "../wire/fromWire.ts";
import type { Shape } from "../wire/shape.ts";
import type { Args } from "./args.ts";
import { invalidArguments } from "./errors.ts";
import { executor } from "./execute.ts";
import { optionsToWire } from "./handlerValues.ts";
import { takePageArguments } from "./pageArguments.ts";
import type { Constraints } from "./plan.ts";
import type { PlannedCall, PlannedEyes, Planner, Verb } from "./planner.ts";
import type { Scope } from "./scope.ts";

/** What a table's rows look like in the result of a planned call. */
function resultShape({ operation, row }: PlannedCall): Shape {
  if (operation.result === "row") return row;
  const rows: Shape = { array: row };
  return operation.result === "page" ? { object: { rows } } : rows;
}

async function call(
  scope: Scope,
  planner: Planner,
  constraints: Constraints,
  eyes: PlannedEyes,
  verb: Verb,
  table: string,
  options: unknown,
) {
  const wire = optionsToWire(options ?? {}) as Args;
  const { cursor, size, ...withoutPage } = wire;
  const planned = planner.plan(verb, table, verb === "page" ? withoutPage : wire, eyes);
  const { operation } = planned;
  const base = {
    args: {},
    now: scope.now,
    caller: scope.caller,
    generated: new Map<string, string>(),
    database: scope.database,
    constraints,
  };
  let text: string;
  if (operation.result === "page") {
    const { page, details } = takePageArguments({ cursor, size }, operation.size);
    if (details.length > 0) throw invalidArguments(details);
    text = await executor(operation)({
      ...base,
      ...page,
      identity: JSON.stringify([table, withoutPage, scope.caller?.user["id"]]),
    });
  } else {
    text = await executor(operation)(base);
  }
  const result: unknown = JSON.parse(text);
  const rewrite = fromWire(resultShape(planned));
  return rewrite ? rewrite(result) : result;
}

const verbs: readonly Verb[] = ["get", "list", "page", "aggregate", "insert", "update", "upsert", "delete"];

/**
 * Makes `ctx.db` for requests, or `ctx.system`: every table under its name, its verbs made when they are asked for.
 *
 * @param constraints names the tables
 */
export function tableAccess(planner: Planner, constraints: Constraints, eyes: PlannedEyes): (scope: Scope) => object {
  const tables: PropertyDescriptorMap = Object.create(null);
  for (const { name } of Object.values(constraints.tables)) {
    tables[name] = {
      get(this: { scope: Scope }) {
        const { scope } = this;
        return Object.fromEntries(
          verbs.map((verb) => [
            verb,
            (options: unknown) => call(scope, planner, constraints, eyes, verb, name, options),
          ]),
        );
      },
    };
  }
  const prototype = Object.create(null, tables);
  return (scope) => Object.create(prototype, { scope: { value: scope } });
}
