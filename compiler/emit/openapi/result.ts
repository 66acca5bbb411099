import { type JsonSchema, schemaOf } from "../../ir/jsonSchema.ts";
import type { Operation } from "../../ir/operation.ts";
import { resultOf } from "../../ir/result.ts";

/** The schema of what an operation answers. Results are open: a client ignores what it does not know. */
export function resultSchema(operation: Operation): JsonSchema {
  const result = resultOf(operation);
  return result ? schemaOf(result, { enums: "reference", objects: "open" }) : { type: "null" };
}
