import type { OperationPlan } from "../../../runtime/server/plan.ts";
import type { App } from "../../ir/app.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import type { Code } from "../ts/code.ts";
import { type Data, ts } from "../ts/code.ts";
import { array, literal, member, object } from "../ts/list.ts";
import { exportConst, Module } from "../ts/module.ts";
import { sqlCode } from "./sql.ts";

const server = "appflare/server";

/** `operations.ts`: how every operation is answered, as data. */
export const operationsEmitter: Emitter = {
  name: "operations",
  summary: "operations as SQL and shapes",
  emit(app: App, { plans, constraints }: EmitContext) {
    const module = new Module("operations.ts", ["operations", "constraints"]);
    const entries = [...app.operations.values()].map((operation) =>
      member(operation.name, planCode(plans[operation.name]!)),
    );
    const all = object(entries, { expand: true });
    module.add(exportConst("operations", ts`${all} satisfies ${module.type("OperationPlans", server)}`));
    module.add(
      exportConst(
        "constraints",
        ts`${literal(constraints as unknown as Data)} satisfies ${module.type("Constraints", server)}`,
      ),
      "What the database calls its constraints, and what the manifest calls them.",
    );
    return [module.file("The operations of the Worker: what they run and what they carry.")];
  },
};

/** A plan as an object literal, its SQL in lines. */
function planCode(plan: OperationPlan): Code {
  const members = Object.entries(plan).filter(([, value]) => value !== undefined);
  return object(
    members.map(([name, value]) => member(name, partCode(name, value))),
    { expand: true },
  );
}

function partCode(name: string, value: unknown): Code {
  if (name === "sql" || name === "write" || name === "guard") return sqlCode(value as never);
  if (name === "foreignKeys") return array((value as readonly object[]).map(probeCode));
  return literal(value as Data);
}

function probeCode(probe: object): Code {
  return object(Object.entries(probe).map(([name, value]) => member(name, partCode(name, value))));
}
