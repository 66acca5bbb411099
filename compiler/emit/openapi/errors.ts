import type { JsonSchema } from "../../ir/jsonSchema.ts";
import type { Operation } from "../../ir/operation.ts";

/** What every refusal looks like. */
export const errorSchema: JsonSchema = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        rule: { type: "string", description: "The rule that refused, as the manifest names it." },
        details: { description: "More about it; its form depends on the code." },
        requestId: { type: "string", description: "Finds the request in the server's log." },
      },
      required: ["code", "message", "requestId"],
    },
  },
  required: ["error"],
};

/** The responses of an operation's refusals, by status: references, since most operations refuse alike. */
export function errorResponses(operation: Operation): { readonly [status: string]: JsonSchema } {
  const references = codesByStatus(operation).map(([status, codes]) => {
    return [String(status), { $ref: `#/components/responses/${responseName(codes)}` }] as const;
  });
  return Object.fromEntries(references);
}

/** Every response that `errorResponses` refers to, by name. */
export function responseComponents(operations: Iterable<Operation>): { readonly [name: string]: JsonSchema } {
  const responses = new Map<string, JsonSchema>();
  for (const operation of operations) {
    for (const [, codes] of codesByStatus(operation)) responses.set(responseName(codes), errorResponse(codes));
  }
  return Object.fromEntries(responses);
}

function responseName(codes: readonly string[]): string {
  return codes.join(".");
}

function codesByStatus(operation: Operation): [status: number, codes: string[]][] {
  const byStatus = new Map<number, string[]>();
  for (const [code, status] of refusals(operation)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  return [...byStatus].sort(([a], [b]) => a - b);
}

/** Codes that an operation may answer with, each once. */
function refusals({ kind, body, errors }: Operation): ReadonlyMap<string, number> {
  const codes = new Map<string, number>([["invalid_arguments", 400]]);
  const isHandler = body.kind === "handler";
  const writes = kind === "mutation" || isHandler;
  if (isHandler || ("expect" in body && body.expect)) codes.set("not_found", 404).set("conflict", 409);
  if (isHandler) codes.set("forbidden", 403);
  if (writes && body.kind !== "delete") codes.set("check_violation", 400).set("unique_violation", 409);
  if (writes) codes.set("foreign_key_violation", 409);
  if (kind === "mutation") codes.set("too_large", 413);
  for (const { code, status } of errors.values()) codes.set(code, status);
  return codes.set("internal", 500);
}

function errorResponse(codes: readonly string[]): JsonSchema {
  const code = { properties: { error: { properties: { code: { enum: codes } } } } };
  return {
    description: codes.map((name) => `\`${name}\``).join(", "),
    content: { "application/json": { schema: { allOf: [{ $ref: "#/components/schemas/error_envelope" }, code] } } },
  };
}
