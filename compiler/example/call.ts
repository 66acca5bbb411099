import type { Operation } from "../ir/operation.ts";
import type { Constant } from "../ir/type.ts";
import { example } from "./value.ts";

/** An operation and arguments that it takes, in wire form. */
export interface ExampleCall {
  readonly operation: Operation;
  readonly args: ReadonlyMap<string, Constant>;
}

/** A call with the arguments that it cannot do without; undefined where no value can be thought of. */
export function exampleCall(operation: Operation): ExampleCall | undefined {
  const args = new Map<string, Constant>();
  for (const [name, argument] of operation.args) {
    if (argument.optional) continue;
    const value = example(argument.type, name);
    if (value === undefined) return undefined;
    args.set(name, value);
  }
  return { operation, args };
}
