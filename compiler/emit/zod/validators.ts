import type { App } from "../../ir/app.ts";
import { argumentsSchema, type JsonSchema, schemaOf } from "../../ir/jsonSchema.ts";
import type { Operation } from "../../ir/operation.ts";
import type { Column } from "../../ir/table.ts";
import type { Value } from "../../ir/type.ts";
import type { Emitter } from "../emitter.ts";
import { handlersOf } from "../handlers.ts";
import { inputsOf } from "../inputs.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { arrow } from "../ts/lines.ts";
import { call, longObject, member } from "../ts/list.ts";
import { exportConst, Module } from "../ts/module.ts";
import { ZodPrinter } from "./zod.ts";

const runtime = "appflare/validators";

/** `validators.ts`: what an operation's arguments have to be, for Zod. Each is built when it is first used. */
export const zodEmitter: Emitter = {
  name: "zod",
  summary: "validators of arguments, for Zod",
  emit(app: App) {
    const handlers = handlersOf(app).filter(({ body }) => body.returns);
    const module = new Module("validators.ts", [
      "validators",
      ...(handlersOf(app).length > 0 ? ["resultValidators"] : []),
      ...(app.auth ? ["signUpValidator"] : []),
    ]);
    const printer = new ZodPrinter(module);
    const entry = (name: string, schema: JsonSchema): Code =>
      member(name, call(module.value("lazy", runtime), [arrow(raw("()"), printer.object(schema))]));

    const operations = [...app.operations.values()].filter(({ args }) => args.size > 0);
    const all = longObject(operations, (operation) => entry(operation.name, ownArguments(operation)));
    module.add(
      declaration(module, "validators", all),
      "What arguments have to be. An operation that takes none has none.",
    );
    if (handlersOf(app).length > 0) {
      const results = longObject(handlers, ({ name, body }) => entry(name, resultSchema(body.returns!)));
      module.add(declaration(module, "resultValidators", results), "What handlers have to return.");
    }
    const inputs = app.auth && inputsOf(app.auth);
    if (inputs && inputs.size > 0) {
      const schema = call(module.value("lazy", runtime), [arrow(raw("()"), printer.object(inputsSchema(inputs)))]);
      module.add(exportConst("signUpValidator", schema), "What the fields have to be that sign-up may set.");
    }
    return [module.file("Validators of arguments.")];
  },
};

/** Without what a page takes by itself: the runtime takes that off first. */
function ownArguments(operation: Operation): JsonSchema {
  const { properties, ...schema } = argumentsSchema(operation);
  const own = Object.entries(properties as JsonSchema).filter(([name]) => operation.args.has(name));
  return { ...schema, properties: Object.fromEntries(own) };
}

/** Those are required that are never null and have no default. */
function inputsSchema(inputs: ReadonlyMap<string, Column>): JsonSchema {
  const properties = Object.fromEntries(Array.from(inputs, ([name, column]) => [name, schemaOf(column)]));
  const required = [...inputs.values()].filter(({ nullable, default: value }) => !nullable && value === undefined);
  return {
    ...{ type: "object", properties, additionalProperties: false },
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
  };
}

/** What a handler returned, as the one property of an object. */
function resultSchema(returns: Value): JsonSchema {
  const properties = { result: schemaOf(returns) };
  return { type: "object", properties, required: ["result"], additionalProperties: false };
}

function declaration(module: Module, name: string, entries: Code): Code {
  return exportConst(name, ts`${entries} satisfies ${module.type("Validators", "appflare/server")}`);
}
