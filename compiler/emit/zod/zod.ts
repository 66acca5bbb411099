import { jsonSchemaToZod, type JsonSchema as SchemaOfLibrary } from "json-schema-to-zod";
import type { JsonSchema } from "../../ir/jsonSchema.ts";
import type { Enum } from "../../ir/type.ts";
import type { Module } from "../ts/module.ts";

/**
 * Prints JSON Schemas as Zod, on one line. The library knows objects, arrays and booleans; all that it would print wrongly for the
 * wire's rules (code points, safe integers, formats, references) becomes a call of `appflare/validators`.
 */
export class ZodPrinter {
  readonly #module: Module;
  readonly #enums: ReadonlyMap<string, Enum>;

  constructor(module: Module, enums: ReadonlyMap<string, Enum>) {
    this.#module = module;
    this.#enums = enums;
  }

  print(schema: JsonSchema): string {
    this.#module.namespace("z", "zod");
    return jsonSchemaToZod(schema as SchemaOfLibrary, {
      noImport: true,
      withoutDescribes: true,
      parserOverride: (inner) => this.#override(inner as JsonSchema),
    });
  }

  #override(schema: JsonSchema): string | undefined {
    const { default: byDefault, uniqueItems, anyOf, ...rest } = schema;
    if (byDefault !== undefined)
      return `${this.print(without(schema, "default"))}.default(${JSON.stringify(byDefault)})`;
    if (uniqueItems) return `${this.print(without(schema, "uniqueItems"))}.check(${this.#name("uniqueItems")})`;
    if (Array.isArray(anyOf)) return `${this.print(anyOf[0] as JsonSchema)}.nullable()`;
    if (Array.isArray(rest.type)) return `${this.print({ ...schema, type: rest.type[0] })}.nullable()`;
    if (typeof rest.$ref === "string") return this.#enum(rest.$ref);
    if (rest.type === "string") return this.#text(rest);
    if (rest.type === "integer" || rest.type === "number") return this.#call(rest.type, numberOptions(rest));
    return rest.type === undefined ? this.#call("json", {}) : undefined;
  }

  #enum(reference: string): string {
    const found = this.#enums.get(reference.slice(reference.lastIndexOf("/") + 1));
    if (!found) throw new Error(`There is no enum at ${reference}`);
    return `z.enum(${JSON.stringify(found.members)})`;
  }

  #text({ format, contentEncoding, pattern, minLength, maxLength, ...rest }: JsonSchema): string {
    if (format === "bigint" || format === "decimal") return this.#call(format, extended(rest));
    if (contentEncoding === "base64")
      return this.#call("bytes", { min: rest["x-minLength"], max: rest["x-maxLength"] });
    const isPlain = pattern === undefined && minLength === undefined && maxLength === undefined;
    const own = format === "date-time" ? "timestamp" : format;
    if (isPlain && (own === "uuid" || own === "date" || own === "timestamp")) return this.#call(own, {});
    return this.#call("text", { min: minLength, max: maxLength, pattern, format });
  }

  #call(name: string, options: JsonSchema): string {
    const text = JSON.stringify(options);
    return `${this.#name(name)}(${text === "{}" ? "" : text})`;
  }

  #name(name: string): string {
    return this.#module.value(name, "appflare/validators").flat();
  }
}

function without(schema: JsonSchema, key: string): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/** Bounds as they are; that integers are safe goes without saying. */
function numberOptions(schema: JsonSchema): JsonSchema {
  const isSaid = (value: unknown): boolean => value !== undefined && !(schema.type === "integer" && isSafeBound(value));
  return Object.fromEntries(bounds.filter((name) => isSaid(schema[name])).map((name) => [name, schema[name]]));
}

function isSafeBound(value: unknown): boolean {
  return value === Number.MIN_SAFE_INTEGER || value === Number.MAX_SAFE_INTEGER;
}

function extended(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).filter(([name]) => name.startsWith("x-"));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(2), value]));
}
