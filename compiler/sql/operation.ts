import type { Body, Operation } from "../ir/operation.ts";

/** An operation that is a statement of the author's. */
export type StatementOperation = Operation & { readonly body: Extract<Body, { kind: "sql" }> };

export function isStatement(operation: Operation): operation is StatementOperation {
  return operation.body.kind === "sql";
}
