import type { App } from "../../ir/app.ts";
import type { RateLimit } from "../../ir/rateLimit.ts";
import { tablesModel } from "../../ir/serialize.ts";
import { constraintsOf } from "../../plan/constraints.ts";
import { identityOf } from "../../plan/identity.ts";
import type { EmitContext, Emitter } from "../emitter.ts";
import { handlersOf } from "../handlers.ts";
import { limitBinding, limitsOf } from "../limits.ts";
import { resultConversion } from "../shapes.ts";
import { type Code, ts } from "../ts/code.ts";
import { longObject, member, object } from "../ts/list.ts";
import { type Data, literal } from "../ts/literal.ts";
import { exportConst, Module } from "../ts/module.ts";
import { addHandlerTypes, callerTypeNames, handlerTypeNames } from "./handlerTypes.ts";
import { planData } from "./sql.ts";

const server = "appflare/server";

/** `operations.ts`: how every operation is answered, as data; and the types of handlers, where there are any. */
export const operationsEmitter: Emitter = {
  name: "operations",
  summary: "operations as SQL and shapes",
  emit(app: App, { plans: planned }: EmitContext) {
    const hasHandlers = handlersOf(app).length > 0;
    const handlerNames = ["model", "resultShapes", ...handlerTypeNames, ...(app.auth ? callerTypeNames : [])];
    const limits = limitsOf(app);
    const names = [
      ...["operations", "constraints"],
      ...(app.auth ? ["identity"] : []),
      ...(limits.length > 0 ? ["limits"] : []),
    ];
    const module = new Module("operations.ts", [...names, ...(hasHandlers ? handlerNames : [])]);
    const plans = longObject(app.operations.values(), (operation) =>
      member(operation.name, literal(planData(planned.get(operation.name)!), { expand: true })),
    );
    module.add(exportConst("operations", satisfies(module, plans, "OperationPlans")));
    module.add(
      exportConst("constraints", satisfies(module, literal(data(constraintsOf(app)), { expand: true }), "Constraints")),
      "What the database calls its constraints, and what the manifest calls them.",
    );
    if (app.auth) {
      const identity = literal(planData(identityOf(app.auth)), { expand: true });
      module.add(exportConst("identity", satisfies(module, identity, "IdentityPlan")), "Whose a session's token is.");
    }
    if (limits.length > 0) {
      const members = limits.map((limit) => member(limit.name, literal(limitData(limit))));
      module.add(
        exportConst("limits", satisfies(module, object(members, { expand: true }), "Limits")),
        "How often one caller may call.",
      );
    }
    if (hasHandlers) {
      module.add(
        exportConst("model", literal(data(tablesModel(app)), { expand: true })),
        "The tables, for what handlers ask of `ctx.db`.",
      );
      module.add(
        exportConst("resultShapes", ts`${resultShapes(app)} as const`),
        "Results that are not plain JSON, for `ctx.run`.",
      );
      addHandlerTypes(module, app);
    }
    return [module.file("The operations of the Worker: what they run and what they carry.")];
  },
};

function limitData(limit: RateLimit): Data {
  const { requests, seconds, by, exact } = limit;
  return { requests, seconds, by, binding: limitBinding(limit), ...(exact && { exact }) };
}

function satisfies(module: Module, value: Code, type: string): Code {
  return ts`${value} satisfies ${module.type(type, server)}`;
}

function resultShapes(app: App): Code {
  const members = [...app.operations.values()].flatMap((operation) => {
    const shape = resultConversion(operation);
    return shape ? [member(operation.name, literal(data(shape)))] : [];
  });
  return object(members, { expand: true });
}

/** Interfaces of plain data have no index signature; they are data all the same. */
function data(value: object | string): Data {
  return value as unknown as Data;
}
