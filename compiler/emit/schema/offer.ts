/** A JSON Schema, as it is built here. */
export type Schema = { readonly [keyword: string]: unknown };

/** Schemas by their names under `$defs`. */
export type Definitions = { readonly [name: string]: Schema };

/** A schema by the name that it has under `$defs`. */
export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/**
 * Values that an editor offers; any other may stand there too. A schema is as old as the last compilation: a name that it does not
 * know may be new, and whether it exists is for the compiler to say.
 *
 * @param otherwise what else stands there
 */
export function offer(values: readonly unknown[], ...otherwise: readonly Schema[]): Schema {
  const others = otherwise.length > 0 ? otherwise : [true];
  // one branch is a choice, too: the server then takes the key for one that has a value on its line
  return { anyOf: values.length > 0 ? [{ enum: [...new Set(values)] }, ...others] : others };
}

/** A list of names. While one is typed in brackets the server takes it for a key of a map: only what is no map may stand beside the names. */
export const listOf = (values: readonly string[]): Schema => ({ items: offer(values, { type: "string" }) });

/** A map of which the editor offers the keys, those whose value has a schema. */
export function mapOf<T>(entries: Iterable<readonly [string, T]>, schemaOf: (value: T) => Schema | undefined): Schema {
  const schemas = Array.from(entries, ([key, value]) => [key, schemaOf(value)] as const);
  return { properties: Object.fromEntries(schemas.filter(([, schema]) => schema)) };
}
