import { argumentsSchema, type JsonSchema } from "../../ir/jsonSchema.ts";
import { pascalCase, resultTypeName } from "../../ir/names.ts";
import type { Operation } from "../../ir/operation.ts";
import { errorResponses } from "./errors.ts";

/** An operation: a query's arguments in the query string, a mutation's as a JSON body. */
export function operationObject(operation: Operation): JsonSchema {
  const { kind, name, description } = operation;
  const segments = name.split("/");
  const args = argumentsSchema(operation, { enums: "reference" });
  const hasArguments = Object.keys(args.properties as JsonSchema).length > 0;
  return {
    operationId: operationId(name),
    ...(segments.length > 1 && { tags: [segments[0]!] }),
    ...(description && { description }),
    ...(hasArguments && (kind === "query" ? { parameters: parameters(args) } : { requestBody: body(args) })),
    responses: {
      "200": { description: "The result.", content: json({ $ref: `#/components/schemas/${resultTypeName(name)}` }) },
      ...errorResponses(operation),
    },
  };
}

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
