import type { JsonSchema } from "../../ir/jsonSchema.ts";
import type { Operation } from "../../ir/operation.ts";
import { refusalsOf } from "../../ir/refusals.ts";

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
    for (const [, codes] of codesByStatus(operation)) {
      const name = responseName(codes);
      if (!responses.has(name)) responses.set(name, errorResponse(codes));
    }
  }
  return Object.fromEntries(responses);
}

function responseName(codes: readonly string[]): string {
  return codes.join(".");
}

function codesByStatus(operation: Operation): [status: number, codes: string[]][] {
  const byStatus = new Map<number, string[]>();
  for (const [code, status] of refusalsOf(operation)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  return [...byStatus].sort(([a], [b]) => a - b);
}

function errorResponse(codes: readonly string[]): JsonSchema {
  const code = { properties: { error: { properties: { code: { enum: codes } } } } };
  return {
    description: codes.map((name) => `\`${name}\``).join(", "),
    content: { "application/json": { schema: { allOf: [{ $ref: "#/components/schemas/error_envelope" }, code] } } },
  };
}
