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

/** Responses to what is refused. Operations refer to them, since most refuse alike; what they refer to is described once. */
export class ErrorResponses {
  readonly #components = new Map<string, JsonSchema>();

  /** The responses of an operation, by status. */
  of(operation: Operation): (readonly [status: string, response: JsonSchema])[] {
    const byStatus = new Map<number, string>();
    for (const [code, status] of refusalsOf(operation)) {
      const before = byStatus.get(status);
      byStatus.set(status, before === undefined ? code : `${before}.${code}`);
    }
    return [...byStatus].sort(([a], [b]) => a - b).map(([status, name]) => [String(status), this.#reference(name)]);
  }

  /** All that was referred to, by name. */
  get components(): Iterable<readonly [name: string, response: JsonSchema]> {
    return this.#components;
  }

  /** @param name the codes, with points between them */
  #reference(name: string): JsonSchema {
    if (!this.#components.has(name)) this.#components.set(name, errorResponse(name.split(".")));
    return { $ref: `#/components/responses/${name}` };
  }
}

/** Of too many requests. */
const retryAfter: JsonSchema = {
  required: true,
  description: "Seconds until another request may be let through.",
  schema: { type: "integer", minimum: 1 },
};

function errorResponse(codes: readonly string[]): JsonSchema {
  const code = { properties: { error: { properties: { code: { enum: codes } } } } };
  return {
    description: codes.map((name) => `\`${name}\``).join(", "),
    ...(codes.includes("rate_limited") && { headers: { "retry-after": retryAfter } }),
    content: { "application/json": { schema: { allOf: [{ $ref: "#/components/schemas/error_envelope" }, code] } } },
  };
}
