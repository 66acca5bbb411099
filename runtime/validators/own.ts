import * as z from "zod";

function ownProperties(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.assign(Object.create(null), value);
}

/**
 * Makes a schema of objects see their own properties only. Zod reads a property like any other: one that is absent and called
 * `toString` would be the function that every object inherits.
 */
export function own<Schema extends z.ZodType>(schema: Schema): z.ZodPreprocess<Schema> {
  return z.preprocess(ownProperties, schema);
}
