import { argumentsTypeName, resultTypeName } from "../../ir/names.ts";
import type { Operation } from "../../ir/operation.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { documented } from "../ts/lines.ts";
import { call, longTypeBody, property, typeBody } from "../ts/list.ts";
import type { Module } from "../ts/module.ts";

/** Operations by the segments of their names. */
interface Namespace extends Map<string, Namespace | Operation> {}

/** The body of the client's interface: `queries.tasks.list(args, options)`; `auth` is the type of `client.auth`, where there is one. */
export function clientInterface(
  module: Module,
  runtime: string,
  operations: readonly Operation[],
  auth: Code | undefined,
): Code {
  const kinds = (["query", "mutation"] as const).map((kind) => {
    const tree = namespaceOf(operations.filter((operation) => operation.kind === kind));
    return ts`readonly ${raw(kind === "query" ? "queries" : "mutations")}: ${namespaceType(module, runtime, tree)}`;
  });
  return typeBody([...(auth ? [ts`readonly auth: ${auth}`] : []), ...kinds], { expand: true });
}

function namespaceOf(operations: readonly Operation[]): Namespace {
  const root: Namespace = new Map();
  for (const operation of operations) {
    const segments = operation.name.split("/");
    const last = segments.pop()!;
    let space = root;
    for (const segment of segments) {
      const next = space.get(segment) ?? new Map();
      space.set(segment, next);
      space = next as Namespace;
    }
    space.set(last, operation);
  }
  return root;
}

function namespaceType(module: Module, runtime: string, space: Namespace): Code {
  return longTypeBody(space, ([name, entry]) =>
    entry instanceof Map
      ? property(name, namespaceType(module, runtime, entry))
      : documented(entry.description, property(name, functionType(module, runtime, entry))),
  );
}

/** A property that is a function, not a method: an operation may be called `new` or `constructor`. */
function functionType(module: Module, runtime: string, operation: Operation): Code {
  const type = argumentsTypeName(operation.name);
  const required = [...operation.args.values()].some(({ optional }) => !optional);
  const takesNone = operation.args.size === 0 && operation.body.kind !== "page";
  const args = takesNone ? raw("args?: { [name: string]: never }") : raw(`args${required ? "" : "?"}: ${type}`);
  const options = module.type(operation.kind === "query" ? "CallOptions" : "MutationOptions", runtime);
  const result = ts`${module.global("Promise")}<${raw(resultTypeName(operation.name))}>`;
  return ts`${call(raw(""), [args, ts`options?: ${options}`])} => ${result}`;
}
