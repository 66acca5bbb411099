import type { Value } from "./type.ts";

/** An argument in a statement: `:name`, `:name.property`. */
export interface StatementArgument {
  readonly path: readonly string[];
  readonly of: Value;
}

/** A statement that the author wrote, cut at its arguments, without a semicolon at its end. */
export type Statement = readonly (string | StatementArgument)[];

/** A statement as it was written. */
export function statementText(statement: Statement): string {
  return statement.map((part) => (typeof part === "string" ? part : `:${part.path.join(".")}`)).join("");
}
