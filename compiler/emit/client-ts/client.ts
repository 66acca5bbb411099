import type { App } from "../../ir/app.ts";
import { argumentsTypeName, resultRowTypeName, resultTypeName } from "../../ir/names.ts";
import type { Operation } from "../../ir/operation.ts";
import { refusalsOf } from "../../ir/refusals.ts";
import { operationRow } from "../../ir/result.ts";
import type { Emitter, GeneratedFile } from "../emitter.ts";
import { type Code, raw, scalar, ts } from "../ts/code.ts";
import { union } from "../ts/lines.ts";
import { longTypeBody, property, typeBody } from "../ts/list.ts";
import { exportType, Module } from "../ts/module.ts";
import { literals, TypePrinter } from "../types.ts";
import { type AuthNames, addAuthTypes, authShapes, authType } from "./auth.ts";
import { clientInterface } from "./interface.ts";
import { operationsTable } from "./operations.ts";

/** `client.ts`: the typed client. It stands on `appflare/client` and on nothing else. */
export const clientEmitter: Emitter = {
  name: "client-ts",
  summary: "the TypeScript client",
  emit: (app: App) => [clientFile(app, "client.ts", "appflare/client")],
};

/** @param runtime the module of the client's runtime, as the file imports it */
export function clientFile(app: App, path: string, runtime: string): GeneratedFile {
  const names = ownNames(app);
  const operations = [...app.operations.values()];
  const module = new Module(path, [
    "operations",
    ...(app.auth ? ["auth"] : []),
    "createClient",
    "isError",
    ...names.own,
    ...names.types,
  ]);
  const types = new TypePrinter(module, runtime);
  const client = names.of("Client");

  const options = module.type("ClientOptions", runtime);
  const auth = app.auth ? ts`, ${module.value("authOf", runtime)}(auth)` : raw("");
  const create = ts`(options: ${options}): ${raw(client)} => ${module.value("clientOf", runtime)}<${raw(client)}>(operations, options${auth})`;
  module.add(ts`export const createClient = ${create};`, createDescription(app));
  module.add(
    ts`export interface ${raw(client)} ${clientInterface(module, runtime, operations, app.auth && authType(module, runtime, app.auth, names.auth))}`,
  );
  for (const { name, members, description } of app.enums.values())
    module.add(exportType(name, literals(members)), description);
  if (app.auth) addAuthTypes(module, types, app.auth, names.auth);
  for (const operation of operations) addTypes(module, types, operation);
  module.add(errorCodes(module, runtime, names.of("ErrorCode"), operations), "What the `code` of an error may be.");
  const errors = longTypeBody(operations, (operation) =>
    property(operation.name, literals([...refusalsOf(operation).keys()])),
  );
  module.add(
    ts`export interface ${raw(names.of("Errors"))} ${errors}`,
    "What an operation may refuse with, by its name.",
  );
  module.add(
    ts`export const isError: ${module.type("IsError", runtime)}<${raw(names.of("Errors"))}> = ${module.value("isErrorOf", runtime)}();`,
    'Whether a call of an operation failed: `if (isError(error, "tasks/create")) switch (error.code) { … }` knows its codes.',
  );
  module.add(ts`const operations: ${module.type("ClientOperations", runtime)} = ${operationsTable(operations)};`);
  if (app.auth) module.add(ts`const auth: ${module.type("AuthShapes", runtime)} = ${authShapes(app.auth)};`);
  const exported = ["AppflareError", "isAppflareError"].filter((name) => !app.enums.has(name));
  module.add(ts`export { ${raw(exported.join(", "))} } from ${runtime};`);
  return module.file("The client of the API.");
}

/** Names that the manifest gives come first; the file's own step aside for them. */
function ownNames(app: App) {
  const types = new Set(app.enums.keys());
  for (const operation of app.operations.values()) for (const name of typeNames(operation)) types.add(name);
  const of = (name: string): string => (types.has(name) ? `${name}_` : name);
  const auth: AuthNames = { user: of("User"), session: of("Session"), signUp: of("SignUp") };
  const ofAuth = [...(app.auth ? [auth.user, auth.session] : []), ...(app.auth?.emailPassword ? [auth.signUp] : [])];
  return { types, of, auth, own: [of("Client"), of("ErrorCode"), of("Errors"), ...ofAuth] };
}

function typeNames(operation: Operation): string[] {
  return [
    ...(hasArguments(operation) ? [argumentsTypeName(operation.name)] : []),
    ...(hasRows(operation) ? [resultRowTypeName(operation.name)] : []),
    resultTypeName(operation.name),
  ];
}

/** Whether an operation takes anything; a page always does. */
export function hasArguments({ args, body }: Operation): boolean {
  return args.size > 0 || body.kind === "page";
}

/** Whether the answer is made of rows that need a name: a single row is the result itself. */
function hasRows({ body }: Operation): boolean {
  if (body.kind === "aggregate") return body.groupBy !== undefined;
  return body.kind === "list" || body.kind === "page" || ("single" in body && !body.single);
}

function addTypes(module: Module, types: TypePrinter, operation: Operation): void {
  const { name } = operation;
  if (hasArguments(operation)) {
    module.add(ts`export interface ${raw(argumentsTypeName(name))} ${types.args(operation, "caller")}`);
  }
  const rows = operationRow(operation);
  const row = rows && types.row(rows);
  if (row && hasRows(operation)) {
    module.add(ts`export interface ${raw(resultRowTypeName(name))} ${row}`);
    module.add(exportType(resultTypeName(name), types.result(operation, raw(resultRowTypeName(name)))));
  } else {
    module.add(exportType(resultTypeName(name), types.result(operation, row ?? typeBody([]))));
  }
}

function createDescription({ name, description }: App): string {
  return description ? `A client of ${name}. ${description}` : `A client of ${name}.`;
}

function errorCodes(module: Module, runtime: string, name: string, operations: readonly Operation[]): Code {
  const declared = [...new Set(operations.flatMap(({ errors }) => [...errors.keys()]))];
  const builtIn = [module.type("ServerErrorCode", runtime), module.type("ClientErrorCode", runtime)];
  return exportType(name, union([...builtIn, ...declared.map(scalar)]));
}
