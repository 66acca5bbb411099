import { jsonSchemaToZod, type JsonSchema as SchemaOfLibrary } from "json-schema-to-zod";
import type { JsonSchema } from "../../ir/jsonSchema.ts";
import type { Constant } from "../../ir/type.ts";
import { type Code, raw, ts } from "../ts/code.ts";
import { call, member, object } from "../ts/list.ts";
import type { Module } from "../ts/module.ts";
import { reflow } from "../ts/reflow.ts";

/**
 * Prints JSON Schemas as Zod. The library knows objects, arrays and booleans; all that it would print wrongly for the
 * wire's rules (code points, safe integers, formats, references) becomes a call of `appflare/validators`.
 */
export class ZodPrinter {
  readonly #module: Module;
  readonly #printed = new Map<string, Code>();

  constructor(module: Module) {
    this.#module = module;
  }

  /** The schema of a closed object. */
  object(schema: JsonSchema): Code {
    const { properties, required = [] } = schema;
    const members = Object.entries(properties as { readonly [name: string]: JsonSchema }).map(([name, property]) => {
      const optional = property.default === undefined && !(required as readonly string[]).includes(name);
      return member(name, this.#property(property, optional));
    });
    const code = call(ts`${this.#module.namespace("z", "zod")}.strictObject`, [object(members)]);
    return readsInherited(schema) ? call(raw(this.#name("own")), [code]) : code;
  }

  /** Arguments of many operations have the same schema: it is printed once. */
  #property(schema: JsonSchema, optional: boolean): Code {
    const key = `${optional} ${JSON.stringify(schema)}`;
    const code = this.#printed.get(key) ?? reflow(this.#print(schema) + (optional ? ".optional()" : ""));
    this.#printed.set(key, code);
    return code;
  }

  #print(schema: JsonSchema): string {
    return jsonSchemaToZod(schema as SchemaOfLibrary, {
      noImport: true,
      withoutDescribes: true,
      parserOverride: (inner) => this.#override(inner as JsonSchema),
    });
  }

  #override(schema: JsonSchema): string | undefined {
    const { default: byDefault, uniqueItems, type } = schema;
    if (byDefault !== undefined)
      return `${this.#print(without(schema, "default"))}.default(${JSON.stringify(byDefault)})`;
    if (Array.isArray(type))
      return type.includes("null") ? `${this.#print(nonNull(schema))}.nullable()` : this.#call("json");
    if (readsInherited(schema)) return `${this.#name("own")}(${this.#print({ ...schema, [ownOnly]: true })})`;
    if (uniqueItems) return `${this.#print(without(schema, "uniqueItems"))}.check(${this.#name("uniqueItems")})`;
    if (schema.additionalProperties === false) {
      return this.#print(without(schema, "additionalProperties")).replace(/^z\.object\(/, "z.strictObject(");
    }
    if (schema.enum) return undefined;
    if (type === "string") return this.#text(schema);
    return type === "integer" || type === "number" ? this.#call(type, numberOptions(schema)) : undefined;
  }

  #text({ format, contentEncoding, pattern, minLength, maxLength, ...rest }: JsonSchema): string {
    if (format === "int64") return this.#call("bigint", extended(rest));
    if (format === "decimal") return this.#call(format, extended(rest));
    if (contentEncoding === "base64") return this.#call("bytes", { min: rest["x-minBytes"], max: rest["x-maxBytes"] });
    const isPlain = pattern === undefined && minLength === undefined && maxLength === undefined;
    const own = format === "date-time" ? "timestamp" : format;
    if (isPlain && (own === "uuid" || own === "date" || own === "timestamp")) return this.#call(own);
    return this.#call("text", { min: minLength, max: maxLength, pattern, format });
  }

  #call(name: string, options: Options = {}): string {
    const text = JSON.stringify(options);
    return `${this.#name(name)}(${text === "{}" ? "" : text})`;
  }

  #name(name: string): string {
    return this.#module.value(name, "appflare/validators").flat();
  }
}

/** Says of an object's schema that inherited properties are out of the way. */
const ownOnly = "x-own";

/** Whether an object has a property that it would inherit where it is absent: `constructor`, `toString` and their like. */
function readsInherited({ properties, [ownOnly]: done }: JsonSchema): boolean {
  return properties !== undefined && !done && Object.keys(properties as JsonSchema).some((name) => name in {});
}

type Options = { readonly [name: string]: Constant | undefined };

/** The schema of the values that are not null. */
function nonNull(schema: JsonSchema): JsonSchema {
  const notNull = (values: Constant | undefined, none: Constant): Constant[] =>
    (values as readonly Constant[]).filter((value) => value !== none);
  const types = notNull(schema.type, "null");
  const members = schema.enum && { enum: notNull(schema.enum, null) };
  return { ...schema, ...members, type: types.length === 1 ? types[0]! : types };
}

function without(schema: JsonSchema, key: string): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/** Bounds as they are; that integers are safe goes without saying. */
function numberOptions(schema: JsonSchema): Options {
  const isSaid = (value: unknown): boolean => value !== undefined && !(schema.type === "integer" && isSafeBound(value));
  return Object.fromEntries(bounds.filter((name) => isSaid(schema[name])).map((name) => [name, schema[name]]));
}

function isSafeBound(value: unknown): boolean {
  return value === Number.MIN_SAFE_INTEGER || value === Number.MAX_SAFE_INTEGER;
}

function extended(schema: JsonSchema): Options {
  const entries = Object.entries(schema).filter(([name]) => name.startsWith("x-"));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(2), value]));
}
