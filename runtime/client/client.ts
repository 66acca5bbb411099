import { fromWire } from "../wire/fromWire.ts";
import type { Shape } from "../wire/shape.ts";
import { toWire } from "../wire/toWire.ts";
import { AppflareError } from "./error.ts";
import { queryString } from "./query.ts";
import { type ClientOptions, createTransport, type MutationOptions, type Transport } from "./transport.ts";

/** How values of an operation travel. */
export interface ClientOperation {
  /** a page's `cursor` and `size` included */
  readonly args: { readonly [name: string]: Shape };
  /** the whole result's; absent where it is JSON as it is */
  readonly result?: Shape;
}

/** The generated tables of operations, by name. */
export interface ClientOperations {
  readonly queries: { readonly [name: string]: ClientOperation };
  readonly mutations: { readonly [name: string]: ClientOperation };
}

type Call = (args?: object, options?: MutationOptions) => Promise<unknown>;

function callOf(transport: Transport, kind: keyof ClientOperations, name: string, operation: ClientOperation): Call {
  const shape: Shape = { object: operation.args };
  return async (args = {}, options) => {
    const wire = toWire(args, shape) as { readonly [name: string]: unknown };
    const request =
      kind === "queries"
        ? { method: "GET" as const, path: `/queries/${name}${queryString(wire, operation.args)}` }
        : { method: "POST" as const, path: `/mutations/${name}`, body: JSON.stringify(wire) };
    const result = await transport.send(request, options).catch((error: unknown) => {
      if (error instanceof AppflareError) error.operation = name;
      throw error;
    });
    const rewrite = operation.result && fromWire(operation.result);
    return rewrite ? rewrite(result) : result;
  };
}

/** A tree of namespaces from names such as `tasks/list`. Without a prototype: an operation may be called `constructor`. */
function namespaces(
  operations: ClientOperations[keyof ClientOperations],
  call: (name: string, operation: ClientOperation) => Call,
): object {
  const root: Record<string, unknown> = Object.create(null);
  for (const [name, operation] of Object.entries(operations)) {
    const segments = name.split("/");
    const last = segments.pop()!;
    let space = root;
    for (const segment of segments) {
      space[segment] ??= Object.create(null);
      space = space[segment] as Record<string, unknown>;
    }
    space[last] = call(name, operation);
  }
  return root;
}

/**
 * A client of the operations: `client.queries.tasks.list({…})`. Its queries and mutations are made when they are first used.
 *
 * @param auth makes `client.auth`, where people sign in
 * @typeParam Client the generated type of it
 */
export function clientOf<Client>(
  operations: ClientOperations,
  options: ClientOptions,
  auth?: (transport: Transport) => object,
): Client {
  const transport = createTransport(options);
  const made: { queries?: object; mutations?: object } = {};
  const of = (kind: keyof ClientOperations): object => {
    made[kind] ??= namespaces(operations[kind], (name, operation) => callOf(transport, kind, name, operation));
    return made[kind];
  };
  const client = {
    ...(auth && { auth: auth(transport) }),
    get queries() {
      return of("queries");
    },
    get mutations() {
      return of("mutations");
    },
  };
  return client as Client;
}
