import type { Argument, Body, Operation } from "./operation.ts";
import type { Bounds, Constant, Property, Type, Value, WholeRow } from "./type.ts";

/** A JSON Schema (draft 2020-12) of a value in its wire form. */
export type JsonSchema = { readonly [keyword: string]: Constant };

export interface SchemaOptions {
  /** enums in place, or as `#/components/schemas/<name>`; in place unless said */
  readonly enums?: "inline" | "reference";
  /** whether objects refuse properties that they do not list: what is sent is closed, what is received is open. Closed unless said */
  readonly objects?: "closed" | "open";
  /** where whole rows are put by name, so that they stand as `#/components/schemas/<name>`; absent: they stand in place */
  readonly rows?: Map<string, WholeRow>;
}

/*
 * What JSON Schema cannot say of texts stands beside it under names that it leaves to others: `x-scale` and bounds of digits
 * (`x-minimum` and its kin, texts), `x-minBytes` and `x-maxBytes`. Formats `int64` and `decimal` are of the OpenAPI format registry.
 */

/** The schema of a value. */
export function schemaOf({ type, nullable }: Value, options: SchemaOptions = {}): JsonSchema {
  const schema = schemaOfType(type, options);
  return nullable ? orNull(schema) : schema;
}

/** The schema of an enum: what `#/components/schemas/<name>` holds. */
export function enumSchema(members: readonly string[]): JsonSchema {
  return { type: "string", enum: members };
}

/** The schema of all arguments of an operation, as one object; a page has its own two beside them. */
export function argumentsSchema({ args, body }: Operation, options: SchemaOptions = {}): JsonSchema {
  const properties = Object.fromEntries([...args].map(([name, argument]) => [name, argumentSchema(argument, options)]));
  const required = [...args.values()].filter(({ optional }) => !optional).map(({ name }) => name);
  const paging = body.kind === "page" ? pagingSchemas(body) : {};
  return objectSchema({ ...properties, ...paging }, required, options);
}

function argumentSchema(argument: Argument, options: SchemaOptions): JsonSchema {
  const { default: value } = argument;
  return { ...propertySchema(argument, options), ...(value !== undefined && { default: value }) };
}

type Page = Extract<Body, { kind: "page" }>;

/** What a page's `cursor` is. */
export function cursorText({ bothWays }: Page): string {
  return bothWays
    ? "Where to go on: the last page's `nextCursor`, or its `previousCursor` to go back."
    : "Where to go on: the last page's `nextCursor`.";
}

function pagingSchemas(page: Page): { readonly [name: string]: JsonSchema } {
  const { size } = page;
  return {
    cursor: { type: ["string", "null"], description: cursorText(page) },
    size: {
      type: "integer",
      minimum: 1,
      maximum: size.max,
      default: size.default,
      description: "How many rows to read.",
    },
  };
}

function propertySchema(value: Value & Partial<Property>, options: SchemaOptions): JsonSchema {
  const { description, readOnly } = value;
  return {
    ...schemaOf(value, options),
    ...(description !== undefined && { description }),
    ...(readOnly && { readOnly }),
  };
}

function objectSchema(
  properties: { readonly [name: string]: JsonSchema },
  required: readonly string[],
  { objects = "closed" }: SchemaOptions,
): JsonSchema {
  return {
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    ...(objects === "closed" && { additionalProperties: false }),
  };
}

function schemaOfType(type: Type, options: SchemaOptions): JsonSchema {
  switch (type.kind) {
    case "string": {
      const { kind, ...constraints } = type;
      return { type: "string", ...constraints };
    }
    case "integer":
      return { type: "integer", ...safe(boundsOf(type)) };
    case "number":
      return { type: "number", ...boundsOf(type) };
    case "bigint":
      return { type: "string", format: "int64", pattern: "^-?[0-9]{1,19}$", ...extended(boundsOf(type)) };
    case "decimal": {
      const pattern = type.scale === 0 ? "^-?[0-9]+$" : `^-?[0-9]+(\\.[0-9]{1,${type.scale}})?$`;
      return { type: "string", format: "decimal", pattern, "x-scale": type.scale, ...extended(boundsOf(type)) };
    }
    case "boolean":
      return { type: "boolean" };
    case "uuid":
    case "date":
      return { type: "string", format: type.kind };
    case "timestamp":
      return { type: "string", format: "date-time" };
    case "json":
      return { type: ["object", "array", "string", "number", "boolean"] };
    case "bytes":
      return bytesSchema(type);
    case "enum":
      if (options.enums === "reference") return { $ref: `#/components/schemas/${type.enum.name}` };
      return enumSchema(type.enum.members);
    case "array": {
      const { kind, items, ...constraints } = type;
      return { type: "array", items: schemaOf(items, options), ...constraints };
    }
    case "object":
      return options.rows && type.row
        ? rowSchema(type.properties, type.row, options.rows, options)
        : propertiesSchema(type.properties, options);
  }
}

/** A whole row by its name, and what stands beside it. */
function rowSchema(
  properties: ReadonlyMap<string, Property>,
  row: WholeRow,
  rows: Map<string, WholeRow>,
  options: SchemaOptions,
): JsonSchema {
  rows.set(row.name, row);
  const schema = { $ref: `#/components/schemas/${row.name}` };
  const beside = [...properties].filter(([name]) => !row.columns.has(name));
  return beside.length === 0 ? schema : { allOf: [schema, propertiesSchema(new Map(beside), options)] };
}

/** The schema of an object with these properties. */
export function propertiesSchema(properties: ReadonlyMap<string, Property>, options: SchemaOptions): JsonSchema {
  const schemas = [...properties].map(([name, property]) => [name, propertySchema(property, options)] as const);
  const required = [...properties].filter(([, { optional }]) => !optional).map(([name]) => name);
  return objectSchema(Object.fromEntries(schemas), required, options);
}

function bytesSchema({ minLength, maxLength }: Extract<Type, { kind: "bytes" }>): JsonSchema {
  return {
    type: "string",
    contentEncoding: "base64",
    pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    ...(minLength !== undefined && { "x-minBytes": minLength }),
    ...(maxLength !== undefined && { "x-maxBytes": maxLength }),
  };
}

/** The bounds of a numeric type, as they are written. */
function boundsOf<N extends number | string>(type: Bounds<N>): { readonly [name: string]: N } {
  const bounds: { [name: string]: N } = {};
  for (const name of boundNames) {
    const bound = type[name];
    if (bound !== undefined) bounds[name] = bound;
  }
  return bounds;
}

const boundNames = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;

/** Integers are those that a JSON number carries exactly. */
function safe(bounds: { readonly [name: string]: number }): JsonSchema {
  return { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...bounds };
}

function extended(bounds: { readonly [name: string]: string }): JsonSchema {
  return Object.fromEntries(Object.entries(bounds).map(([name, bound]) => [`x-${name}`, bound]));
}

/** A schema that allows null too. */
function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: members } = schema;
  if (type === undefined) return { anyOf: [schema, { type: "null" }] };
  const types = [...(Array.isArray(type) ? type : [type]), "null"] as readonly Constant[];
  return {
    ...schema,
    type: types,
    ...(members !== undefined && { enum: [...(members as readonly Constant[]), null] }),
  };
}
