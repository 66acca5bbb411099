import { type JsonSchema, propertiesSchema, schemaOf } from "../../ir/jsonSchema.ts";
import type { Operation } from "../../ir/operation.ts";
import { resultOf } from "../../ir/result.ts";
import type { WholeRow } from "../../ir/type.ts";

/** How results are described: they are open, so that a client ignores what it does not know. */
const options = { enums: "reference", objects: "open" } as const;

/**
 * The schema of what an operation answers.
 *
 * @param rows is given the rows that the schema refers to by name
 */
export function resultSchema(operation: Operation, rows: Map<string, WholeRow>): JsonSchema {
  const result = resultOf(operation);
  return result ? schemaOf(result, { ...options, rows }) : { type: "null" };
}

/** The schema of a row that results refer to. */
export function rowSchema({ columns }: WholeRow): JsonSchema {
  return propertiesSchema(columns, options);
}
