import { argumentsSchema, type JsonSchema } from "../../ir/jsonSchema.ts";
import { pascalCase, resultTypeName } from "../../ir/names.ts";
import type { Operation } from "../../ir/operation.ts";
import { Members } from "../layout.ts";
import type { ErrorResponses } from "./errors.ts";
import type { Security } from "./security.ts";

/**
 * An operation: a query's arguments in the query string, a mutation's as a JSON body.
 *
 * @param security who may call it; undefined where nobody signs in
 */
export function operationObject(operation: Operation, errors: ErrorResponses, security: Security | undefined): object {
  const { kind, name, description } = operation;
  const segments = name.split("/");
  const args = argumentsSchema(operation, { enums: "reference" });
  const hasArguments = Object.keys(args.properties as JsonSchema).length > 0;
  return {
    operationId: operationId(name),
    ...(segments.length > 1 && { tags: [segments[0]!] }),
    ...(description && { description }),
    ...(security && { security }),
    ...(kind === "query" ? hasArguments && { parameters: parameters(args) } : { parameters: [idempotencyKey] }),
    ...(kind === "mutation" && hasArguments && { requestBody: body(args) }),
    responses: new Members([
      ["200", { description: "The result.", content: json({ $ref: `#/components/schemas/${resultTypeName(name)}` }) }],
      ...errors.of(operation),
    ]),
  };
}

/** Every mutation takes it, so it is described once. */
const idempotencyKey: JsonSchema = { $ref: "#/components/parameters/idempotency_key" };

/** The parameters that operations refer to. */
export const parameterComponents: { readonly [name: string]: JsonSchema } = {
  idempotency_key: {
    name: "idempotency-key",
    in: "header",
    required: false,
    description:
      "Sent again with the same key and arguments within 24 hours, the mutation is not run again, and the first answer comes again.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
};

/** `tasks/list` is `tasksList`: a name that generators of clients make a function of. */
function operationId(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

function parameters({ properties, required = [] }: JsonSchema): JsonSchema[] {
  return Object.entries(properties as JsonSchema).map(([name, schema]) => {
    const { description, ...value } = schema as JsonSchema;
    return {
      name,
      in: "query",
      ...(description !== undefined && { description }),
      required: (required as readonly string[]).includes(name),
      ...(isText(value) ? { schema: value } : { content: json(value) }),
    };
  });
}

/** Whether a value stands in the query string as it is; arrays, objects and any JSON stand there as JSON text. */
function isText({ type }: JsonSchema): boolean {
  const types = Array.isArray(type) ? type : [type];
  return !types.includes("array") && !types.includes("object");
}

function body(schema: JsonSchema): JsonSchema {
  return { required: schema.required !== undefined, content: json(schema) };
}

function json(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}
